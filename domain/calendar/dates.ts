/** A calendar date, `YYYY-MM-DD`; dates of this form compare as text. */
export type IsoDate = string;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** Whether a text is a date that exists, written `YYYY-MM-DD`; the year 0000 does not, as PostgreSQL has none either. */
export function isIsoDate(value: string): boolean {
  if (!ISO_DATE.test(value)) return false;
  const { year, month, day } = partsOf(value);
  return year > 0 && day > 0 && day <= daysInMonth(year, month);
}

/** The date so many days later, or earlier for a negative number. */
export function addDays(date: IsoDate, days: number): IsoDate {
  // Plans take hundreds of these, so they count in milliseconds of UTC, where every day has as many.
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The corresponding date so many months later, by the month-end rule of Companies House and Corporation Tax: from the last
 * day of a month to the last day of the target month, from any other day to the same day, clamped to the month's length
 * (Companies Act 2006 s.443; CTM01800).
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const from = partsOf(date);
  const { year, month, days } = monthAt(from.year, from.month, months);
  const isLastDay = from.day === daysInMonth(from.year, from.month);
  return written(year, month, isLastDay ? days : Math.min(from.day, days));
}

/**
 * The last day of a period of so many months that begins with a date: the day before the corresponding date, or the last day of
 * a month that has no corresponding one. A year from 28 February 2023 ends on 27 February 2024, one from 29 February 2024 on
 * 28 February 2025.
 */
export function lastDayOfMonthsFrom(start: IsoDate, months: number): IsoDate {
  const from = partsOf(start);
  const { year, month, days } = monthAt(from.year, from.month, months);
  return from.day > days ? written(year, month, days) : addDays(written(year, month, from.day), -1);
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** 1 for Monday to 7 for Sunday. */
export function dayOfWeek(date: IsoDate): number {
  return new Date(date).getUTCDay() || 7;
}

/** The last day of the date's month. */
export function endOfMonth(date: IsoDate): IsoDate {
  const { year, month } = partsOf(date);
  return written(year, month, daysInMonth(year, month));
}

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date for people: `7 May 2024`. Throws a RangeError for a text that is none. */
export function formatDate(date: IsoDate): string {
  if (!isIsoDate(date)) throw new RangeError(`${date} is not a date`);
  const { day, month, year } = partsOf(date);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

// Deadlines of a whole practice take millions of these, a list hundreds, so they are counted in plain numbers, a tenth of the time of Temporal.

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FEBRUARY = 2;

/** Throws a RangeError for a text that is not written as a date. */
function partsOf(date: IsoDate): { year: number; month: number; day: number } {
  if (!ISO_DATE.test(date)) throw new RangeError(`${date} is not a date`);
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) };
}

/** The month so many months after one, with its length. */
function monthAt(year: number, month: number, months: number): { year: number; month: number; days: number } {
  const count = year * 12 + month - 1 + months;
  const at = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return { ...at, days: daysInMonth(at.year, at.month) };
}

function daysInMonth(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === FEBRUARY && isLeapYear ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

function written(year: number, month: number, day: number): IsoDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
