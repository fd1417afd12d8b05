import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { FilingState } from '../../domain/filings/state';
import type { FilingStateAnswer } from '../../workflows/filingStateAnswer';
import { filingRecordsQuery } from '../../workflows/messages';
import { askState } from '../filings/askState';
import type { RememberedRecord } from './bringForward';

/** The last run of a filing's workflow, as it answers for itself. */
export interface WorkflowNow {
  runId: string;
  isRunning: boolean;
  state: FilingState;
  policyVersion: number;
  lastOutcomes: FilingStateAnswer['lastOutcomes'];
}

/** Asks the last run of a workflow; null where there is none. Throws where nobody can answer for it. */
export async function readWorkflow(temporal: Client, workflowId: string): Promise<WorkflowNow | null> {
  try {
    const { runId, status } = await temporal.workflow.getHandle(workflowId).describe();
    const handle = temporal.workflow.getHandle(workflowId, runId);
    const answer = await askState(handle);
    const { decidedRequestIds } = await handle.query(filingRecordsQuery, answer.revision);
    const { policyVersion, lastOutcomes } = answer;
    return {
      runId,
      isRunning: status.name === 'RUNNING',
      state: stateOf(answer, decidedRequestIds),
      policyVersion,
      lastOutcomes,
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Everything that the runs of a workflow, oldest first, remember of a filing after a revision. */
export async function rememberedRecords(
  temporal: Client,
  workflowId: string,
  filingId: string,
  after: number,
): Promise<RememberedRecord[]> {
  const runs = [];
  for await (const { runId, startTime } of temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    runs.push({ runId, startTime });
  }
  const remembered: RememberedRecord[] = [];
  for (const { runId } of runs.toSorted((a, b) => a.startTime.getTime() - b.startTime.getTime())) {
    const handle = temporal.workflow.getHandle(workflowId, runId);
    let revision = after;
    for (;;) {
      const { records } = await handle.query(filingRecordsQuery, revision);
      const last = records[records.length - 1];
      if (!last) break;
      remembered.push(...records.filter(({ state }) => state.filingId === filingId).map((record) => ({ runId, record })));
      revision = last.state.revision;
    }
  }
  return remembered;
}

/** What the answer adds to the state is made from it. */
function stateOf(answer: FilingStateAnswer, decidedRequestIds: string[]): FilingState {
  const {
    waitingFor: _waitingFor,
    dueDate: _dueDate,
    isOverdue: _isOverdue,
    isChasingPaused: _isChasingPaused,
    remindersSent: _remindersSent,
    nextTimer: _nextTimer,
    policyVersion: _policyVersion,
    lastMoves: _lastMoves,
    lastOutcomes: _lastOutcomes,
    ...state
  } = answer;
  return { ...state, decidedRequestIds };
}
