import type { TestFiling, TestUser } from '../harness/practice';
import { actorOf, makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';
import { ledgerOf, movesOf } from './ledger';

let practice: TimeSkippingPractice;
let partner: TestUser;
let manager: TestUser;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  const { db } = practice.database;
  partner = await makeUser(db, 'Pat Partner', 'PARTNER');
  manager = await makeUser(db, 'Mo Manager', 'MANAGER');
}, 120_000);

afterEach(() => practice.endFilings());
afterAll(() => practice.close());

interface Quarter {
  period: string;
  start: string;
  end: string;
  due: string;
}

async function openQuarter(quarter: Quarter): Promise<TestFiling> {
  const { db } = practice.database;
  const filing = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), quarter);
  await practice.sleepUntil(quarter.end, '12:00');
  await practice.start(filing);
  return filing;
}

const WAY_TO_FILED = [
  'PAPERWORK_RECEIVED',
  'WORK_IN_PROGRESS',
  'REVIEW_PENDING_PARTNER',
  'EMAILED_TO_CLIENT',
  'CLIENT_APPROVED',
  'FILED_TO_HMRC',
];

async function moveOn(filing: TestFiling, stages: readonly string[]): Promise<void> {
  for (const stage of stages) {
    const outcome = await practice.ask(filing, 'stageTransition', { stage }, actorOf(partner));
    expect(outcome).toMatchObject({ status: 'APPLIED' });
  }
}

/** The run that a workflow's id stands for now. */
async function runIdOf({ workflowId }: TestFiling): Promise<string> {
  return (await practice.client.workflow.getHandle(workflowId).describe()).runId;
}

interface Row {
  current_stage: string;
  is_completed: boolean;
  is_cancelled: boolean;
  cancel_reason: string | null;
  cancelled_by_user_name: string | null;
  run_id: string;
}

async function rowOf({ filingId }: TestFiling): Promise<Row | undefined> {
  const [row] = await practice.rows<Row>(
    `SELECT current_stage::text, is_completed, is_cancelled, cancel_reason, cancelled_by_user_name, run_id
     FROM vat_quarters WHERE id = $1`,
    [filingId],
  );
  return row;
}

