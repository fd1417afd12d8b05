import { Temporal } from 'temporal-polyfill';
import type { IsoDate } from './dates';

const LONDON = 'Europe/London';
const HOUR_MS = 3_600_000;

/** The date in London at an instant (epoch ms). */
export function londonDateOf(epochMs: number): IsoDate {
  const utc = new Date(epochMs).toISOString();
  const offset = offsetWithoutChange(utc);
  if (offset === undefined)
    return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(LONDON).toPlainDate().toString();
  return offset === 0 ? utc.slice(0, 10) : new Date(epochMs + offset).toISOString().slice(0, 10);
}

/** The instant (epoch ms) of a time of day, `HH:MM`, in London; a time that the March change skips moves forward. */
export function londonInstant(date: IsoDate, time: string): number {
  const offset = offsetWithoutChange(date);
  if (offset !== undefined) return Date.parse(`${date}T${time}Z`) - offset;
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: LONDON, plainTime: time }).epochMilliseconds;
}

/** The instant (epoch ms) at which a date begins in London. */
export function startOfLondonDay(date: IsoDate): number {
  return londonInstant(date, '00:00');
}

/**
 * London's offset from UTC in milliseconds, from the month of an ISO date or UTC instant: the clocks change within March and
 * October only (Summer Time Act 1972), so that the zone's data, fifty times slower, are asked in these two months alone.
 */
function offsetWithoutChange(iso: string): number | undefined {
  const month = Number(iso.slice(5, 7));
  if (month === 3 || month === 10) return undefined;
  return month > 3 && month < 10 ? HOUR_MS : 0;
}
