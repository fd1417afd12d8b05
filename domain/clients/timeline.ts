import type { AuditAction } from '../audit';

/** What a client's timeline can be narrowed to: things that one source each tells of, and what somebody wrote a note to. */
export const TIMELINE_FILTERS = ['COMMUNICATION', 'EMAIL', 'MOVE', 'CHANGE', 'NOTE'] as const;
export type TimelineFilter = (typeof TIMELINE_FILTERS)[number];

/** What the activity log says, too, of things that stand in the timeline as e-mails and communications. */
export const TOLD_OTHERWISE = [
  'CLIENT_CHASED',
  'COMMUNICATION_LOGGED',
  'COMMUNICATION_SCHEDULED',
] as const satisfies readonly AuditAction[];
