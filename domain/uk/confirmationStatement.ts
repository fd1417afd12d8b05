import type { IsoDate } from '../calendar/dates';
import { addDays } from '../calendar/dates';
import { lastDayOfMonthsFrom } from './corporationTax';

const DAYS_TO_DELIVER = 14;

/** A review period with the last day on which its confirmation statement can be delivered. */
export interface ReviewPeriod {
  start: IsoDate;
  end: IsoDate;
  due: IsoDate;
}

/** Twelve months from incorporation, or from the day after the last statement; due fourteen days after their end (Companies Act 2006 s.853A). */
export function reviewPeriod(start: IsoDate): ReviewPeriod {
  const end = lastDayOfMonthsFrom(start, 12);
  return { start, end, due: addDays(end, DAYS_TO_DELIVER) };
}

/** A statement made early begins the next review period on the day after its date. */
export function reviewPeriodAfterStatement(confirmationDate: IsoDate): ReviewPeriod {
  return reviewPeriod(addDays(confirmationDate, 1));
}

/** The first review period from a start whose statement is not yet overdue on a day. */
export function currentReviewPeriod(start: IsoDate, today: IsoDate): ReviewPeriod {
  const period = reviewPeriod(start);
  return period.due >= today ? period : currentReviewPeriod(addDays(period.end, 1), today);
}
