import type { IsoDate } from '../calendar/dates';
import { formatDate } from '../calendar/dates';
import type { ChaseTopic } from '../filings/definition';
import { filingName } from '../filings/definitions';
import type { Link, TemplateValues } from './templates';

/** One filing that the client is reminded of. */
export interface RemindedFiling {
  label: string;
  period: string;
  periodEnd: IsoDate;
  dueDate: IsoDate;
  topic: ChaseTopic;
  /** Where the client answers; for an approval whose link still counts. */
  link?: Link;
}

const ASKS: Record<ChaseTopic, string> = {
  PAPERWORK: 'please send us your records',
  QUERIES: 'please answer our questions',
  APPROVAL: 'please tell us whether you approve what we sent you',
};

/** The values of the client's one reminder of a day: everything that the practice waits for from them, soonest deadline first. */
export function clientReminderValues(
  client: { companyName: string; contactName: string },
  filings: readonly RemindedFiling[],
): TemplateValues<'client-reminder'> {
  const sorted = filings.toSorted((a, b) => a.dueDate.localeCompare(b.dueDate));
  const [first] = sorted;
  const summary =
    sorted.length === 1 && first
      ? `${filingName(first.label, first.period)}, due ${formatDate(first.dueDate)}`
      : `${sorted.length} things we need from you`;
  const items = sorted.map(({ label, period, periodEnd, dueDate, topic, link }) => ({
    text: `${filingName(label, period)} (${endOf(period, periodEnd)}due ${formatDate(dueDate)}): ${ASKS[topic]}`,
    ...(link ? { link } : {}),
  }));
  return { ...client, summary, items };
}

/** When a period ends; one that is named by its end does not say so twice. */
function endOf(period: string, periodEnd: IsoDate): string {
  return period === periodEnd ? '' : `period to ${formatDate(periodEnd)}, `;
}
