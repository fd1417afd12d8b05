import type { IsoDate } from './dates';
import { formatDate } from './dates';
import { londonDateOf } from './london';

const WIDTH = '07 May 2024'.length;
const LONDON_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A date as tables show it, all of one width: `07 May 2024`. */
export function displayDate(date: IsoDate): string {
  return formatDate(date).padStart(WIDTH, '0');
}

/** The date in London of an instant (epoch ms), as tables show it. */
export function displayDateOf(epochMs: number): string {
  return displayDate(londonDateOf(epochMs));
}

/** An instant (epoch ms) in London time: `07 May 2024, 09:00`. */
export function displayInstant(epochMs: number): string {
  return `${displayDateOf(epochMs)}, ${LONDON_TIME.format(epochMs)}`;
}

/** An instant (epoch ms) in London time, to the minute, as fields for a time have it: `2024-05-07T09:00`. */
export function wallTime(epochMs: number): string {
  return `${londonDateOf(epochMs)}T${LONDON_TIME.format(epochMs)}`;
}
