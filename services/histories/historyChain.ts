import { createHash } from 'node:crypto';
import type { HistoryEntry } from '../../domain/filings/historyEntry';

/** What comes before the first entry. */
const BEGINNING = '';

/** Chains entries, oldest first: none can be changed, left out, added or swapped without every later hash changing. */
export function chained(entries: readonly Omit<HistoryEntry, 'hash'>[]): HistoryEntry[] {
  let before = BEGINNING;
  return entries.map((entry) => {
    before = link(before, entry);
    return { ...entry, hash: before };
  });
}

/** The hash of the last entry. */
export function headOf(entries: readonly HistoryEntry[]): string {
  return entries[entries.length - 1]?.hash ?? BEGINNING;
}

/** Whether entries are as they were chained, up to this head. */
export function isIntact(entries: readonly HistoryEntry[], head: string): boolean {
  const again = chained(entries);
  return headOf(entries) === head && entries.every(({ hash }, index) => hash === again[index]?.hash);
}

function link(before: string, { runId, eventId, at, who, what }: Omit<HistoryEntry, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([before, runId, eventId, at, who, what]))
    .digest('hex');
}
