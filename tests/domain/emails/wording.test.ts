import { fromHeader } from '../../../domain/emails/email';
import { renderExample, renderWording } from '../../../domain/emails/render';
import { EMAIL_TEMPLATE_NAMES, EMAIL_TEMPLATES } from '../../../domain/emails/templates';
import { wordingProblems } from '../../../domain/emails/wording';

const practice = { name: 'Test & Practice', address: '1 High Street, London', fromEmail: 'p@example.com', replyTo: null };
const approval = EMAIL_TEMPLATES['approval-request'];

it.each(EMAIL_TEMPLATE_NAMES)('%s has a wording without problems, which can be shown', (name) => {
  const template = EMAIL_TEMPLATES[name];
  expect(wordingProblems(template, template)).toEqual([]);
  const { subject, text, html } = renderExample(template, template, practice);
  expect(`${subject}${text}${html}`).not.toMatch(/\{\{|undefined/);
  expect(text).toContain('1 High Street, London');
  expect(html).toContain('Test &amp; Practice · 1 High Street, London');
});

describe('a wording is refused', () => {
  it.each([
    ['with a variable that is not known', { body: 'Dear {{contactNmae}}, {{link}}' }, 'body: {{contactNmae}} is not known here'],
    ['with a variable of every object', { body: '{{constructor}} {{link}}' }, 'body: {{constructor}} is not known here'],
    ['without one that must be there', { body: 'Please answer' }, 'body: {{link}} must be in it'],
    ['with a link in the subject', { subject: '{{link}}' }, 'subject: {{link}} cannot stand in a subject'],
    ['with a subject of two lines', { subject: 'Hello\r\nBcc: all@example.com' }, 'subject: Must be one line'],
    ['with braces left open', { body: '{{link}} {{contactName' }, 'body: Holds braces that are no variable'],
    ['with a placeholder of a secret', { body: '{{link}} {{approval:x}}' }, 'body: Holds braces that are no variable'],
    ['that is empty', { subject: ' ' }, 'subject: Must not be empty'],
    ['that is too long', { body: `{{link}}${'x'.repeat(5000)}` }, 'body: May have 5000 characters'],
  ])('%s', (_name, change, problem) => {
    const problems = wordingProblems(approval, { ...approval, ...change }).map(({ path, message }) => `${path}: ${message}`);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });
});

it('shows a link that stands alone as a button, and what people wrote as text', () => {
  const wording = { subject: 'Hello', body: '{{message}}\n\n{{link}}\n\nor {{link}}.' };
  const link = { url: 'https://practice.example.com/approve/a?b&c', label: 'Look' };
  const message = '<b>bold</b> {{approval:other}}\nnext line\n\nnext paragraph';
  const { text, html } = renderWording(wording, { message, link }, practice);
  expect(html).toContain('<a href="https://practice.example.com/approve/a?b&amp;c" style="display: inline-block');
  expect(html).toContain('or <a href="https://practice.example.com/approve/a?b&amp;c">Look</a>.');
  expect(html).toContain('&lt;b&gt;bold&lt;/b&gt; { {approval:other}}<br>next line</p>');
  expect(text).toContain('or https://practice.example.com/approve/a?b&c.');
  expect(text).not.toContain('{{');
});

it('quotes the sender’s name where it needs it', () => {
  expect(fromHeader('Numericalz & Co.', 'p@example.com')).toBe('Numericalz & Co. <p@example.com>');
  expect(fromHeader('Smith, "J" <x@evil.example>\r\nBcc: a', 'p@example.com')).toBe(
    '"Smith, \\"J\\" <x@evil.example> Bcc: a" <p@example.com>',
  );
});
