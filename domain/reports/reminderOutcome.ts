import type { ReminderStatus } from '../chasing/reminderKinds';

/** How a planned row of the chase ledger ended; OUTSTANDING is still to come, or under way. */
export const REMINDER_OUTCOMES = ['SENT', 'SUPPRESSED', 'OUTSTANDING'] as const;
export type ReminderOutcome = (typeof REMINDER_OUTCOMES)[number];

/** An e-mail that failed counts as suppressed: it did not reach the client, and its reason says why. */
export const OUTCOMES: Record<ReminderStatus, ReminderOutcome> = {
  PLANNED: 'OUTSTANDING',
  SENT: 'SENT',
  SUPPRESSED: 'SUPPRESSED',
  FAILED: 'SUPPRESSED',
};