it('is cancelled by a partner only, keeps its stage, and answers nothing more', async () => {
  const filing = await openQuarter({ period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' });
  await practice.sleepUntil('2036-04-02', '12:00');
  expect(await practice.ask(filing, 'cancelFiling', {}, actorOf(manager))).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(await practice.ask(filing, 'cancelFiling', {}, actorOf(partner), 'The client left')).toMatchObject({
    status: 'APPLIED',
  });
  expect(await practice.result(filing)).toMatchObject({ outcome: 'CANCELLED', stage: 'PAPERWORK_CHASED' });
  expect(await rowOf(filing)).toMatchObject({
    current_stage: 'PAPERWORK_CHASED',
    is_completed: false,
    is_cancelled: true,
    cancel_reason: 'The client left',
    cancelled_by_user_name: 'Pat Partner',
  });
  const late = await practice.ask(filing, 'stageTransition', { stage: 'PAPERWORK_RECEIVED' }, actorOf(partner));
  expect(late).toMatchObject({ status: 'REJECTED', code: 'CLOSED', reason: expect.stringContaining('cancelled') });
});

it('is cancelled, and recorded as such, when somebody cancels its workflow in Temporal', async () => {
  const filing = await openQuarter({ period: '2036-Q2', start: '2036-04-01', end: '2036-06-30', due: '2036-08-07' });
  await practice.client.workflow.getHandle(filing.workflowId).cancel();
  expect(await practice.result(filing)).toMatchObject({ outcome: 'CANCELLED' });
  expect(await rowOf(filing)).toMatchObject({
    is_cancelled: true,
    cancelled_by_user_name: 'Temporal UI',
    cancel_reason: 'Cancelled in the Temporal UI',
  });
  expect((await ledgerOf(practice, filing)).planned).toEqual([]);
});

it('goes on where it was when a partner reopens a cancelled one, as a new run that is chased again', async () => {
  const filing = await openQuarter({ period: '2036-Q3', start: '2036-07-01', end: '2036-09-30', due: '2036-11-07' });
  await practice.sleepUntil('2036-10-02', '12:00');
  const cancelled = await practice.ask(filing, 'cancelFiling', {}, actorOf(partner));
  const firstRun = await runIdOf(filing);

  await practice.sleepUntil('2036-10-20', '12:00');
  expect(await practice.ask(filing, 'reopen', {}, actorOf(partner))).toMatchObject({ code: 'NOTE_REQUIRED' });
  expect(await practice.ask(filing, 'reopen', {}, actorOf(manager), 'They are back')).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(await rowOf(filing)).toMatchObject({ is_cancelled: true, run_id: firstRun });

  expect(await practice.ask(filing, 'reopen', {}, actorOf(partner), 'They are back')).toMatchObject({ status: 'APPLIED' });
  const secondRun = await runIdOf(filing);
  expect(secondRun).not.toBe(firstRun);
  expect(await rowOf(filing)).toMatchObject({ is_cancelled: false, cancel_reason: null, run_id: secondRun });
  expect(await practice.state(filing)).toMatchObject({ stage: 'PAPERWORK_CHASED', outcome: null });

  // A signal of the first run that arrives once more has had its effect.
  await practice.sleepUntil('2036-10-20', '12:05');
  await practice.signal(filing, 'cancelFiling', { requestId: cancelled.id, actor: actorOf(partner) });
  await practice.sleepUntil('2036-10-21', '12:00');
  const { sent } = await ledgerOf(practice, filing);
  expect(sent.slice(0, 2)).toEqual(['2036-10-01 PAPERWORK_REMINDER#1', '2036-10-20 PAPERWORK_REMINDER#2']);
});

it('goes on at the stage before filing when a partner reopens a filed one', async () => {
  const filing = await openQuarter({ period: '2036-Q4', start: '2036-10-01', end: '2036-12-31', due: '2037-02-07' });
  await moveOn(filing, WAY_TO_FILED);
  expect(await practice.result(filing)).toMatchObject({ outcome: 'FILED', sequence: 6 });
  const closed = await practice.ask(filing, 'pauseChasing', {}, actorOf(partner));
  expect(closed).toMatchObject({ status: 'REJECTED', code: 'CLOSED', reason: expect.stringContaining('filed') });

  const reopened = await practice.ask(filing, 'reopen', { rejectedBy: ['HMRC'] }, actorOf(partner), 'HMRC rejected it');
  expect(reopened).toMatchObject({ status: 'APPLIED' });
  const { milestones, ...state } = await practice.state(filing);
  expect(state).toMatchObject({ stage: 'CLIENT_APPROVED', sequence: 7, outcome: null });
  expect(Object.keys(milestones).toSorted()).toEqual([
    'clientApproved',
    'paperworkReceived',
    'sentToClient',
    'workFinished',
    'workStarted',
  ]);
  expect(await rowOf(filing)).toMatchObject({ current_stage: 'CLIENT_APPROVED', is_completed: false });

  await moveOn(filing, ['FILED_TO_HMRC']);
  expect(await practice.result(filing)).toMatchObject({ outcome: 'FILED', sequence: 8 });
  expect((await movesOf(practice, filing)).slice(-3)).toEqual([
    '6 CLIENT_APPROVED → FILED_TO_HMRC by Pat Partner (PARTNER, API) on 2036-12-31',
    '7 FILED_TO_HMRC → CLIENT_APPROVED by Pat Partner (PARTNER, API) on 2036-12-31',
    '8 CLIENT_APPROVED → FILED_TO_HMRC by Pat Partner (PARTNER, API) on 2036-12-31',
  ]);
});
