import type { ClientAssignment } from '../clients/assignments';
import type { FilingKind } from '../filings/stages';
import type { UserRole } from '../people';

/** How many records one bulk operation takes. */
export const MOST_RECORDS = 1_000;

/** What is done to many records at once, with what it needs to know. */
export type BulkWork =
  | { kind: 'ASSIGN_CLIENTS'; assignment: ClientAssignment; userId: string | null }
  | { kind: 'SET_CHASE_TEAMS'; userIds: readonly string[] }
  | { kind: 'ARCHIVE_CLIENTS' }
  | { kind: 'RESTORE_CLIENTS' }
  /** What follows for the filings of clients that an import made or changed. */
  | { kind: 'FOLLOW_IMPORT' }
  | { kind: 'MOVE_FILINGS'; filingKind: FilingKind; stage: string; notes: string | null; needsSecondPerson?: boolean }
  | { kind: 'ASSIGN_FILINGS'; filingKind: FilingKind; userId: string | null; userName: string | null };
export type BulkKind = BulkWork['kind'];

export const BULK_KINDS = [
  'ASSIGN_CLIENTS',
  'SET_CHASE_TEAMS',
  'ARCHIVE_CLIENTS',
  'RESTORE_CLIENTS',
  'FOLLOW_IMPORT',
  'MOVE_FILINGS',
  'ASSIGN_FILINGS',
] as const satisfies readonly BulkKind[];

export const BULK_STATUSES = ['RUNNING', 'COMPLETED'] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

export const BULK_RECORD_STATUSES = ['PENDING', 'SUCCEEDED', 'FAILED'] as const;
export type BulkRecordStatus = (typeof BULK_RECORD_STATUSES)[number];

/** Who asked for it, as they were then. */
export interface BulkActor {
  id: string;
  name: string;
  role: UserRole;
}

/** How far an operation has come. */
export interface BulkProgress {
  total: number;
  successful: number;
  failed: number;
  isFinished: boolean;
}

/** Whether an operation is about clients; others are about filings. */
export function isClientWork(kind: BulkKind): boolean {
  return kind !== 'MOVE_FILINGS' && kind !== 'ASSIGN_FILINGS';
}

/** What a bulk operation does, as its summary in the Temporal UI and its answer say it: "3 of 4 were …". */
export const BULK_DONE: Record<BulkKind, string> = {
  ASSIGN_CLIENTS: 'assigned',
  SET_CHASE_TEAMS: 'given the chase team',
  ARCHIVE_CLIENTS: 'archived',
  RESTORE_CLIENTS: 'restored',
  FOLLOW_IMPORT: 'given their filings',
  MOVE_FILINGS: 'moved',
  ASSIGN_FILINGS: 'assigned',
};
