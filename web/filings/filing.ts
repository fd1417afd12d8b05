import type { z } from '@hono/zod-openapi';
import type { FilingSchema } from '../../api/filings/schemas';
import { isIsoDate } from '../../domain/calendar/dates';
import { displayDate, displayDateOf } from '../../domain/calendar/display';
import type { FilingDefinition } from '../../domain/filings/definition';
import { milestoneLabel } from '../../domain/filings/labels';

export type Filing = z.infer<typeof FilingSchema>;

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

/** What was filed, where, when and by whom: the milestones that meet a deadline or come with a receipt. */
export function filedOf(
  { milestones, deadlines }: FilingDefinition,
  filing: Filing,
): { label: string; when: string; who: string }[] {
  return milestones
    .filter(({ name, filedTo }) => filedTo !== undefined || deadlines.some(({ metBy }) => metBy === name))
    .flatMap(({ name }) => {
      const [when, who] = [filing[`${name}Date`], filing[`${name}ByUserName`]];
      if (typeof when !== 'string') return [];
      const label = milestoneLabel(name);
      return {
        label: label.charAt(0).toUpperCase() + label.slice(1),
        when: displayDateOf(Date.parse(when)),
        who: typeof who === 'string' ? who : '',
      };
    });
}

/** The label of a filing's period: that of accounts is the day on which it ends. */
export function periodWords(period: string): string {
  return isIsoDate(period) ? `to ${displayDate(period)}` : period;
}
