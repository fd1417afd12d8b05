import { filingStart } from '../../services/filings/workflowStart';
import type { TestFiling } from '../harness/practice';
import { makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';
import { ledgerOf, only } from './ledger';

let practice: TimeSkippingPractice;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create({ cachedWorkflows: 0 });
  await makeUser(practice.database.db, 'Pat Partner', 'PARTNER');
}, 120_000);

afterEach(() => practice.endFilings());
afterAll(() => practice.close());

/** A quarter whose workflow starts on the last day of its period. */
async function openQuarter(quarter: { period: string; start: string; end: string; due: string }): Promise<TestFiling> {
  const { db } = practice.database;
  const filing = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), quarter);
  await practice.sleepUntil(quarter.end, '12:00');
  await practice.start(filing);
  return filing;
}

it('sends one reminder at once when the worker is back by day, and makes up for none that it missed', async () => {
  const filing = await openQuarter({ period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' });
  await practice.sleepUntil('2036-04-02', '12:00');
  // On 8 and 15 April the second and third reminders fell due, the warning of 7 April, and an alert that it is stuck.
  await practice.sleepWithoutWorkerUntil(filing, '2036-04-21', '14:00');
  await practice.sleepUntil('2036-04-23', '12:00');
  const { sent, suppressed, offSchedule } = await ledgerOf(practice, filing);
  expect(sent).toEqual([
    '2036-04-01 PAPERWORK_REMINDER#1',
    // The last slot that was missed was the 15th; it goes out as the second reminder.
    '2036-04-21 DEADLINE_WARNING:filingDueDate STUCK PAPERWORK_REMINDER#2',
    // The rhythm goes on from that slot, and the managers are told with the third.
    '2036-04-22 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#3',
    '2036-04-23 DEADLINE_WARNING:filingDueDate',
  ]);
  expect(offSchedule).toHaveLength(3);
  expect(suppressed).toContain('2036-04-08 PAPERWORK_REMINDER#2 MISSED');
  expect(practice.sent).toHaveLength(3);
  expect(practice.sent[1]?.subject).toContain('VAT 2036-Q1');
  expect(await practice.state(filing)).toMatchObject({ remindersSent: 3 });
});

it('decides what came before its first task in the order in which it came', async () => {
  const { db } = practice.database;
  const quarter = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
  const filing = await makeVatQuarter(db, await makeClient(db, 'Early Ltd'), quarter);
  const actor = { userId: null, name: 'Robin', role: 'PARTNER', relation: 'none' };
  const sent = ['unknown', 'resumeChasing', 'pauseChasing', 'stageTransition', 'reassign'];
  await practice.withoutWorker(async () => {
    const { workflowType, options } = await filingStart(db.pool, filing.kind, filing.filingId, true, practice.clock);
    const handle = await practice.client.workflow.start(workflowType, options);
    for (const name of sent) await handle.signal(name, { requestId: name, stage: 'PAPERWORK_RECEIVED', actor });
  });
  await practice.start(filing);
  const { lastOutcomes, stage } = await practice.state(filing);
  expect(stage).toBe('PAPERWORK_RECEIVED');
  expect(lastOutcomes.map(({ name }) => name).toReversed()).toEqual(sent);
});

it('waits for the next send time when the worker is back at the weekend', async () => {
  const filing = await openQuarter({ period: '2036-Q2', start: '2036-04-01', end: '2036-06-30', due: '2036-08-07' });
  // Saturday; the first reminder fell due on Tuesday 1 July.
  await practice.sleepWithoutWorkerUntil(filing, '2036-07-12', '12:00');
  await practice.sleepUntil('2036-07-13', '23:00');
  expect((await ledgerOf(practice, filing)).sent).toEqual([]);
  await practice.sleepUntil('2036-07-14', '12:00');
  const ledger = await ledgerOf(practice, filing);
  expect(only(ledger, 'PAPERWORK')).toEqual(['2036-07-14 PAPERWORK_REMINDER#1']);
  expect(ledger.sent).toHaveLength(1);
});
