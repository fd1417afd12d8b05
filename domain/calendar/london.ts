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
 * London's offset from UTC in milliseconds, from an ISO date or UTC instant: the clocks change on the last Sundays of March and October,
 * before 1996 on the one after October's fourth Saturday (Summer Time Act 1972 s.1 and the orders under it), so that the zone's data,
 * fifty times slower, are asked late in these two months alone.
 */
function offsetWithoutChange(iso: string): number | undefined {
  const monthAndDay = iso.slice(5, 10);
  if (monthAndDay < '03-25' || monthAndDay > '10-31') return 0;
  if (monthAndDay > '03-31' && monthAndDay < '10-22') return HOUR_MS;
  return undefined;
}
