import type { IsoDate } from '../calendar/dates';
import { addDays } from '../calendar/dates';
import type { VatFrequency, VatQuarterGroup } from '../clients/clientFields';
import type { VatCycle, VatPeriod } from './vatPeriods';
import {
  annualCycle,
  MONTHLY_CYCLE,
  nominalPeriod,
  nominalPeriodByLabel,
  quarterlyCycle,
  VAT_GROUPS,
  vatDue,
} from './vatPeriods';

export type { VatPeriod } from './vatPeriods';

/** What decides a client's VAT periods. */
export interface VatConfiguration {
  vatFrequency: VatFrequency | null;
  vatQuarterGroup: VatQuarterGroup | null;
  vatScheme: string | null;
  vatRegistrationDate: IsoDate | null;
  vatDeregistrationDate: IsoDate | null;
}

/** A period for which the client has a filing already. */
export type OpenedVatPeriod = Pick<VatPeriod, 'label' | 'start' | 'end'>;

/** Whether a scheme is annual accounting, however it is written. */
export function isAnnualAccounting(scheme: string | null): boolean {
  return scheme !== null && /^annual([\s_-]*accounting)?([\s_-]*scheme)?$/i.test(scheme.trim());
}

/**
 * The client's own period around a date: it starts no earlier than registration and ends no later than deregistration (VAT
 * Regulations 1995, reg 25(1)(b) and 25(4)). Undefined outside of registration, or without a group or frequency.
 */
export function vatPeriodContaining(configuration: VatConfiguration, date: IsoDate): VatPeriod | undefined {
  const cycle = cycleOf(configuration);
  const period = cycle && withinRegistration(configuration, nominalPeriod(cycle, date));
  return period && period.start <= date && date <= period.end ? period : undefined;
}

/** The period of a label, such as `2024-Q1`, as this client has it; undefined when it has none of that name. */
export function vatPeriodByLabel(configuration: VatConfiguration, label: string): VatPeriod | undefined {
  const cycle = cycleOf(configuration);
  const period = cycle && nominalPeriodByLabel(cycle, label);
  return period && withinRegistration(configuration, period);
}

/**
 * The period after one that ended on a day. Where the group or frequency has changed since, it is the short one in between, up to
 * the end of the new nominal period and with its label, or with `-2` behind it where that is taken. Undefined after deregistration.
 */
export function vatPeriodAfter(
  configuration: VatConfiguration,
  lastEnd: IsoDate,
  takenLabels: readonly string[] = [],
): VatPeriod | undefined {
  const period = vatPeriodContaining(configuration, addDays(lastEnd, 1));
  return period && startingAfter(period, lastEnd, takenLabels);
}

/**
 * The periods that must be open on a day: the running one and every earlier one that is not yet past its due date, oldest first.
 * What the client has opened already, under this group or an earlier one, is left out, and a period that runs into it begins after it.
 */
export function vatPeriodsToOpen(
  configuration: VatConfiguration,
  today: IsoDate,
  opened: readonly OpenedVatPeriod[] = [],
): VatPeriod[] {
  const takenLabels = opened.map(({ label }) => label);
  return periodsNotYetPastDue(configuration, today).flatMap((period) => {
    const overlapping = opened.filter(({ start, end }) => start <= period.end && end >= period.start).map(({ end }) => end);
    const coveredUntil = overlapping.toSorted().at(-1);
    if (coveredUntil === undefined) return [{ ...period, label: freeLabel(period.label, takenLabels) }];
    if (coveredUntil >= period.end || coveredUntil >= today) return [];
    return [startingAfter(period, coveredUntil, takenLabels)];
  });
}

function periodsNotYetPastDue(configuration: VatConfiguration, today: IsoDate): VatPeriod[] {
  const { vatDeregistrationDate } = configuration;
  const latest = vatDeregistrationDate !== null && vatDeregistrationDate < today ? vatDeregistrationDate : today;
  const periods: VatPeriod[] = [];
  let period = vatPeriodContaining(configuration, latest);
  while (period !== undefined && period.due >= today) {
    periods.unshift(period);
    period = vatPeriodContaining(configuration, addDays(period.start, -1));
  }
  return periods;
}

function cycleOf({ vatFrequency, vatQuarterGroup, vatScheme, vatRegistrationDate }: VatConfiguration): VatCycle | undefined {
  if (isAnnualAccounting(vatScheme)) return annualCycle(annualEndMonth(vatQuarterGroup, vatRegistrationDate));
  if (vatFrequency === 'Monthly') return MONTHLY_CYCLE;
  return vatQuarterGroup === null ? undefined : quarterlyCycle(vatQuarterGroup);
}

/**
 * The month with which a year of annual accounting ends: the year runs from the month of registration, or from January where that
 * is not known, and ends no later than with a quarter of the group.
 */
function annualEndMonth(group: VatQuarterGroup | null, registration: IsoDate | null): number {
  const firstMonth = registration === null ? 1 : Number(registration.slice(5, 7));
  const lastMonth = firstMonth === 1 ? 12 : firstMonth - 1;
  if (group === null) return lastMonth;
  const { quarterEndMonths } = VAT_GROUPS[group];
  return quarterEndMonths.findLast((month) => month <= lastMonth) ?? quarterEndMonths[3];
}

/** A period as registration and deregistration cut it; undefined where nothing of it is left. */
function withinRegistration(configuration: VatConfiguration, nominal: VatPeriod): VatPeriod | undefined {
  const { vatRegistrationDate: from, vatDeregistrationDate: to } = configuration;
  const start = from !== null && from > nominal.start ? from : nominal.start;
  const isLast = to !== null && to <= nominal.end;
  // A final return has the ordinary time, also after annual accounting (reg 25(4)).
  const period = isLast ? { ...nominal, start, end: to, due: vatDue(to) } : { ...nominal, start };
  return period.start <= period.end ? period : undefined;
}

function startingAfter(period: VatPeriod, lastEnd: IsoDate, takenLabels: readonly string[]): VatPeriod {
  return { ...period, start: addDays(lastEnd, 1), label: freeLabel(period.label, takenLabels) };
}

function freeLabel(label: string, takenLabels: readonly string[]): string {
  let free = label;
  for (let number = 2; takenLabels.includes(free); number += 1) free = `${label}-${number}`;
  return free;
}
