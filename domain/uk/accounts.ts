import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths, daysBetween, endOfMonth } from '../calendar/dates';
import { currentReviewPeriod } from './confirmationStatement';
import { corporationTaxReturnDue, lastDayOfMonthsFrom, splitPeriodOfAccount } from './corporationTax';

/** A public company has six months to deliver its accounts; private companies and LLPs have nine. */
export type CompanyKind = 'private' | 'public';
const MONTHS_TO_DELIVER: Record<CompanyKind, number> = { private: 9, public: 6 };

/** Nine months (public: six) after the end of the accounting reference period, by the month-end rule (Companies Act 2006 s.442, s.443). */
export function accountsDue(periodEnd: IsoDate, kind: CompanyKind = 'private'): IsoDate {
  return addMonths(periodEnd, MONTHS_TO_DELIVER[kind]);
}

/**
 * First accounts for more than twelve months: the later of nine months (public: six) from the first anniversary of incorporation and
 * three months after the period's end (s.442(3)); otherwise the ordinary rule.
 */
export function firstAccountsDue(incorporated: IsoDate, periodEnd: IsoDate, kind: CompanyKind = 'private'): IsoDate {
  if (periodEnd <= lastDayOfMonthsFrom(incorporated, 12)) return accountsDue(periodEnd, kind);
  const anniversary = addMonths(incorporated, 12);
  const afterAnniversary = addMonths(anniversary, MONTHS_TO_DELIVER[kind]);
  const afterPeriod = addMonths(periodEnd, 3);
  return afterAnniversary > afterPeriod ? afterAnniversary : afterPeriod;
}

/** A shortened period: the ordinary day, or three months after the notice if that is later (s.442(4)). */
export function shortenedAccountsDue(newPeriodEnd: IsoDate, noticeDate: IsoDate, kind: CompanyKind = 'private'): IsoDate {
  const ordinary = accountsDue(newPeriodEnd, kind);
  const afterNotice = addMonths(noticeDate, 3);
  return afterNotice > ordinary ? afterNotice : ordinary;
}

/** The first accounting reference date: the last day of the month in which the anniversary of incorporation falls (s.391(4)). */
export function firstPeriodEnd(incorporated: IsoDate): IsoDate {
  return endOfMonth(addMonths(`${incorporated.slice(0, 8)}01`, 12));
}

/** An accounting period of a company with everything that is due for it. */
export interface AccountsPeriod {
  start: IsoDate;
  end: IsoDate;
  accountsDueDate: IsoDate;
  /** Corporation Tax payment; of a long period the first of two. */
  ctDueDate: IsoDate;
  ctReturnDueDate: IsoDate;
  csDueDate: IsoDate;
}

/** What decides a company's accounting periods: `next…` as Companies House says, null where it is not known. */
export interface AccountsConfiguration {
  incorporationDate: IsoDate | null;
  nextYearEnd: IsoDate | null;
  lastAccountsMadeUpTo: IsoDate | null;
  nextAccountsDue: IsoDate | null;
  nextConfirmationDue: IsoDate | null;
}

/** An accounting reference period can be extended to eighteen months at most (s.392(5)). */
const LONGEST_PERIOD_MONTHS = 18;

/**
 * The periods that must be open on a day, oldest first: the running one, every earlier one whose accounts are not yet overdue, and the
 * one that Companies House says is next. Its dates win over computed ones. Empty where neither year end nor incorporation is known.
 */
export function accountsPeriodsToOpen(company: AccountsConfiguration, today: IsoDate): AccountsPeriod[] {
  const firstEnd = company.nextYearEnd ?? knownYearEnd(company);
  if (firstEnd === undefined) return [];
  const periods: AccountsPeriod[] = [];
  for (let period = firstPeriod(company, firstEnd, today); period.start <= today; period = periodAfter(company, period, today)) {
    const isNextDue = period.end === company.nextYearEnd;
    if (isNextDue || period.accountsDueDate >= today || period.end >= today) periods.push(period);
  }
  return periods;
}

/** The period of a company with these ends, dated by the rules and by what Companies House says of it. */
export function accountsPeriod(company: AccountsConfiguration, start: IsoDate, end: IsoDate, today: IsoDate): AccountsPeriod {
  const isFirst = start === company.incorporationDate;
  const computed = isFirst ? firstAccountsDue(start, end) : accountsDue(end);
  const isNextDue = end === company.nextYearEnd && company.nextAccountsDue !== null;
  const [firstTaxPeriod] = splitPeriodOfAccount(start, end);
  return {
    start,
    end,
    accountsDueDate: isNextDue && company.nextAccountsDue !== null ? company.nextAccountsDue : computed,
    ctDueDate: firstTaxPeriod?.paymentDue ?? addDays(addMonths(end, 9), 1),
    ctReturnDueDate: corporationTaxReturnDue(end, { start, end }),
    csDueDate: company.nextConfirmationDue ?? currentReviewPeriod(company.incorporationDate ?? start, today).due,
  };
}

/** Where Companies House names no next year end: the anniversary of the last accounts, or the first period's end. */
function knownYearEnd({ lastAccountsMadeUpTo, incorporationDate }: AccountsConfiguration): IsoDate | undefined {
  if (lastAccountsMadeUpTo !== null) return addMonths(lastAccountsMadeUpTo, 12);
  return incorporationDate === null ? undefined : firstPeriodEnd(incorporationDate);
}

function firstPeriod(company: AccountsConfiguration, end: IsoDate, today: IsoDate): AccountsPeriod {
  const { lastAccountsMadeUpTo, incorporationDate } = company;
  if (lastAccountsMadeUpTo !== null && isPlausible(addDays(lastAccountsMadeUpTo, 1), end)) {
    return accountsPeriod(company, addDays(lastAccountsMadeUpTo, 1), end, today);
  }
  if (lastAccountsMadeUpTo === null && incorporationDate !== null && isPlausible(incorporationDate, end)) {
    return accountsPeriod(company, incorporationDate, end, today);
  }
  return accountsPeriod(company, addDays(addMonths(end, -12), 1), end, today);
}

function isPlausible(start: IsoDate, end: IsoDate): boolean {
  return daysBetween(start, end) > 0 && end <= lastDayOfMonthsFrom(start, LONGEST_PERIOD_MONTHS);
}

function periodAfter(company: AccountsConfiguration, { end }: AccountsPeriod, today: IsoDate): AccountsPeriod {
  return accountsPeriod(company, addDays(end, 1), addMonths(end, 12), today);
}
