import type { AuditAction } from '../audit';
import type { Authority, FiledTo, Stage } from './stages';
import type { FilingState } from './state';

export const REJECTION_CODES = [
  'MALFORMED',
  'CLOSED',
  'STALE_STAGE',
  'UNKNOWN_STAGE',
  'SAME_STAGE',
  'NOT_A_NEXT_STAGE',
  'NOT_ALLOWED',
  'SECOND_PERSON_NEEDED',
  'NOTE_REQUIRED',
  'FILED_TO',
  'REJECTED_BY',
  'NOTHING_TO_DO',
  'INVALID_DATES',
  'NO_ADDRESS',
  'UNKNOWN_USER',
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

/** What is recorded of a move in the filing's history. */
export interface Transition {
  fromStage: Stage;
  toStage: Stage;
  sequence: number;
  daysInPreviousStage: number;
  filedTo: FiledTo[];
  rejectedBy: Authority[];
}

export interface Applied {
  applied: true;
  action: AuditAction;
  /** The state that follows; its plan is not yet made anew. */
  state: FilingState;
  transition: Transition | null;
  /** Before and after of what changed, for the audit trail. */
  details: Record<string, unknown>;
}

export interface Rejected {
  applied: false;
  code: RejectionCode;
  /** One sentence for a person. */
  reason: string;
}

export type Decision = Applied | Rejected;

export function reject(code: RejectionCode, reason: string): Rejected {
  return { applied: false, code, reason };
}
