import { newId } from '../../models/ids';
import { FILING_SIGNALS } from '../../workflows/messages';
import type { ApiCaller } from '../harness/apiCaller';
import { openQuarter } from '../harness/openQuarter';
import { OwnTemporalServer } from '../harness/ownTemporalServer';
import { RunningPractice } from '../harness/runningPractice';

/** A server that asks for a new run after fifty events instead of thousands. */
let server: OwnTemporalServer;
let practice: RunningPractice;
let partner: ApiCaller;

beforeAll(async () => {
  server = await OwnTemporalServer.start(['limit.historyCount.suggestContinueAsNew=50']);
  practice = await RunningPractice.start(server.address);
  partner = await practice.partner();
}, 120_000);

afterAll(async () => {
  await practice.stop();
  await server.stop();
}, 120_000);

it('carries everything into the runs that continue a filing whose history grew long', async () => {
  const { path, workflowId } = await openQuarter(practice, partner);
  const firstRun = (await practice.temporal.workflow.getHandle(workflowId).describe()).runId;
  const requestId = newId();
  const actor = { userId: null, name: 'Chris at the console', role: 'PARTNER' as const, relation: 'none' as const };
  const received = { requestId, stage: 'PAPERWORK_RECEIVED', actor };
  await practice.temporal.workflow.getHandle(workflowId).signal(FILING_SIGNALS.stageTransition, received);
  await practice.until(async () => (await partner.get(path)).row()['sequence'] === 1);
  await partner.post(`${path}/pause-chasing`, { reason: 'On holiday' });
  const moves = 30;
  for (let move = 1; move <= moves; move += 1) {
    const stage = move % 2 === 1 ? 'WORK_IN_PROGRESS' : 'QUERIES_PENDING';
    expect((await partner.post(`${path}/transitions`, { stage })).status).toBe(200);
  }
  // A repetition of what an earlier run decided has no effect in a later one.
  await practice.temporal.workflow.getHandle(workflowId).signal(FILING_SIGNALS.stageTransition, received);
  const last = await partner.post(`${path}/transitions`, { stage: 'WORK_IN_PROGRESS' });
  expect(last.row()).toMatchObject({ currentStage: 'WORK_IN_PROGRESS', sequence: moves + 2, isChasingPaused: true });
  const { runId } = await practice.temporal.workflow.getHandle(workflowId).describe();
  const first = await practice.temporal.workflow.getHandle(workflowId, firstRun).describe();
  expect([first.status.name, runId === firstRun]).toEqual(['CONTINUED_AS_NEW', false]);
  const history = (await partner.get(`${path}/history`)).rows();
  expect(history.map(({ sequence }) => sequence)).toEqual(Array.from({ length: moves + 2 }, (_, index) => index + 1));
  const live = { stage: 'WORK_IN_PROGRESS', sequence: moves + 2, isChasingPaused: true, lastMoves: { length: 5 } };
  expect(await partner.get(`${path}/workflow`)).toMatchObject({ status: 200, body: { data: live } });
  expect(await practice.runToEnd('commands/audit.ts')).toContain('\n0 violations');
}, 120_000);
