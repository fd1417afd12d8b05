import type { z } from '@hono/zod-openapi';
import type { FilingSchema } from '../../api/filings/schemas';
import { isIsoDate } from '../../domain/calendar/dates';
import { displayDate } from '../../domain/calendar/display';
import type { FilingDefinition } from '../../domain/filings/definition';
import type { FilingKind } from '../../domain/filings/stages';

export type Filing = z.infer<typeof FilingSchema>;

/** What the pages call many filings of a kind. */
export const KIND_TITLES: Record<FilingKind, string> = { VAT_QUARTER: 'VAT quarters', LTD_ACCOUNTS: 'Ltd accounts' };

/** The page of a filing. */
export function filingPath({ route }: FilingDefinition, id: string): string {
  return `/${route}/${encodeURIComponent(id)}`;
}

/** Its period as people name it: `2024-Q1`, or `Year to 31 Mar 2024`. */
export function periodName(filing: Filing): string {
  return filing.quarterPeriod ?? `Year to ${periodEnd(filing)}`;
}

export function periodEnd(filing: Filing): string {
  const end = filing.quarterEndDate ?? filing.filingPeriodEnd;
  return end === undefined ? '' : displayDate(end);
}

export function periodStart(filing: Filing): string {
  const start = filing.quarterStartDate ?? filing.filingPeriodStart;
  return start === undefined ? '' : displayDate(start);
}

/** The label of a filing's period: that of accounts is the day on which it ends. */
export function periodWords(period: string): string {
  return isIsoDate(period) ? `to ${displayDate(period)}` : period;
}
