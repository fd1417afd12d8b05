import type { IsoDate } from '../calendar/dates';
import { formatDate } from '../calendar/dates';
import type { ChaseTopic } from '../filings/definition';
import type { RenderedEmail } from './email';
import { escapeHtml, headerText, htmlDocument } from './email';

/** One filing that the client is reminded of. */
export interface RemindedFiling {
  label: string;
  period: string;
  periodEnd: IsoDate;
  dueDate: IsoDate;
  topic: ChaseTopic;
}

const ASKS: Record<ChaseTopic, string> = {
  PAPERWORK: 'please send us your records',
  QUERIES: 'please answer our questions',
  APPROVAL: 'please tell us whether you approve what we sent you',
};

/** The client's one e-mail of a day: everything that the practice waits for from them, soonest deadline first. */
export function renderClientReminder(
  client: { companyName: string; contactName: string },
  practiceName: string,
  filings: readonly RemindedFiling[],
): RenderedEmail {
  const sorted = filings.toSorted((a, b) => a.dueDate.localeCompare(b.dueDate));
  const [first] = sorted;
  const subject = headerText(
    sorted.length === 1 && first
      ? `${client.companyName}: ${first.label} ${first.period}, due ${formatDate(first.dueDate)}`
      : `${client.companyName}: ${sorted.length} things we need from you`,
  );
  const lines = sorted.map(
    ({ label, period, periodEnd, dueDate, topic }) =>
      `${label} ${period} (period to ${formatDate(periodEnd)}, due ${formatDate(dueDate)}): ${ASKS[topic]}`,
  );
  const greeting = `Dear ${client.contactName},`;
  const opening = `For ${client.companyName} we still need something from you:`;
  const closing = 'If you have sent it already, thank you: you need not do anything.';
  return {
    subject,
    text: [greeting, '', opening, '', ...lines.map((line) => `- ${line}`), '', closing, '', practiceName, ''].join('\n'),
    html: htmlDocument([
      escapeHtml(greeting),
      `${escapeHtml(opening)}</p>\n<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>\n<p>`,
      escapeHtml(closing),
      escapeHtml(practiceName),
    ]),
  };
}
