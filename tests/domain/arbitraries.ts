import * as fc from 'fast-check';
import type { IsoDate } from '../../domain/calendar/dates';
import { addDays, daysBetween } from '../../domain/calendar/dates';

/** Any date between two, both included. */
export function dates(from: IsoDate = '1990-01-01', to: IsoDate = '2060-12-31'): fc.Arbitrary<IsoDate> {
  return fc.integer({ min: 0, max: daysBetween(from, to) }).map((days) => addDays(from, days));
}

/** Any time of day, HH:MM. */
export function timesOfDay(): fc.Arbitrary<string> {
  const twoDigits = (max: number): fc.Arbitrary<string> => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
  return fc.tuple(twoDigits(23), twoDigits(59)).map(([hours, minutes]) => `${hours}:${minutes}`);
}
