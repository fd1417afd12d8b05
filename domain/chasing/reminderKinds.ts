import type { IsoDate } from '../calendar/dates';

/** What a planned row of the chase ledger is: an e-mail to the client or an alert to the staff. */
export const REMINDER_KINDS = [
  'PAPERWORK_REMINDER',
  'CLIENT_REMINDER',
  'CHASE_NOW',
  'ESCALATE_TO_MANAGERS',
  'ESCALATE_TO_PARTNERS',
  'DEADLINE_WARNING',
  'OVERDUE_ASSIGNED',
  'OVERDUE_PARTNERS',
  'STUCK',
] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

export const REMINDER_STATUSES = ['PLANNED', 'SENT', 'SUPPRESSED', 'FAILED'] as const;
export type ReminderStatus = (typeof REMINDER_STATUSES)[number];

/** Who receives a planned row; ASSIGNED falls back to the client's assignees, managers, partners. */
export const REMINDER_RECIPIENTS = ['CLIENT', 'ASSIGNED', 'ASSIGNED_AND_MANAGERS', 'PARTNERS'] as const;
export type ReminderRecipient = (typeof REMINDER_RECIPIENTS)[number];

/** One row of the chase ledger that is still to come. */
export interface PlannedReminder {
  kind: ReminderKind;
  /** Which deadline a warning is about; empty for the others. */
  deadline: string;
  plannedFor: IsoDate;
  /** Epoch ms. */
  plannedAt: number;
  recipient: ReminderRecipient;
  /** The ordinal of a reminder to the client; null for alerts. */
  number: number | null;
}
