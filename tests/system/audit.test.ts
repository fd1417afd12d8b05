import { auditAnchorsHold } from '../../services/audit/invariants/auditAnchorsHold';
import { filingsMatchWorkflows } from '../../services/audit/invariants/filingsMatchWorkflows';
import { TASK_QUEUE } from '../../settings/temporal';
import { FILING_SIGNALS } from '../../workflows/messages';
import type { ApiCaller } from '../harness/apiCaller';
import type { OpenQuarter } from '../harness/openQuarter';
import { openQuarter } from '../harness/openQuarter';
import { RunningPractice } from '../harness/runningPractice';

let practice: RunningPractice;
let partner: ApiCaller;
let filing: OpenQuarter;

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
  filing = await openQuarter(practice, partner);
}, 120_000);

afterAll(() => practice.stop(), 60_000);

/** Has the filing's next workflow task, and its repetitions, fail as often as Temporal needs to answer no more queries. */
async function failTasks(): Promise<void> {
  const { connection, options } = practice.temporal;
  await practice.temporal.workflow.getHandle(filing.workflowId).signal(FILING_SIGNALS.resumeChasing, {
    requestId: 'of-a-test',
    actor: { userId: null, name: 'Chris at the console', role: 'PARTNER', relation: 'none' },
  });
  const { namespace } = options;
  const poll = { namespace, taskQueue: { name: TASK_QUEUE }, identity: 'a worker that fails' };
  await connection.withDeadline(Date.now() + 60_000, async () => {
    for (let failed = 0; failed < 3;) {
      const { taskToken, workflowExecution } = await connection.workflowService.pollWorkflowTaskQueue(poll);
      if (workflowExecution?.workflowId !== filing.workflowId) continue;
      await connection.workflowService.respondWorkflowTaskFailed({ namespace, taskToken });
      failed += 1;
    }
  });
}

it('names a filing that no longer answers because its workflow task keeps failing, and waits for one whose task is carried out in the end', async () => {
  const system = { db: practice.database.db.pool, temporal: practice.temporal };
  await practice.kill('worker');
  await failTasks();
  const { checked, violations } = await filingsMatchWorkflows(system, [500]);
  expect(checked).toBeGreaterThan(0);
  expect(violations).toEqual([
    expect.objectContaining({ record: filing.workflowId, message: expect.stringContaining('its workflow task keeps failing') }),
  ]);
  const live = await partner.get(`${filing.path}/workflow`);
  expect(live).toMatchObject({ status: 503, body: { message: expect.stringContaining('keeps failing') } });

  practice.launch('worker');
  const looks = Array.from({ length: 60 }, () => 500);
  expect((await filingsMatchWorkflows(system, looks)).violations).toEqual([]);
}, 120_000);

it('anchors the audit chain in the daily sweep’s own history, so that a tail that was cut off shows', async () => {
  const system = { db: practice.database.db.pool, temporal: practice.temporal };
  await practice.until(async () => (await practice.rows('SELECT FROM audit_chain LIMIT 1')).length > 0);
  await practice.temporal.schedule.getHandle('open-due-filings').trigger();
  await practice.until(async () => (await auditAnchorsHold(system)).checked === 1);
  expect((await auditAnchorsHold(system)).violations).toEqual([]);
  await practice.database.asOwner('DELETE FROM audit_chain WHERE position = (SELECT max(position) FROM audit_chain)');
  expect((await auditAnchorsHold(system)).violations).toHaveLength(1);
}, 120_000);
