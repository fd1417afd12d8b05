import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { BulkProgress } from '../domain/bulk/operations';
import type { FieldChange } from '../domain/companiesHouse/companyChanges';
import type { KeptRecord } from '../domain/filings/keptRecord';
import type { FilingMessageName, FilingMessages } from '../domain/filings/messages';
import type { FilingKind } from '../domain/filings/stages';
import type { FilingState } from '../domain/filings/state';
import type { FilingStateAnswer } from './filingStateAnswer';

/** What a filing's workflow is started with; everything else it reads from the filing's row. */
export interface FilingInput {
  kind: FilingKind;
  filingId: string;
  /** Only where a run continues an earlier one. */
  carried?: CarriedFiling;
}

/** What a run hands to the one that continues it. */
export interface CarriedFiling {
  state: FilingState;
  lastMoves: FilingStateAnswer['lastMoves'];
  /** E-mails whose sending was under way. */
  emailIds: string[];
}

/** What a filing's workflow ends with. */
export interface FilingResult {
  outcome: 'FILED' | 'CANCELLED';
  stage: string;
  sequence: number;
  revision: number;
}

/** The signals of a filing, by name. */
export const FILING_SIGNALS: { [Name in FilingMessageName]: ReturnType<typeof defineSignal<[FilingMessages[Name]]>> } = {
  stageTransition: defineSignal('stageTransition'),
  clientDecision: defineSignal('clientDecision'),
  reassign: defineSignal('reassign'),
  pauseChasing: defineSignal('pauseChasing'),
  resumeChasing: defineSignal('resumeChasing'),
  chaseNow: defineSignal('chaseNow'),
  deadlinesChanged: defineSignal('deadlinesChanged'),
  cancelFiling: defineSignal('cancelFiling'),
  reopen: defineSignal('reopen'),
  chasePolicyChanged: defineSignal('chasePolicyChanged'),
};

/** A scheduled e-mail was moved or cancelled: its workflow reads the row again. */
export const communicationChanged = defineSignal('communicationChanged');

/** What a run of a filing had committed after a revision. */
export interface FilingRecords {
  /** Oldest first, a page of them. */
  records: KeptRecord[];
  /** Every request that it remembers, applied or refused. */
  decidedRequestIds: string[];
}

/** Everything that is needed to bring a row forward that was lost: see db:reconcile. */
export const filingRecordsQuery = defineQuery<FilingRecords, [afterRevision: number]>('filingRecords');

/** What the query fails with in a run that has begun a moment ago: ask again. */
export const STILL_BEING_READ = 'The filing is still being read: ask again';

/** The live state of a filing, as its workflow knows it. */
export const filingStateQuery = defineQuery<FilingStateAnswer>('filingState');

/** How far a bulk operation has come; null until its first records are done. */
export const bulkProgressQuery = defineQuery<BulkProgress | null>('bulkProgress');

/** Whom a refresh is for, and which clients it is about; all active limited companies where none are named. */
export interface CompaniesHouseRefresh {
  by: { id: string; name: string };
  clientIds: string[] | null;
  /** Nobody waits for the answer: people who do come first. */
  isBackground: boolean;
  /** Only where a run continues an earlier one. */
  carried?: { progress: RefreshProgress; after: string | null };
}

/** How far a refresh has come. */
export interface RefreshProgress {
  /** Null while it is not known. */
  total: number | null;
  done: number;
  changed: number;
  /** Dates that wait for a person. */
  proposals: number;
  failed: number;
  /** The first of them. */
  failures: { clientId: string; failure: string; reason: string }[];
  /** Why no further client was tried, if so. */
  stopped: string | null;
  /** What was found, where one client is refreshed. */
  changes: FieldChange[];
}

/** How far the refresh of companies has come. */
export const refreshProgressQuery = defineQuery<RefreshProgress>('progress');
