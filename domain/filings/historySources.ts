import type { AuditAction } from '../audit';

/** Where a recorded move came from: a request through the API, a timer, the client's link, or a signal sent to Temporal by hand. */
export const HISTORY_SOURCES = ['API', 'TIMER', 'CLIENT', 'TEMPORAL'] as const;
export type HistorySource = (typeof HISTORY_SOURCES)[number];

/** What the activity log tells of a filing's story besides its moves. */
export const HISTORY_CHANGES = [
  'FILING_REASSIGNED',
  'FILING_CANCELLED',
  'FILING_REOPENED',
  'FILING_DEADLINES_CHANGED',
  'CHASING_PAUSED',
  'CHASING_RESUMED',
] as const satisfies readonly AuditAction[];
