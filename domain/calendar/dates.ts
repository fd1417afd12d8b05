import { Temporal } from 'temporal-polyfill';

/** A calendar date, `YYYY-MM-DD`; dates of this form compare as text. */
export type IsoDate = string;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** Whether a text is a date that exists, written `YYYY-MM-DD`; the year 0000 does not, as PostgreSQL has none either. */
export function isIsoDate(value: string): boolean {
  if (!ISO_DATE.test(value) || value.startsWith('0000')) return false;
  try {
    Temporal.PlainDate.from(value);
    return true;
  } catch {
    return false;
  }
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
  const from = Temporal.PlainDate.from(date);
  const moved = from.add({ months });
  return (from.day === from.daysInMonth ? moved.with({ day: moved.daysInMonth }) : moved).toString();
}

/**
 * The last day of a period of so many months that begins with a date: the day before the corresponding date, or the last day of
 * a month that has no corresponding one. A year from 28 February 2023 ends on 27 February 2024, one from 29 February 2024 on
 * 28 February 2025.
 */
export function lastDayOfMonthsFrom(start: IsoDate, months: number): IsoDate {
  const from = Temporal.PlainDate.from(start);
  const moved = from.add({ months });
  return (moved.day === from.day ? moved.subtract({ days: 1 }) : moved).toString();
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
  const day = Temporal.PlainDate.from(date);
  return day.with({ day: day.daysInMonth }).toString();
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date for people: `7 May 2024`. */
export function formatDate(date: IsoDate): string {
  const { day, month, year } = Temporal.PlainDate.from(date);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}
