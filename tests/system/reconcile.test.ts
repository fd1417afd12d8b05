import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { quietRecord } from '../../domain/filings/records';
import { sealAuditRows } from '../../models/audit/seal';
import { loadFiling } from '../../models/filings/loadFiling';
import { recordDecision } from '../../models/filings/recordDecision';
import type { ApiCaller } from '../harness/apiCaller';
import type { OpenQuarter } from '../harness/openQuarter';
import { openQuarter } from '../harness/openQuarter';
import { RunningPractice } from '../harness/runningPractice';
import { TOOLS_DIR } from '../harness/servers';
import { takeBackup } from '../../models/backups/takeBackup';

let practice: RunningPractice;
let partner: ApiCaller;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'numericalz-reconcile-'));
  practice = await RunningPractice.start();
  partner = await practice.partner();
}, 90_000);

afterAll(async () => {
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

/** The VAT quarter of a new client, moved along these stages. */
async function quarter(...stages: string[]): Promise<OpenQuarter> {
  const filing = await openQuarter(practice, partner);
  await move(filing, ...stages);
  return filing;
}

async function move({ path }: OpenQuarter, ...stages: string[]): Promise<void> {
  for (const stage of stages) expect((await partner.post(`${path}/transitions`, { stage })).status).toBe(200);
}

/** The row, its history and its log, but for what a restore cannot bring back: ids, and notes of stored requests. */
async function story({ id, path }: OpenQuarter): Promise<unknown> {
  const { updatedAt: _updatedAt, cancelReason: _cancelReason, ...row } = (await partner.get(path)).row();
  const history = await practice.rows(
    `SELECT from_stage, to_stage, stage_changed_at, user_id, user_name, user_role, days_in_previous_stage, transition_id, sequence
     FROM vat_workflow_history WHERE filing_id = $1 ORDER BY sequence`,
    [id],
  );
  const log = await practice.rows(
    `SELECT action, timestamp, user_id FROM activity_logs WHERE details->>'filingId' = $1 AND details ? 'actorRole' ORDER BY timestamp, action`,
    [id],
  );
  return { row, history, log };
}

async function restore(): Promise<void> {
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.dump'));
  await practice.kill('worker');
  const output = await practice.runToEnd('commands/restore.ts', [join(folder, String(file)), '--replace']);
  expect(output).toContain('is restored.');
  practice.launch('worker');
  await practice.untilReady();
}

const audit = (): Promise<string> => practice.runToEnd('commands/audit.ts');
const reconcile = (...args: string[]): Promise<string> => practice.runToEnd('commands/reconcile.ts', args);

it('brings rows forward to their workflows after a restore, as they were', async () => {
  const quiet = await quarter('PAPERWORK_RECEIVED');
  const moved = await quarter('PAPERWORK_RECEIVED');
  const [cancelled, reopened, terminated] = [await quarter(), await quarter(), await quarter('PAPERWORK_RECEIVED')];
  await sealAuditRows(practice.database.db.pool, 10_000);
  await takeBackup(practice.database.adminUrl, 'manual', { folder, toolsDir: TOOLS_DIR, say: () => undefined });

  await move(moved, 'WORK_IN_PROGRESS', 'QUERIES_PENDING', 'WORK_IN_PROGRESS', 'REVIEW_PENDING_MANAGER', 'EMAILED_TO_PARTNER');
  await move(moved, 'EMAILED_TO_CLIENT', 'CLIENT_APPROVED');
  expect((await partner.post(`${cancelled.path}/cancel`, { reason: 'The client has left' })).status).toBe(200);
  expect((await partner.post(`${reopened.path}/cancel`, { reason: 'By mistake' })).status).toBe(200);
  expect((await partner.post(`${reopened.path}/reopen`, { notes: 'It was a mistake' })).status).toBe(200);
  await move(reopened, 'PAPERWORK_RECEIVED');
  await move(terminated, 'WORK_IN_PROGRESS');
  await practice.temporal.workflow.getHandle(terminated.workflowId).terminate('by hand');
  const stray = await quarter('PAPERWORK_RECEIVED');
  await sealAuditRows(practice.database.db.pool, 10_000);
  await practice.temporal.schedule.getHandle('open-due-filings').trigger();
  await practice.until(async () => {
    const query = `WorkflowType = 'openDueFilingsWorkflow' AND ExecutionStatus = 'Completed'`;
    return (await practice.temporal.workflow.count(query)).count > 0;
  });
  const filings = [quiet, moved, cancelled, reopened];
  const before = await Promise.all(filings.map(story));

  await restore();
  await expect(audit()).rejects.toThrow(/\n[1-9]\d* violations/);
  await expect(reconcile()).rejects.toThrow(`${stray.workflowId}: it runs without an open filing: --terminate ends it`);
  expect(await Promise.all(filings.map(story))).toEqual(before);
  expect((await partner.get(terminated.path)).row()).toMatchObject({ currentStage: 'WORK_IN_PROGRESS', sequence: 2 });
  const again = await reconcile('--terminate');
  expect(again).toContain(`${stray.workflowId}: it runs without an open filing and was terminated`);
  expect(again).toMatch(
    /\n5 equal, 0 rows brought forward, 0 workflows started, .* 1 without an open filing terminated, 0 left, 0 failed/,
  );
  expect(await audit()).toContain('\n0 violations');

  const next = await quarter('PAPERWORK_RECEIVED');
  expect(next.workflowId).not.toBe(stray.workflowId);
  await move(moved, 'FILED_TO_HMRC');
  await move(terminated, 'REVIEW_PENDING_MANAGER');
  await move(reopened, 'WORK_IN_PROGRESS');
  expect(await audit()).toContain('\n0 violations');
}, 240_000);

it('gives open filings a running workflow again, at the stage that they have', async () => {
  const [terminated, gone, behind] = [await quarter('PAPERWORK_RECEIVED'), await quarter('PAPERWORK_RECEIVED'), await quarter()];
  await practice.temporal.workflow.getHandle(terminated.workflowId).terminate('by hand');
  const { connection, options } = practice.temporal;
  await connection.workflowService.deleteWorkflowExecution({
    namespace: options.namespace,
    workflowExecution: { workflowId: gone.workflowId },
  });
  const db = practice.database.db.pool;
  const { state, rules } = await loadFiling(db, 'VAT_QUARTER', behind.id, true);
  const { runId } = await practice.temporal.workflow.getHandle(behind.workflowId).describe();
  const context = { definition: FILING_DEFINITIONS.VAT_QUARTER, rules, before: state, now: Date.now() };
  await recordDecision(db, runId, quietRecord(context, 'of-a-lost-Temporal', { paused: { until: null } }));
  await practice.until(
    async () =>
      (await practice.temporal.workflow
        .getHandle(gone.workflowId)
        .describe()
        .catch(() => null)) === null,
  );

  const output = await reconcile();
  expect(output).toContain(`${terminated.workflowId}: its workflow has ended, so a run was started from the row`);
  expect(output).toContain(`${gone.workflowId}: it has no workflow, so a run was started from the row`);
  expect(output).toContain(`${behind.workflowId}: its workflow is 1 behind, it takes the row over`);
  expect(await reconcile()).toMatch(
    /\n?\d+ equal, 0 rows brought forward, 0 workflows started, 0 workflows brought forward, 0 replaced/,
  );
  expect(await audit()).toContain('\n0 violations');
  for (const filing of [terminated, gone]) await move(filing, 'WORK_IN_PROGRESS');
  expect((await partner.get(behind.path)).row()).toMatchObject({ isChasingPaused: true });
  expect(await audit()).toContain('\n0 violations');
}, 180_000);
