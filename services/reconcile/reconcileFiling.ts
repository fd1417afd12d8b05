import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { SYSTEM_ACTOR } from '../../domain/filings/records';
import type { FilingKind } from '../../domain/filings/stages';
import { newId } from '../../models/ids';
import { loadFiling } from '../../models/filings/loadFiling';
import type { RecordedFiling } from '../../models/filings/recordedFilings';
import { recordedFiling } from '../../models/filings/recordedFilings';
import { FILING_SIGNALS } from '../../workflows/messages';
import { filingStart } from '../filings/workflowStart';
import { bringForward } from './bringForward';
import type { WorkflowNow } from './readWorkflow';
import { readWorkflow, rememberedRecords } from './readWorkflow';
import { settleRequests } from './settleRequests';
import { until } from './until';

export interface ReconcileDependencies {
  db: Pool;
  temporal: Client;
  showClientNames: boolean;
  /** Whether a workflow may be terminated that has no place any more. */
  mayTerminate: boolean;
  /** Told in a line what was found and done. */
  say: (line: string) => void;
}

/** What was done to bring a filing's row and its workflow together. */
export type Reconciled = 'equal' | 'broughtForward' | 'started' | 'told' | 'replaced' | 'left';

/** Brings one filing's row and its workflow together; safe to repeat. */
export async function reconcileFiling(deps: ReconcileDependencies, kind: FilingKind, row: RecordedFiling): Promise<Reconciled> {
  const { temporal, say } = deps;
  const workflow = await readWorkflow(temporal, row.workflowId);
  if (workflow === null) return await startAnew(deps, kind, row, 'it has no workflow');
  if (workflow.state.filingId !== row.id)
    return await replace(deps, kind, row, workflow, 'its workflow is that of another filing');
  if (workflow.state.revision > row.revision) return await bringRowForward(deps, kind, row, workflow);
  await settleRequests(deps.db, workflow);
  if (!workflow.isRunning) return row.isOpen ? await startAnew(deps, kind, row, 'its workflow has ended') : 'equal';
  if (row.runId === null || (workflow.runId === row.runId && workflow.state.revision === row.revision)) return 'equal';
  if (workflow.runId !== row.runId) return await replace(deps, kind, row, workflow, 'its workflow is an earlier run');
  say(`${row.workflowId}: its workflow is ${row.revision - workflow.state.revision} behind, it takes the row over`);
  await tellToCatchUp(deps, kind, row, workflow);
  return 'told';
}

async function bringRowForward(
  deps: ReconcileDependencies,
  kind: FilingKind,
  row: RecordedFiling,
  workflow: WorkflowNow,
): Promise<Reconciled> {
  const { db, temporal, showClientNames, say } = deps;
  const remembered = await rememberedRecords(temporal, row.workflowId, row.id, row.revision);
  const { rules } = await loadFiling(db, kind, row.id, showClientNames);
  const context = { definition: FILING_DEFINITIONS[kind], rules };
  const count = await bringForward(db, row.revision, remembered, { ...workflow, context });
  say(
    `${row.workflowId}: the row was ${workflow.state.revision - row.revision} behind, ${count} decisions were recorded again; it is in ${workflow.state.stage}`,
  );
  await settleRequests(db, workflow);
  const now = await recordedFiling(db, kind, row.id);
  if (now.isOpen && !workflow.isRunning) await startAnew(deps, kind, now, 'its workflow has ended');
  else if (now.isOpen) await unassignUnknown(deps, kind, now, workflow);
  return 'broughtForward';
}

/** Starts a run that goes on from the row; one that has ended does not. */
async function startAnew(
  { db, temporal, showClientNames, say }: ReconcileDependencies,
  kind: FilingKind,
  row: RecordedFiling,
  why: string,
): Promise<Reconciled> {
  if (!row.isOpen) {
    say(`${row.workflowId}: ${why}, and the filing has ended: nothing to start`);
    return 'left';
  }
  const { workflowType, options } = await filingStart(db, kind, row.id, showClientNames, Date.now());
  await temporal.workflow.start(workflowType, {
    ...options,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  await until(async () => (await recordedFiling(db, kind, row.id)).revision > row.revision);
  say(`${row.workflowId}: ${why}, so a run was started from the row`);
  return 'started';
}

async function replace(
  deps: ReconcileDependencies,
  kind: FilingKind,
  row: RecordedFiling,
  workflow: WorkflowNow,
  why: string,
): Promise<Reconciled> {
  if (workflow.isRunning && !deps.mayTerminate) {
    deps.say(`${row.workflowId}: ${why}: left as it is, --terminate ends it`);
    return 'left';
  }
  if (workflow.isRunning) {
    await deps.temporal.workflow.getHandle(row.workflowId, workflow.runId).terminate(`db:reconcile: ${why}`);
  }
  if (row.isOpen) await startAnew(deps, kind, row, why);
  return 'replaced';
}

/** A recording finds that the row has more, and the workflow goes on from there: the policy in force, told again, makes it record. */
async function tellToCatchUp(
  { db, temporal, showClientNames }: ReconcileDependencies,
  kind: FilingKind,
  row: RecordedFiling,
  workflow: WorkflowNow,
): Promise<void> {
  const { rules } = await loadFiling(db, kind, row.id, showClientNames);
  const version = Math.max(rules.version, workflow.policyVersion);
  const handle = temporal.workflow.getHandle(row.workflowId, workflow.runId);
  await handle.signal(FILING_SIGNALS.chasePolicyChanged, { policy: rules.policy, version });
  await until(async () => ((await readWorkflow(temporal, row.workflowId))?.state.revision ?? 0) >= row.revision);
}

/** The person whom the workflow knows came after the backup: nobody is assigned, and the workflow is told. */
async function unassignUnknown(
  { db, temporal, showClientNames, say }: ReconcileDependencies,
  kind: FilingKind,
  row: RecordedFiling,
  { state }: WorkflowNow,
): Promise<void> {
  const { state: recorded } = await loadFiling(db, kind, row.id, showClientNames);
  if (recorded.assignee !== null || state.assignee === null) return;
  say(`${row.workflowId}: ${state.assignee.name} is no user any more, so it is assigned to nobody`);
  await temporal.workflow.getHandle(row.workflowId).signal(FILING_SIGNALS.reassign, {
    requestId: newId(),
    assignedUserId: null,
    name: null,
    actor: SYSTEM_ACTOR,
  });
  await until(async () => (await recordedFiling(db, kind, row.id)).revision > row.revision);
}
