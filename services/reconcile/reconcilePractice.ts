import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import type { RecordedFiling } from '../../models/filings/recordedFilings';
import { openWorkflowIds, recordedFilings } from '../../models/filings/recordedFilings';
import { readRestores } from '../../models/backups/restores';
import { unsentRequests } from '../../models/filings/unattended';
import { TASK_QUEUE } from '../../settings/temporal';
import { eachOf } from '../audit/invariants/eachOf';
import { deliverRequest } from '../requests/deliverRequest';
import type { ReconcileDependencies, Reconciled } from './reconcileFiling';
import { reconcileFiling } from './reconcileFiling';
import { reserveClientCodes } from './reserveClientCodes';

const PAGE = 500;
const AT_ONCE = 8;

/** How many filings were found how; `stray` are workflows that run without an open filing. */
export type ReconcileReport = Record<Reconciled | 'stray' | 'failed', number>;

/**
 * Brings rows and workflows together after a backup of either was brought back. Safe to repeat; one filing that cannot be helped
 * does not hold up the others.
 */
export async function reconcilePractice(deps: ReconcileDependencies): Promise<ReconcileReport> {
  const report: ReconcileReport = {
    equal: 0,
    broughtForward: 0,
    started: 0,
    told: 0,
    replaced: 0,
    left: 0,
    stray: 0,
    failed: 0,
  };
  await leaveRestoresInTemporal(deps);
  await reserveClientCodes(deps.db, deps.temporal, deps.say);
  for (const kind of FILING_KINDS) {
    let after = '';
    for (;;) {
      const rows = await recordedFilings(deps.db, kind, after, PAGE);
      await eachOf(rows, AT_ONCE, async (row) => void (report[await outcomeOf(deps, kind, row)] += 1));
      after = rows[rows.length - 1]?.id ?? '';
      if (rows.length < PAGE) break;
    }
    report.stray += await endStrays(deps, kind);
  }
  await deliverWaiting(deps);
  return report;
}

async function outcomeOf(deps: ReconcileDependencies, kind: FilingKind, row: RecordedFiling): Promise<Reconciled | 'failed'> {
  try {
    return await reconcileFiling(deps, kind, row);
  } catch (error) {
    deps.say(`${row.workflowId}: ${error instanceof Error ? error.message : String(error)}`);
    return 'failed';
  }
}

/** Workflows that run without an open filing: reported, and ended where that was said. */
async function endStrays({ db, temporal, mayTerminate, say }: ReconcileDependencies, kind: FilingKind): Promise<number> {
  const query = `WorkflowType = '${FILING_DEFINITIONS[kind].workflowType}' AND ExecutionStatus = 'Running'`;
  const running = [];
  for await (const { workflowId, runId } of temporal.workflow.list({ query })) running.push({ workflowId, runId });
  const open = await openWorkflowIds(
    db,
    kind,
    running.map(({ workflowId }) => workflowId),
  );
  const strays = running.filter(({ workflowId }) => !open.has(workflowId));
  for (const { workflowId, runId } of strays) {
    if (mayTerminate) await temporal.workflow.getHandle(workflowId, runId).terminate('db:reconcile: it has no open filing');
    say(`${workflowId}: it runs without an open filing${mayTerminate ? ' and was terminated' : ': --terminate ends it'}`);
  }
  return strays.length;
}

/** What waited when the backup was taken counts as sent, but nobody may have got it. */
async function deliverWaiting({ db, temporal, showClientNames, say }: ReconcileDependencies): Promise<void> {
  await db.query(`UPDATE filing_requests SET sent_at = NULL WHERE status = 'PENDING'`);
  const waiting = await unsentRequests(db, PAGE);
  const deps = { db, temporal: { getClient: () => temporal, showClientNames }, now: Date.now };
  for (const request of waiting) await deliverRequest(deps, { ...request, isNew: true });
  if (waiting.length > 0) say(`${waiting.length} requests that waited were sent again`);
}

/** The audit chain was cut where a backup was brought back: that is known from Temporal, which no writer to the database can change. */
async function leaveRestoresInTemporal({ db, temporal, say }: ReconcileDependencies): Promise<void> {
  for (const { id, restored } of await readRestores(db)) {
    try {
      await temporal.workflow.start('databaseRestoredWorkflow', {
        workflowId: `restore:${id}`,
        taskQueue: TASK_QUEUE,
        args: [restored],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: `The database was restored from ${restored.backup}`,
      });
      const { backup, auditHead } = restored;
      say(`The database was restored from ${backup}: what the audit chain held after link ${auditHead?.position ?? 0} is gone`);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}
