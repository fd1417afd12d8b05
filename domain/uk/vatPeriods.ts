import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths, endOfMonth } from '../calendar/dates';
import type { VatQuarterGroup } from '../clients/clientFields';

/** HMRC's stagger of one group of quarterly filers. */
export interface VatGroup {
  hmrcCode: string;
  hmrcStaggerNumber: number;
  /** 1 to 12. */
  quarterEndMonths: readonly [number, number, number, number];
}

/** The one table of HMRC's letters and the months in which their quarters end (VATAC1300; stagger numbers: DMBM530020). */
export const VAT_GROUPS: Record<VatQuarterGroup, VatGroup> = {
  A: { hmrcCode: 'MA', hmrcStaggerNumber: 2, quarterEndMonths: [1, 4, 7, 10] },
  B: { hmrcCode: 'MB', hmrcStaggerNumber: 3, quarterEndMonths: [2, 5, 8, 11] },
  C: { hmrcCode: 'MC', hmrcStaggerNumber: 1, quarterEndMonths: [3, 6, 9, 12] },
};

/** Monthly filers at HMRC. */
export const VAT_MONTHLY = { hmrcCode: 'MM', hmrcStaggerNumber: 0 } as const;

/** How often a client's periods end, and one of the months in which they do. */
export interface VatCycle {
  months: 1 | 3 | 12;
  /** 1 to 12. */
  endMonth: number;
}

/** Month by month. */
export const MONTHLY_CYCLE: VatCycle = { months: 1, endMonth: 12 };

/** The quarters of a group. */
export function quarterlyCycle(group: VatQuarterGroup): VatCycle {
  return { months: 3, endMonth: VAT_GROUPS[group].quarterEndMonths[0] };
}

/** The years of annual accounting that end with a month, 1 to 12. */
export function annualCycle(endMonth: number): VatCycle {
  return { months: 12, endMonth };
}

/** A prescribed accounting period with the day on which its return and payment are due. */
export interface VatPeriod {
  /** `2024-Q1`, `2024-M03`, `2024-YE`; a second one of the same quarter ends in `-2`. */
  label: string;
  /** The group's letter; of a month or year that of the quarters which end in the same month. */
  group: VatQuarterGroup;
  start: IsoDate;
  end: IsoDate;
  due: IsoDate;
}

/**
 * The day on which a return and its payment are due: one month and seven days after the period, counted from month end to month end
 * (VAT Regulations 1995, reg 25(1), 25A(20) and 40). Annual accounting: the end of the second month after the year (reg 50). Never
 * moved for a weekend or bank holiday.
 */
export function vatDue(periodEnd: IsoDate, isAnnualAccounting = false): IsoDate {
  return isAnnualAccounting ? endOfMonth(addMonths(periodEnd, 2)) : addDays(addMonths(periodEnd, 1), 7);
}

/** The whole period of a cycle around a date, before registration or deregistration cut it (reg 25(1)). */
export function nominalPeriod(cycle: VatCycle, date: IsoDate): VatPeriod {
  const { months, endMonth } = cycle;
  const firstOfMonth = `${date.slice(0, 8)}01`;
  const monthsToGo = (endMonth - monthOf(date) + 12) % months;
  const end = endOfMonth(addMonths(firstOfMonth, monthsToGo));
  const start = addMonths(firstOfMonth, monthsToGo - months + 1);
  return { label: labelOf(cycle, start, end), group: groupEndingIn(monthOf(end)), start, end, due: vatDue(end, months === 12) };
}

/** The whole period of a label; undefined where the cycle has none of that name. */
export function nominalPeriodByLabel(cycle: VatCycle, label: string): VatPeriod | undefined {
  const [, year = '', quarter, month] = /^([1-9]\d{3})-(?:Q([1-4])|M(0[1-9]|1[0-2])|YE)$/.exec(label) ?? [];
  if (year === '') return undefined;
  // The n-th quarter that starts in a year holds the last month of the calendar's n-th quarter, whatever the group.
  const within = month ?? String(quarter === undefined ? cycle.endMonth : Number(quarter) * 3).padStart(2, '0');
  const period = nominalPeriod(cycle, `${year}-${within}-01`);
  return period.label === label ? period : undefined;
}

/** HMRC's name of a quarter: `19A3`, the third of group A that starts in 2019. Undefined for months and years, which HMRC names otherwise. */
export function hmrcPeriodKey({ label, group }: Pick<VatPeriod, 'label' | 'group'>): string | undefined {
  const [, year, quarter] = /^\d\d(\d\d)-Q([1-4])$/.exec(label) ?? [];
  return year === undefined ? undefined : `${year}${group}${quarter}`;
}

/** The group whose quarters end in a month, 1 to 12. */
function groupEndingIn(month: number): VatQuarterGroup {
  if (VAT_GROUPS.A.quarterEndMonths.includes(month)) return 'A';
  return VAT_GROUPS.B.quarterEndMonths.includes(month) ? 'B' : 'C';
}

/** Quarters are counted within the year in which they start, as HMRC's period keys count them; months and years go by their end. */
function labelOf({ months }: VatCycle, start: IsoDate, end: IsoDate): string {
  if (months === 1) return `${end.slice(0, 4)}-M${end.slice(5, 7)}`;
  if (months === 12) return `${end.slice(0, 4)}-YE`;
  return `${start.slice(0, 4)}-Q${Math.ceil(monthOf(start) / 3)}`;
}

function monthOf(date: IsoDate): number {
  return Number(date.slice(5, 7));
}
