import { Temporal } from 'temporal-polyfill';

/** A calendar date, `YYYY-MM-DD`; dates of this form compare as text. */
export type IsoDate = string;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a date that exists, written `YYYY-MM-DD`. */
export function isIsoDate(value: string): boolean {
  if (!ISO_DATE.test(value)) return false;
  try {
    Temporal.PlainDate.from(value);
    return true;
  } catch {
    return false;
  }
}

/** The date so many days later, or earlier for a negative number. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/**
 * The corresponding date so many months later, by the month-end rule of Companies House and Corporation Tax: from the last
 * day of a month to the last day of the target month, from any other day to the same day, clamped to the month's length.
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const from = Temporal.PlainDate.from(date);
  const moved = from.add({ months });
  return (from.day === from.daysInMonth ? moved.with({ day: moved.daysInMonth }) : moved).toString();
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Temporal.PlainDate.from(from).until(to).days;
}

/** 1 for Monday to 7 for Sunday. */
export function dayOfWeek(date: IsoDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
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
