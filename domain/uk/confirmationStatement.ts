import type { IsoDate } from '../calendar/dates';
import { addDays, lastDayOfMonthsFrom } from '../calendar/dates';

const REVIEW_PERIOD_MONTHS = 12;
const DAYS_TO_DELIVER = 14;

/** A review period with the last day on which its confirmation statement can be delivered in time. */
export interface ReviewPeriod {
  start: IsoDate;
  end: IsoDate;
  due: IsoDate;
}

/** Twelve months from incorporation, or from the day after the last statement; due fourteen days after their end (Companies Act 2006 s.853A(1), (5)). */
export function reviewPeriod(start: IsoDate): ReviewPeriod {
  const end = lastDayOfMonthsFrom(start, REVIEW_PERIOD_MONTHS);
  return { start, end, due: addDays(end, DAYS_TO_DELIVER) };
}

/** The end of the review period whose statement is due on a day. */
export function reviewPeriodEnd(due: IsoDate): IsoDate {
  return addDays(due, -DAYS_TO_DELIVER);
}

/** A statement made early begins the next review period on the day after its date (s.853A(6)). */
export function reviewPeriodAfterStatement(confirmationDate: IsoDate): ReviewPeriod {
  return reviewPeriod(addDays(confirmationDate, 1));
}

/** The first of the review periods that follow each other from a start whose statement is not yet overdue on a day. */
export function currentReviewPeriod(start: IsoDate, today: IsoDate): ReviewPeriod {
  let period = reviewPeriod(start);
  while (period.due < today) period = reviewPeriod(addDays(period.end, 1));
  return period;
}
