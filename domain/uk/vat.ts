import type { VatFrequency, VatQuarterGroup } from '../clients/clientFields';
import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths, endOfMonth } from '../calendar/dates';

/** HMRC's groups of tax periods: the letter, HMRC's code and stagger number, and the months in which quarters end (VATAC1300, DMBM530020). */
export interface VatGroup {
  hmrcCode: string;
  hmrcStaggerNumber: number;
  quarterEndMonths: readonly number[];
}

export const VAT_GROUPS: Record<VatQuarterGroup, VatGroup> = {
  A: { hmrcCode: 'MA', hmrcStaggerNumber: 2, quarterEndMonths: [1, 4, 7, 10] },
  B: { hmrcCode: 'MB', hmrcStaggerNumber: 3, quarterEndMonths: [2, 5, 8, 11] },
  C: { hmrcCode: 'MC', hmrcStaggerNumber: 1, quarterEndMonths: [3, 6, 9, 12] },
};

/** Monthly filers. */
export const VAT_MONTHLY = { hmrcCode: 'MM', hmrcStaggerNumber: 0 } as const;

/** The vatScheme of those who file once a year. */
export const ANNUAL_ACCOUNTING = 'Annual accounting';

/** A tax period with the day on which its return and payment are due. */
export interface VatPeriod {
  /** `2024-Q1`, `2024-M03`, `2024-YE`; a second one of the same quarter ends in `-2`. */
  label: string;
  start: IsoDate;
  end: IsoDate;
  due: IsoDate;
}

/** What decides a client's VAT periods. */
export interface VatConfiguration {
  vatFrequency: VatFrequency | null;
  vatQuarterGroup: VatQuarterGroup | null;
  vatScheme: string | null;
  vatRegistrationDate: IsoDate | null;
  vatDeregistrationDate: IsoDate | null;
}

/** Months from a period's first month to its last. */
type Rhythm = 'Monthly' | 'Quarterly' | 'Annual';
const MONTHS: Record<Rhythm, number> = { Monthly: 1, Quarterly: 3, Annual: 12 };

/**
 * The day on which a return and its payment are due: the end of the month after the period plus seven days, or one month and seven
 * days after a period that does not end with its month (VAT Regulations 1995, reg 25A(20) and 40). Annual accounting: the end of the
 * second month after the year (reg 50). Never moved for a weekend or bank holiday.
 */
export function vatDue(periodEnd: IsoDate, isAnnualAccounting = false): IsoDate {
  if (isAnnualAccounting) return endOfMonth(addMonths(periodEnd, 2));
  return addDays(addMonths(periodEnd, 1), 7);
}

/** Whether a scheme is annual accounting, however it is written. */
export function isAnnualAccounting(scheme: string | null): boolean {
  return scheme !== null && /^annual([\s_-]*accounting)?([\s_-]*scheme)?$/i.test(scheme.trim());
}

/** The whole quarter, month or year around a date, before registration and deregistration cut it. Undefined without a group or frequency. */
export function nominalPeriod(configuration: VatConfiguration, date: IsoDate): VatPeriod | undefined {
  const rhythm = rhythmOf(configuration);
  if (rhythm === undefined) return undefined;
  const end = endOfPeriod(rhythm, configuration, date);
  const start = addDays(addMonths(end, -MONTHS[rhythm]), 1);
  return { label: labelOf(rhythm, start, end), start, end, due: vatDue(end, rhythm === 'Annual') };
}

/**
 * The client's own period around a date: it starts no earlier than registration and ends no later than deregistration (reg 25(1)(b)
 * and 25(4)). Undefined outside of registration, or without a group or frequency.
 */
export function vatPeriodContaining(configuration: VatConfiguration, date: IsoDate): VatPeriod | undefined {
  const { vatRegistrationDate, vatDeregistrationDate } = configuration;
  if (vatRegistrationDate !== null && date < vatRegistrationDate) return undefined;
  if (vatDeregistrationDate !== null && date > vatDeregistrationDate) return undefined;
  const nominal = nominalPeriod(configuration, date);
  if (nominal === undefined) return undefined;
  const start = vatRegistrationDate !== null && vatRegistrationDate > nominal.start ? vatRegistrationDate : nominal.start;
  if (vatDeregistrationDate === null || vatDeregistrationDate >= nominal.end) return { ...nominal, start };
  return { ...nominal, start, end: vatDeregistrationDate, due: vatDue(vatDeregistrationDate) };
}

