import type { FilingState } from '../domain/filings/state';
import type { WaitingFor } from '../domain/filings/stages';

/** The answer of the `filingState` query. Instants are ISO 8601 UTC, dates are London dates. */
export interface FilingStateAnswer extends Omit<FilingState, 'decidedRequestIds'> {
  waitingFor: WaitingFor;
  dueDate: string;
  isOverdue: boolean;
  isChasingPaused: boolean;
  remindersSent: number;
  /** The next timer and what it will do; null once the filing has ended. */
  nextTimer: { at: string; action: string } | null;
  policyVersion: number;
  /** The last moves, newest first, with names. */
  lastMoves: { at: string; from: string; to: string; by: string }[];
  /** How the last requests ended, newest first. */
  lastOutcomes: { requestId: string | null; name: string; applied: boolean; reason: string | null }[];
}
