import type { IsoDate } from '../calendar/dates';

/** What an authority told of a date. */
export interface OfficialDate {
  date: IsoDate;
  source: string;
  readAt: Date;
}

/** A deadline as people see it: the date in force, and what it is compared with. */
export interface Deadline {
  name: string;
  label: string;
  /** In force. */
  date: IsoDate | null;
  /** By the rules of law. */
  computed: IsoDate | null;
  /** What the authority told last; null where none told anything. */
  official: IsoDate | null;
  /** Where the date in force comes from: the authority's name, COMPUTED, or STAFF for one that a person set. */
  source: string;
  readAt: Date | null;
  /** The dates do not agree. */
  isMismatch: boolean;
}

/** Puts a deadline together. */
export function deadline(
  name: string,
  label: string,
  dates: { date: IsoDate | null; computed: IsoDate | null; official?: OfficialDate | undefined },
): Deadline {
  const { date, computed, official } = dates;
  const known = [date, computed, official?.date].filter((one) => typeof one === 'string');
  return {
    name,
    label,
    date,
    computed,
    official: official?.date ?? null,
    source: sourceOf(dates),
    readAt: official?.readAt ?? null,
    isMismatch: new Set(known).size > 1,
  };
}

function sourceOf({ date, computed, official }: Parameters<typeof deadline>[2]): string {
  if (official && official.date === date) return official.source;
  return date === null || date === computed ? 'COMPUTED' : 'STAFF';
}
