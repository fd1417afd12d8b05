import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths, endOfMonth, lastDayOfMonthsFrom } from '../calendar/dates';

/** A public company has six months to deliver its accounts; private companies and LLPs have nine (Companies Act 2006 s.442(2)). */
export type CompanyKind = 'private' | 'public';
const MONTHS_TO_DELIVER: Record<CompanyKind, number> = { private: 9, public: 6 };

/** Months after the period's end or after a notice that a company has in any case (s.442(3)(b), (4)). */
const LEAST_MONTHS_TO_DELIVER = 3;

/** Nine months (public: six) after the end of the accounting reference period, by the month-end rule (s.442(2), s.443). */
export function accountsDue(periodEnd: IsoDate, kind: CompanyKind = 'private'): IsoDate {
  return addMonths(periodEnd, MONTHS_TO_DELIVER[kind]);
}

/**
 * First accounts for more than twelve months: the later of nine months (public: six) from the first anniversary of incorporation and
 * three months after the period's end (s.442(3)); otherwise the ordinary rule.
 */
export function firstAccountsDue(incorporated: IsoDate, periodEnd: IsoDate, kind: CompanyKind = 'private'): IsoDate {
  if (periodEnd <= lastDayOfMonthsFrom(incorporated, 12)) return accountsDue(periodEnd, kind);
  return later(accountsDue(firstAnniversary(incorporated), kind), addMonths(periodEnd, LEAST_MONTHS_TO_DELIVER));
}

/**
 * A period that a notice shortened: three months after the notice, if that is later than the day which holds otherwise (s.442(4)).
 * `incorporated` is given for first accounts.
 */
export function shortenedAccountsDue(
  newPeriodEnd: IsoDate,
  noticeDate: IsoDate,
  kind: CompanyKind = 'private',
  incorporated: IsoDate | null = null,
): IsoDate {
  const otherwise = incorporated === null ? accountsDue(newPeriodEnd, kind) : firstAccountsDue(incorporated, newPeriodEnd, kind);
  return later(otherwise, addMonths(noticeDate, LEAST_MONTHS_TO_DELIVER));
}

/** The first accounting reference date: the last day of the month in which the anniversary of incorporation falls (s.391(4)). */
export function firstPeriodEnd(incorporated: IsoDate): IsoDate {
  return endOfMonth(firstAnniversary(incorporated));
}

/** The same day a year later, not by the month-end rule: 28 February is followed by 28 February in a leap year too. */
function firstAnniversary(incorporated: IsoDate): IsoDate {
  const endOfPeriod = lastDayOfMonthsFrom(incorporated, 12);
  return incorporated.endsWith('-02-29') ? endOfPeriod : addDays(endOfPeriod, 1);
}

function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b;
}