/** The period of a label as this client has it; undefined when it has none of that name. */
export function vatPeriodByLabel(configuration: VatConfiguration, label: string): VatPeriod | undefined {
  const year = Number(label.slice(0, 4));
  if (!/^\d{4}-(Q[1-4]|M(0[1-9]|1[0-2])|YE)$/.test(label)) return undefined;
  const { vatRegistrationDate } = configuration;
  // A label's period has a 15th within the calendar years around its number; only a first period may be too short to have one.
  const dates = Array.from({ length: 36 }, (_, month) => addMonths(`${year - 1}-01-15`, month));
  return [...dates, ...(vatRegistrationDate === null ? [] : [vatRegistrationDate])]
    .map((date) => vatPeriodContaining(configuration, date))
    .find((period) => period?.label === label);
}

/** The periods that must be open on a day: the running one and every earlier one that is not yet past its due date, oldest first. */
export function vatPeriodsToOpen(configuration: VatConfiguration, today: IsoDate): VatPeriod[] {
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

/**
 * The period between two groups when a client changes its group: from the day after the last period of the old group to the end of
 * the new group's quarter. It has the label of the nominal quarter that it ends in, with `-2` where that is taken.
 */
export function vatTransitionPeriod(group: VatQuarterGroup, lastEnd: IsoDate, takenLabels: readonly string[]): VatPeriod {
  const start = addDays(lastEnd, 1);
  const nominal = quarterContaining(group, start);
  const label = takenLabels.includes(nominal.label) ? `${nominal.label}-2` : nominal.label;
  return { ...nominal, label, start };
}

/** The quarter of a group around a date. */
export function quarterContaining(group: VatQuarterGroup, date: IsoDate): VatPeriod {
  const end = quarterEnd(group, date);
  const start = addDays(addMonths(end, -3), 1);
  return { label: labelOf('Quarterly', start, end), start, end, due: vatDue(end) };
}

/** The n-th quarter of a group that starts in a calendar year: `2024-Q1`. Undefined for a label that is none. */
export function quarterByLabel(group: VatQuarterGroup, label: string): (VatPeriod & { hmrcPeriodKey: string }) | undefined {
  const match = /^(\d{4})-Q([1-4])$/.exec(label);
  if (!match) return undefined;
  const [, year = '', number = ''] = match;
  const [firstEnd = 3] = VAT_GROUPS[group].quarterEndMonths.filter((month) => month >= 3);
  const start = addMonths(`${year}-${String(firstEnd - 2).padStart(2, '0')}-01`, (Number(number) - 1) * 3);
  return { ...quarterContaining(group, start), hmrcPeriodKey: `${year.slice(2)}${group}${number}` };
}

function rhythmOf({ vatFrequency, vatQuarterGroup, vatScheme }: VatConfiguration): Rhythm | undefined {
  if (isAnnualAccounting(vatScheme)) return 'Annual';
  if (vatFrequency === 'Monthly') return 'Monthly';
  return vatQuarterGroup === null ? undefined : 'Quarterly';
}

function endOfPeriod(rhythm: Rhythm, { vatQuarterGroup, vatRegistrationDate }: VatConfiguration, date: IsoDate): IsoDate {
  if (rhythm === 'Monthly') return endOfMonth(date);
  if (rhythm === 'Quarterly') return quarterEnd(vatQuarterGroup ?? 'C', date);
  // An annual accounting year runs from the month of registration; without one, with the calendar year.
  const firstMonth = Number((vatRegistrationDate ?? '2000-01-01').slice(5, 7));
  const lastMonth = ((firstMonth + 10) % 12) + 1;
  return monthEndOnOrAfter(date, [lastMonth]);
}

function quarterEnd(group: VatQuarterGroup, date: IsoDate): IsoDate {
  return monthEndOnOrAfter(date, VAT_GROUPS[group].quarterEndMonths);
}

function monthEndOnOrAfter(date: IsoDate, months: readonly number[]): IsoDate {
  const end = endOfMonth(date);
  return months.includes(Number(end.slice(5, 7))) ? end : monthEndOnOrAfter(addDays(end, 1), months);
}

/** Quarters are counted by the year in which they start, as HMRC's period keys are; months and years by their own. */
function labelOf(rhythm: Rhythm, start: IsoDate, end: IsoDate): string {
  if (rhythm === 'Monthly') return `${end.slice(0, 4)}-M${end.slice(5, 7)}`;
  if (rhythm === 'Annual') return `${end.slice(0, 4)}-YE`;
  return `${start.slice(0, 4)}-Q${Math.floor((Number(start.slice(5, 7)) - 1) / 3) + 1}`;
}
