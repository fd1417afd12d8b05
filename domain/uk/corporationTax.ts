import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths } from '../calendar/dates';

/** An accounting period for Corporation Tax, with what is due for it. */
export interface CorporationTaxPeriod {
  start: IsoDate;
  end: IsoDate;
  paymentDue: IsoDate;
  returnFilingDate: IsoDate;
}

/** The day after nine months from the accounting period's end, by the month-end rule (TMA 1970 s.59D). */
export function corporationTaxPaymentDue(accountingPeriodEnd: IsoDate): IsoDate {
  return addDays(addMonths(accountingPeriodEnd, 9), 1);
}

/**
 * The filing date of the Company Tax Return (FA 1998 Sch 18 para 14): twelve months after the end of the period of account; where that
 * is longer than eighteen months, thirty months after its start, if later than twelve months after the accounting period's end. Never
 * earlier than three months after the notice to deliver it.
 */
export function corporationTaxReturnDue(
  accountingPeriodEnd: IsoDate,
  periodOfAccount: { start?: IsoDate | null; end: IsoDate } = { end: accountingPeriodEnd },
  noticeServed: IsoDate | null = null,
): IsoDate {
  const byAccounts = returnDueByAccounts(accountingPeriodEnd, periodOfAccount);
  const byNotice = noticeServed === null ? byAccounts : addMonths(noticeServed, 3);
  return byNotice > byAccounts ? byNotice : byAccounts;
}

/** The accounting periods of a period of account: at most twelve months each (CTA 2009 s.10), so a long one has two or more. */
export function splitPeriodOfAccount(start: IsoDate, end: IsoDate): CorporationTaxPeriod[] {
  const firstEnd = lastDayOfMonthsFrom(start, 12);
  const periodEnd = firstEnd < end ? firstEnd : end;
  const period = splitOff(start, periodEnd, { start, end });
  const rest = periodEnd < end ? splitRest(addDays(periodEnd, 1), end, { start, end }) : [];
  return [period, ...rest];
}

/** The last day of a period of so many months that begins on a day: the day before the corresponding date. */
export function lastDayOfMonthsFrom(start: IsoDate, months: number): IsoDate {
  return addDays(sameDayAfterMonths(start, months), -1);
}

function splitRest(start: IsoDate, end: IsoDate, account: { start: IsoDate; end: IsoDate }): CorporationTaxPeriod[] {
  const yearEnd = lastDayOfMonthsFrom(start, 12);
  if (yearEnd >= end) return [splitOff(start, end, account)];
  return [splitOff(start, yearEnd, account), ...splitRest(addDays(yearEnd, 1), end, account)];
}

function splitOff(start: IsoDate, end: IsoDate, account: { start: IsoDate; end: IsoDate }): CorporationTaxPeriod {
  return { start, end, paymentDue: corporationTaxPaymentDue(end), returnFilingDate: corporationTaxReturnDue(end, account) };
}

function returnDueByAccounts(accountingPeriodEnd: IsoDate, account: { start?: IsoDate | null; end: IsoDate }): IsoDate {
  const isLong = account.start !== undefined && account.start !== null && account.end > lastDayOfMonthsFrom(account.start, 18);
  if (!isLong || !account.start) return addMonths(account.end, 12);
  const twelveAfterPeriod = addMonths(accountingPeriodEnd, 12);
  const thirtyAfterStart = lastDayOfMonthsFrom(account.start, 30);
  return thirtyAfterStart > twelveAfterPeriod ? thirtyAfterStart : twelveAfterPeriod;
}

/** For the *start* of a period the month-end rule does not hold: a year from 28 February begins on 28 February. */
function sameDayAfterMonths(start: IsoDate, months: number): IsoDate {
  const day = Number(start.slice(8));
  const firstOfMonth = addMonths(`${start.slice(0, 8)}01`, months);
  const firstOfNext = addMonths(firstOfMonth, 1);
  const sameDay = addDays(firstOfMonth, day - 1);
  return sameDay < firstOfNext ? sameDay : firstOfNext;
}
