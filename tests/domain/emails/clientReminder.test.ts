import type { RemindedFiling } from '../../../domain/emails/clientReminder';
import { clientReminderValues } from '../../../domain/emails/clientReminder';
import type { RenderedEmail } from '../../../domain/emails/email';
import { renderWording } from '../../../domain/emails/render';
import { EMAIL_TEMPLATES } from '../../../domain/emails/templates';

const client = { companyName: 'Acme Ltd', contactName: 'Casey Contact' };
const vat: RemindedFiling = {
  label: 'VAT',
  period: '2024-Q1',
  periodEnd: '2024-03-31',
  dueDate: '2024-05-07',
  topic: 'PAPERWORK',
};
const accounts: RemindedFiling = {
  label: 'Ltd accounts',
  period: '2023-06-30',
  periodEnd: '2023-06-30',
  dueDate: '2024-03-31',
  topic: 'APPROVAL',
};

function render(to: typeof client, practiceName: string, filings: readonly RemindedFiling[]): RenderedEmail {
  const practice = { name: practiceName, address: null, fromEmail: 'practice@example.com', replyTo: null };
  return renderWording(EMAIL_TEMPLATES['client-reminder'], clientReminderValues(to, filings), practice);
}

it('asks for one thing by its name', () => {
  const { subject, text } = render(client, 'Numericalz', [vat]);
  expect(subject).toBe('Acme Ltd: VAT 2024-Q1, due 7 May 2024');
  expect(text).toContain('- VAT 2024-Q1 (period to 31 Mar 2024, due 7 May 2024): please send us your records');
});

it('names accounts by the day on which they end, once', () => {
  const { subject, text } = render(client, 'Numericalz', [accounts]);
  expect(subject).toBe('Acme Ltd: Ltd accounts to 30 Jun 2023, due 31 Mar 2024');
  expect(text).toContain('- Ltd accounts to 30 Jun 2023 (due 31 Mar 2024): please tell us');
});

it('asks for several things in one message, the most urgent first', () => {
  const { subject, text, html } = render(client, 'Numericalz', [vat, accounts, { ...vat, topic: 'QUERIES' }]);
  expect(subject).toBe('Acme Ltd: 3 things we need from you');
  const asked = text.split('\n').filter((line) => line.startsWith('- '));
  expect(asked[0]).toContain('please tell us whether you approve what we sent you');
  expect(asked[2]).toContain('please answer our questions');
  expect(html.match(/<li>/g)).toHaveLength(3);
});

it('carries the link on which the client answers', () => {
  const link = { url: 'https://practice.example.com/approve/token', label: 'Look at it and answer' };
  const { text, html } = render(client, 'Numericalz', [{ ...accounts, link }]);
  expect(text).toContain('  Look at it and answer: https://practice.example.com/approve/token\n');
  expect(html).toContain('<a href="https://practice.example.com/approve/token">Look at it and answer</a>');
});

it('is not led astray by the names of companies and people', () => {
  const hostile = { companyName: 'A\r\nBcc: all@example.com <b>&"Ltd"</b>', contactName: "<script>alert('1')</script>" };
  const { subject, html } = render(hostile, '<i>Practice</i>', [vat]);
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toMatch(/<script|<b>|<i>/);
  expect(html).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;');
});
