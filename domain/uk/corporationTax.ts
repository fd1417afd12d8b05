import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths, lastDayOfMonthsFrom } from '../calendar/dates';
import type { CorporationTaxDueSource, CorporationTaxStatus } from '../clients/clientFields';

/** An accounting period for Corporation Tax, with what is due for it. */
export interface CorporationTaxPeriod {
  start: IsoDate;
  end: IsoDate;
  paymentDue: IsoDate;
  returnFilingDate: IsoDate;
}

/** The period for which a company makes up its accounts; where its start is not known, it counts as no longer than eighteen months. */
export interface PeriodOfAccount {
  start?: IsoDate | null;
  end: IsoDate;
}

/** The longest accounting period (CTA 2009 s.10(1)(a)). */
const LONGEST_ACCOUNTING_PERIOD_MONTHS = 12;

/** The day after nine months from the accounting period's end, by the month-end rule (TMA 1970 s.59D(1); CTM01800). */
export function corporationTaxPaymentDue(accountingPeriodEnd: IsoDate): IsoDate {
  return addDays(addMonths(accountingPeriodEnd, 9), 1);
}

/**
 * The filing date of the Company Tax Return for an accounting period (FA 1998 Sch 18 para 14; CTM93050): the latest of twelve months
 * after that period; twelve months after the period of account in which it ends, or thirty months after the start of one longer than
 * eighteen months; and three months after HMRC served the notice to deliver the return.
 */
export function corporationTaxReturnDue(
  accountingPeriodEnd: IsoDate,
  periodOfAccount: PeriodOfAccount = { end: accountingPeriodEnd },
  noticeServed: IsoDate | null = null,
): IsoDate {
  const dates = [addMonths(accountingPeriodEnd, 12), dueByPeriodOfAccount(periodOfAccount)];
  if (noticeServed !== null) dates.push(addMonths(noticeServed, 3));
  return latest(dates);
}

/** The accounting periods of a period of account: twelve months each and what remains (CTA 2009 s.10(1); CTM01405), oldest first. */
export function splitPeriodOfAccount(start: IsoDate, end: IsoDate): CorporationTaxPeriod[] {
  const periods: CorporationTaxPeriod[] = [];
  for (let from = start; from <= end;) {
    const yearEnd = lastDayOfMonthsFrom(from, LONGEST_ACCOUNTING_PERIOD_MONTHS);
    const to = yearEnd < end ? yearEnd : end;
    const returnFilingDate = corporationTaxReturnDue(to, { start, end });
    periods.push({ start: from, end: to, paymentDue: corporationTaxPaymentDue(to), returnFilingDate });
    from = addDays(to, 1);
  }
  return periods;
}

/** The date in force for a client's payment: the one that a person set, until it is removed, else the computed one. */
export function corporationTaxDueDate(
  client: { ctDueSource: CorporationTaxDueSource; manualCTDueOverride: IsoDate | null },
  computed: IsoDate | null,
): IsoDate | null {
  return client.ctDueSource === 'MANUAL' && client.manualCTDueOverride !== null ? client.manualCTDueOverride : computed;
}

/** Where a client stands with the Corporation Tax of a period. */
export interface CorporationTaxProgress {
  /** False for LLPs and dormant companies. */
  isRequired: boolean;
  isWorkStarted: boolean;
  /** With HMRC. */
  isFiled: boolean;
  /** Payment, as corporationTaxDueDate gives it. */
  dueDate: IsoDate | null;
}

/** The status on a day: overdue from the day after the payment's due date, unless filed or not required. */
export function corporationTaxStatus(progress: CorporationTaxProgress, today: IsoDate): CorporationTaxStatus {
  if (!progress.isRequired) return 'NOT_REQUIRED';
  if (progress.isFiled) return 'FILED';
  if (progress.dueDate !== null && today > progress.dueDate) return 'OVERDUE';
  return progress.isWorkStarted ? 'IN_PROGRESS' : 'PENDING';
}

function dueByPeriodOfAccount({ start, end }: PeriodOfAccount): IsoDate {
  const isLong = start !== undefined && start !== null && end > lastDayOfMonthsFrom(start, 18);
  return isLong ? lastDayOfMonthsFrom(start, 30) : addMonths(end, 12);
}

function latest(dates: IsoDate[]): IsoDate {
  return dates.reduce((a, b) => (a > b ? a : b));
}
