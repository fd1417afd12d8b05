import type { PracticeIdentity, RenderedEmail } from './email';
import { escapeHtml, headerText } from './email';
import type { EmailTemplate, Link, ListItem, TemplateValue, Wording } from './templates';
import { VARIABLE } from './wording';

const FONT = 'font-family: -apple-system, BlinkMacSystemFont, &quot;Segoe UI&quot;, Roboto, Helvetica, Arial, sans-serif';
const BUTTON = `display: inline-block; padding: 12px 20px; border-radius: 8px; background: #1d4ed8; color: #ffffff; font-weight: 600; text-decoration: none`;

/** Fills a wording that has no problems with values, in plain text and in HTML; both say the same. */
export function renderWording(
  { subject, body }: Wording,
  given: Readonly<Record<string, TemplateValue>>,
  practice: PracticeIdentity,
): RenderedEmail {
  const values: Readonly<Record<string, TemplateValue>> = { ...given, practiceName: practice.name };
  const line = headerText(subject.replace(VARIABLE, (_, name: string) => asText(values[name])));
  const paragraphs = body.trim().split(/\n{2,}/);
  const signature = [practice.name, ...(practice.address === null ? [] : [practice.address])];
  return {
    subject: line,
    text: `${paragraphs.map((paragraph) => textParagraph(paragraph, values)).join('\n\n')}\n\n-- \n${signature.join('\n')}\n`,
    html: htmlDocument(
      line,
      practice,
      paragraphs.map((paragraph) => htmlParagraph(paragraph, values)),
    ),
  };
}

/** A wording filled with the examples of its variables, as a preview. */
export function renderExample({ variables }: EmailTemplate, wording: Wording, practice: PracticeIdentity): RenderedEmail {
  const values = Object.entries(variables).map(([name, { kind, example, about }]): [string, TemplateValue] => {
    if (kind === 'list') return [name, [{ text: example }]];
    return [name, kind === 'link' ? { url: example, label: about } : example];
  });
  return renderWording(wording, Object.fromEntries(values), practice);
}

function textParagraph(paragraph: string, values: Readonly<Record<string, TemplateValue>>): string {
  return paragraph.replace(VARIABLE, (_, name: string) => asText(values[name]));
}

/** A variable that stands alone in its paragraph is shown as what it is: a list, or a button. */
function htmlParagraph(paragraph: string, values: Readonly<Record<string, TemplateValue>>): string {
  const [, alone] = /^\{\{ ?(\w+) ?\}\}$/.exec(paragraph.trim()) ?? [];
  const value = alone === undefined ? undefined : values[alone];
  if (isList(value)) return htmlList(value);
  if (isLink(value))
    return `<p style="margin: 24px 0"><a href="${escapeHtml(value.url)}" style="${BUTTON}">${clean(value.label)}</a></p>`;
  const parts: string[] = [];
  let end = 0;
  for (const match of paragraph.matchAll(VARIABLE)) {
    parts.push(clean(paragraph.slice(end, match.index)), asHtml(values[match[1] ?? '']));
    end = match.index + match[0].length;
  }
  parts.push(clean(paragraph.slice(end)));
  return parts
    .join('')
    .split(/\n{2,}/)
    .map((text) => `<p style="margin: 0 0 16px">${text.replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

function asText(value: TemplateValue | undefined): string {
  if (isList(value)) return value.map(textItem).join('\n');
  if (isLink(value)) return value.url;
  return withoutBraces(value ?? '');
}

function textItem({ text, link }: ListItem): string {
  return `- ${withoutBraces(headerText(text))}${link ? `\n  ${link.label}: ${link.url}` : ''}`;
}

function asHtml(value: TemplateValue | undefined): string {
  if (isList(value)) return value.map(({ text }) => clean(text)).join('; ');
  if (isLink(value)) return `<a href="${escapeHtml(value.url)}">${clean(value.label)}</a>`;
  return clean(withoutBraces(value ?? ''));
}

function htmlList(items: readonly ListItem[]): string {
  const lines = items.map(({ text, link }) => {
    const address = link ? `<br><a href="${escapeHtml(link.url)}">${clean(link.label)}</a>` : '';
    return `<li>${clean(withoutBraces(text))}${address}</li>`;
  });
  return `<ul style="margin: 0 0 16px; padding-left: 20px">${lines.join('')}</ul>`;
}

function clean(text: string): string {
  return escapeHtml(text.replaceAll('\r', ''));
}

/** Text from outside may hold no placeholder: one is replaced by a secret when the e-mail goes out. */
function withoutBraces(text: string): string {
  return text.replaceAll('\r', '').replaceAll('{{', '{ {');
}

function isList(value: TemplateValue | undefined): value is readonly ListItem[] {
  return Array.isArray(value);
}

function isLink(value: TemplateValue | undefined): value is Link {
  return typeof value === 'object' && 'url' in value;
}

/** A document that every mail program shows, on a phone too: no images, no style sheet, nothing that is loaded. */
function htmlDocument(title: string, { name, address }: PracticeIdentity, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title></head>
<body style="margin: 0; background: #f1f5f9; color: #0f172a; ${FONT}; font-size: 16px; line-height: 1.5">
<div style="max-width: 560px; margin: 0 auto; padding: 24px 12px">
<p style="margin: 0 12px 12px; font-weight: 700; color: #1e3a8a">${escapeHtml(name)}</p>
<div style="background: #ffffff; border: 1px solid #e2e8f0; border-radius: 12px; padding: 24px 20px 8px">
${paragraphs.join('\n')}
</div>
<p style="margin: 12px; font-size: 13px; color: #475569">${[name, ...(address === null ? [] : [address])].map(escapeHtml).join(' · ')}</p>
</div>
</body>
</html>
`;
}
