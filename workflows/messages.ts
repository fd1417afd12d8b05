import { defineQuery, defineSignal } from '@temporalio/workflow';
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

/** The live state of a filing, as its workflow knows it. */
export const filingStateQuery = defineQuery<FilingStateAnswer>('filingState');
