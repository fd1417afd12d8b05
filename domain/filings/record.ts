import type { AuditAction } from '../audit';
import type { PlannedReminder } from '../chasing/reminderKinds';
import type { EndedEmailStatus } from '../email';
import type { LedgerChange } from '../chasing/reminders';
import type { SuppressionReason } from '../chasing/suppression';
import type { Actor } from './messages';
import type { Transition } from './decision';
import type { FilingState } from './state';
import type { WaitingFor } from './stages';

/** One applied decision of a filing's workflow, to be committed in one transaction. */
export interface FilingRecord {
  /** Tells this decision from any other at the same revision: a request's id, or what a timer did. */
  decisionKey: string;
  /** The stored request that it answers, if any. */
  requestId: string | null;
  actor: Actor;
  /** Workflow time, epoch ms. */
  decidedAt: number;
  /** Null where nothing happened that the activity log should tell. */
  action: AuditAction | null;
  details: Record<string, unknown>;
  /** The state that follows, plan included. */
  state: FilingState;
  dueDate: string;
  waitingFor: WaitingFor;
  transition: Transition | null;
  /** A note that came with a signal by hand; one of a stored request is read there. */
  notes: string | null;
  /** Null for what a person did through the API or by signal: which of the two, the stored request tells. */
  source: 'TIMER' | 'CLIENT' | null;
  ledger: LedgerChange;
  alerts: PlannedReminder[];
  policyVersion: number;
}

/** A reminder to the client. The client's one e-mail of the day decides whether it is sent: what is recorded otherwise is made once that is known. */
export interface ReminderRecords {
  reminder: PlannedReminder;
  /** London date of today. */
  today: string;
  /** Null for the reminder of the day, of which a client gets one; a request's id for one that was asked for at once. */
  chaseNowRequestId: string | null;
  sent: FilingRecord;
  /** What is recorded where nothing is sent for this reason; null until a try has met one. */
  unsent: (Unsent & { record: FilingRecord }) | null;
}

/** Why a reminder is not sent: the client had its e-mail of the day without it, or nothing may be sent to it. */
export interface Unsent {
  outcome: 'dayTaken' | 'unsendable';
  reason: SuppressionReason;
}

/** How an e-mail ended that was tried with the recording. */
export interface TriedEmail {
  emailId: string;
  status: EndedEmailStatus;
}

/** What was committed of a reminder. */
export type ReminderOutcome = 'sent' | Unsent['outcome'];

/** How recording a reminder ended. NOT_SENT: nothing was recorded, for this reason. */
export type ReminderResult = RecordResult | ({ status: 'NOT_SENT' } & Unsent);

/** A request that was refused, to be answered. */
export interface RejectionRecord {
  requestId: string | null;
  name: string;
  actor: Actor | null;
  code: string;
  reason: string;
}

/**
 * How a recording ended.
 * RECORDED: committed, now or by an earlier try whose answer was lost; then the workflow goes on from the `state` and the instant
 * `decidedAt` (epoch ms) of that one, for it was decided at another time. `emailIds` are to be sent, `emails` were tried with it and have ended; `clientName` is
 * there where the client has another name than the state says.
 * BEHIND: another decision was committed at this revision by a try of this run whose answer was lost; the workflow goes on from `state`.
 * RENUMBER: another run has recorded more; the workflow counts on from there.
 * UNKNOWN_USER: the actor or assignee is no user.
 * PERIOD_TAKEN: the client has another filing from the day on which the period would begin.
 * OVERTAKEN: a later run of the same filing is in charge.
 */
export type RecordResult =
  | {
      status: 'RECORDED';
      outcome: ReminderOutcome;
      emailIds: string[];
      emails?: TriedEmail[];
      state?: FilingState;
      decidedAt?: number;
      clientName?: string;
    }
  | { status: 'BEHIND'; state: FilingState; emailIds: string[]; emails?: TriedEmail[] }
  | { status: 'RENUMBER'; revision: number; sequence: number }
  | { status: 'UNKNOWN_USER'; who: 'actor' | 'assignee' }
  | { status: 'PERIOD_TAKEN' }
  | { status: 'OVERTAKEN' };
