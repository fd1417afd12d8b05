import { Temporal } from 'temporal-polyfill';
import type { IsoDate } from './dates';

const LONDON = 'Europe/London';

/** The date in London at an instant (epoch ms). */
export function londonDateOf(epochMs: number): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(LONDON).toPlainDate().toString();
}

/** The instant (epoch ms) of a time of day, `HH:MM`, in London; a time that the March change skips moves forward. */
export function londonInstant(date: IsoDate, time: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: LONDON, plainTime: time }).epochMilliseconds;
}

/** The instant (epoch ms) at which a date begins in London. */
export function startOfLondonDay(date: IsoDate): number {
  return londonInstant(date, '00:00');
}
