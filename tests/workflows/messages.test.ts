import { DEFAULT_POLICIES } from '../../domain/chasing/policy';
import { waitUntil } from '../../embedded/runningProcess';
import { newId } from '../../models/ids';
import { filingStateQuery, STILL_BEING_READ } from '../../workflows/messages';
import { filingStart } from '../../services/filings/workflowStart';
import type { TestFiling, TestUser } from '../harness/practice';
import { actorOf, makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';
import { alertsOf, ledgerOf, movesOf, only } from './ledger';

let practice: TimeSkippingPractice;
let partner: TestUser;
let staff: TestUser;
let colleague: TestUser;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  const { db } = practice.database;
  partner = await makeUser(db, 'Pat Partner', 'PARTNER');
  staff = await makeUser(db, 'Sam Staff', 'STAFF');
  colleague = await makeUser(db, 'Kim Colleague', 'STAFF');
}, 120_000);

afterEach(() => practice.endFilings());
afterAll(() => practice.close());

/** A quarter of Sam's whose workflow starts on the last day of its period. */
async function openQuarter(quarter: { period: string; start: string; end: string; due: string }): Promise<TestFiling> {
  const { db } = practice.database;
  const filing = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), quarter, staff.id);
  await practice.sleepUntil(quarter.end, '12:00');
  await practice.start(filing);
  return filing;
}

it('is asked again while it still reads its filing', async () => {
  const { database } = practice;
  const quarter = { period: '2035-Q4', start: '2035-10-01', end: '2035-12-31', due: '2036-02-07' };
  const filing = await makeVatQuarter(database.db, await makeClient(database.db, 'Early Ltd'), quarter, staff.id);
  const { workflowType, options } = await filingStart(database.db.pool, filing.kind, filing.filingId, true, Date.now());
  await database.asOwner('ALTER TABLE bank_holidays RENAME TO bank_holidays_away');
  await practice.client.workflow.start(workflowType, options);
  const handle = practice.client.workflow.getHandle(filing.workflowId);
  const isBeingRead = (): Promise<boolean> =>
    handle.query(filingStateQuery).then(
      () => false,
      (error: unknown) => String(error).includes(STILL_BEING_READ),
    );
  expect(await waitUntil(isBeingRead, 5000)).toBe(true);
  const asked = practice.state(filing);
  await database.asOwner('ALTER TABLE bank_holidays_away RENAME TO bank_holidays');
  await practice.env.sleep('6 seconds');
  expect(await asked).toMatchObject({ stage: 'PAPERWORK_PENDING_CHASE', revision: 1 });
  await practice.start(filing);
});

it('sends the client nothing while paused until a day, warns on, and goes on by itself', async () => {
  const filing = await openQuarter({ period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' });
  await practice.sleepUntil('2036-04-02', '12:00');
  const own = actorOf(staff, 'assigned');
  expect(await practice.ask(filing, 'pauseChasing', { until: '2036-04-02' }, own)).toMatchObject({ code: 'INVALID_DATES' });
  expect(await practice.ask(filing, 'pauseChasing', { until: '2036-04-21' }, own)).toMatchObject({ status: 'APPLIED' });
  expect(await practice.state(filing)).toMatchObject({ isChasingPaused: true, paused: { until: '2036-04-21' } });

  await practice.sleepUntil('2036-04-21', '12:00');
  const { sent, suppressed } = await ledgerOf(practice, filing);
  expect(sent).toEqual([
    '2036-04-01 PAPERWORK_REMINDER#1',
    '2036-04-07 DEADLINE_WARNING:filingDueDate STUCK',
    '2036-04-21 PAPERWORK_REMINDER#2',
  ]);
  expect(suppressed).toContain('2036-04-08 PAPERWORK_REMINDER#2 PAUSED');
  expect(suppressed).toContain('2036-04-15 ESCALATE_TO_MANAGERS PAUSED');
  expect(await practice.state(filing)).toMatchObject({ isChasingPaused: false, paused: null });
  expect(await practice.rows('SELECT is_chasing_paused FROM vat_quarters WHERE id = $1', [filing.filingId])).toEqual([
    { is_chasing_paused: false },
  ]);
});

it('sends what became late during a pause at once when it is resumed', async () => {
  const filing = await openQuarter({ period: '2036-Q2', start: '2036-04-01', end: '2036-06-30', due: '2036-08-07' });
  const own = actorOf(staff, 'assigned');
  await practice.sleepUntil('2036-07-02', '12:00');
  await practice.ask(filing, 'pauseChasing', {}, own);
  expect((await ledgerOf(practice, filing)).planned.filter((row) => row.includes('PAPERWORK'))).toEqual([]);
  await practice.sleepUntil('2036-07-17', '12:00');
  expect(await practice.ask(filing, 'resumeChasing', {}, own)).toMatchObject({ status: 'APPLIED' });
  await practice.sleepUntil('2036-07-17', '12:05');
  expect(await practice.ask(filing, 'resumeChasing', {}, own)).toMatchObject({ code: 'NOTHING_TO_DO' });
  await practice.sleepUntil('2036-07-24', '12:00');
  const ledger = await ledgerOf(practice, filing);
  expect(only(ledger, 'PAPERWORK', 'CHASE_NOW')).toEqual([
    '2036-07-01 PAPERWORK_REMINDER#1',
    '2036-07-17 PAPERWORK_REMINDER#2',
    '2036-07-24 PAPERWORK_REMINDER#3',
  ]);
  expect(ledger.offSchedule).toEqual([expect.stringMatching(/^2036-07-17 PAPERWORK_REMINDER#2 at 2036-07-17T11:00/)]);
});

it('sends a reminder at once when asked, and counts the next one from it', async () => {
  const filing = await openQuarter({ period: '2036-Q3', start: '2036-07-01', end: '2036-09-30', due: '2036-11-07' });
  const own = actorOf(staff, 'assigned');
  expect(await practice.ask(filing, 'chaseNow', {}, actorOf(staff))).toMatchObject({ code: 'NOT_ALLOWED' });
  await practice.sleepUntil('2036-10-03', '15:00');
  const asked = await practice.ask(filing, 'chaseNow', {}, own);
  expect(asked).toMatchObject({ status: 'APPLIED' });
  await practice.sleepUntil('2036-10-10', '12:00');
  // The client has had its e-mail of the day: one asked for by hand goes out all the same.
  await practice.ask(filing, 'chaseNow', {}, own);
  await practice.sleepUntil('2036-10-17', '12:00');
  expect(only(await ledgerOf(practice, filing), 'PAPERWORK', 'CHASE_NOW')).toEqual([
    '2036-10-01 PAPERWORK_REMINDER#1',
    '2036-10-03 CHASE_NOW',
    '2036-10-10 CHASE_NOW',
    '2036-10-10 PAPERWORK_REMINDER#3',
    '2036-10-17 PAPERWORK_REMINDER#5',
  ]);
  expect(practice.sent.filter(({ idempotencyKey }) => idempotencyKey === `chase-now:${asked.id}`)).toHaveLength(1);

  await practice.ask(filing, 'stageTransition', { stage: 'PAPERWORK_RECEIVED' }, own);
  expect(await practice.ask(filing, 'chaseNow', {}, own)).toMatchObject({ code: 'NOTHING_TO_DO' });
});

it('starts the chase when somebody asks for the first reminder', async () => {
  const filing = await openQuarter({ period: '2036-Q4', start: '2036-10-01', end: '2036-12-31', due: '2037-02-07' });
  await practice.ask(filing, 'chaseNow', {}, actorOf(staff, 'assigned'));
  expect(await movesOf(practice, filing)).toEqual([
    '1 PAPERWORK_PENDING_CHASE → PAPERWORK_CHASED by Sam Staff (STAFF, API) on 2036-12-31',
  ]);
});

it('plans anew by a changed policy and ignores an older one', async () => {
  const filing = await openQuarter({ period: '2037-Q1', start: '2037-01-01', end: '2037-03-31', due: '2037-05-07' });
  await practice.sleepUntil('2037-04-02', '12:00');
  const policy = { ...DEFAULT_POLICIES.VAT, reminderEveryDays: 2, escalateToManagersAfterReminders: 5 };
  await practice.signal(filing, 'chasePolicyChanged', { version: 5, policy });
  await practice.signal(filing, 'chasePolicyChanged', { version: 4, policy: { ...policy, reminderEveryDays: 30 } });
  expect(await practice.state(filing)).toMatchObject({ policyVersion: 5 });
  await practice.sleepUntil('2037-04-13', '12:00');
  // Good Friday is 3 April, Easter Monday 6 April.
  expect(only(await ledgerOf(practice, filing), 'PAPERWORK', 'CHASE_NOW')).toEqual([
    '2037-04-01 PAPERWORK_REMINDER#1',
    '2037-04-07 PAPERWORK_REMINDER#2',
    '2037-04-09 PAPERWORK_REMINDER#3',
    '2037-04-13 PAPERWORK_REMINDER#4',
  ]);
  const versions = await practice.rows('SELECT DISTINCT policy_version FROM chase_reminders WHERE filing_id = $1 ORDER BY 1', [
    filing.filingId,
  ]);
  expect(versions).toEqual([{ policy_version: 0 }, { policy_version: 5 }]);
});

it('is handed over, tells the one who gets it, and is no longer the other’s own', async () => {
  const filing = await openQuarter({ period: '2037-Q2', start: '2037-04-01', end: '2037-06-30', due: '2037-08-07' });
  const own = actorOf(staff, 'assigned');
  const toNobody = { assignedUserId: 'cnobody00000000000000000', name: 'No Body' };
  expect(await practice.ask(filing, 'reassign', toNobody, own)).toMatchObject({ status: 'REJECTED', code: 'UNKNOWN_USER' });
  const toKim = { assignedUserId: colleague.id, name: colleague.name };
  expect(await practice.ask(filing, 'reassign', toKim, own)).toMatchObject({ status: 'APPLIED' });
  expect(await practice.state(filing)).toMatchObject({ assignee: { userId: colleague.id, name: 'Kim Colleague' }, sequence: 0 });
  expect(await practice.rows('SELECT user_id FROM notifications WHERE filing_id = $1', [filing.filingId])).toEqual([
    { user_id: colleague.id },
  ]);
  await practice.sleepUntil('2037-07-10', '12:00');
  expect(await alertsOf(practice, filing, 'STUCK')).toEqual(['2037-07-06 Kim Colleague']);
  expect(await practice.ask(filing, 'stageTransition', { stage: 'PAPERWORK_RECEIVED' }, actorOf(staff))).toMatchObject({
    code: 'NOT_ALLOWED',
  });
});

it('follows a deadline that is moved, in its row, its plan and its warnings', async () => {
  const filing = await openQuarter({ period: '2037-Q3', start: '2037-07-01', end: '2037-09-30', due: '2037-11-07' });
  await practice.sleepUntil('2037-10-02', '12:00');
  const moved = { source: 'HMRC', deadlines: { filingDueDate: '2037-12-07' } };
  expect(await practice.ask(filing, 'deadlinesChanged', moved, actorOf(staff, 'assigned'))).toMatchObject({ status: 'APPLIED' });
  expect(await practice.state(filing)).toMatchObject({ dueDate: '2037-12-07' });
  expect(await practice.rows('SELECT filing_due_date FROM vat_quarters WHERE id = $1', [filing.filingId])).toEqual([
    { filing_due_date: '2037-12-07' },
  ]);
  const { suppressed, planned } = await ledgerOf(practice, filing);
  const warnings = (rows: string[]): string[] => rows.filter((row) => row.includes('WARNING')).map((row) => row.slice(0, 10));
  expect(warnings(suppressed)).toEqual(['2037-10-08', '2037-10-23', '2037-10-30', '2037-11-04']);
  // 30, 14, 7, 3, 1 and 0 days before Monday 7 December; 7 November is a Saturday, the days before the deadline a weekend.
  expect(warnings(planned)).toEqual(['2037-11-06', '2037-11-23', '2037-11-30', '2037-12-04', '2037-12-07']);
  const impossible = { source: 'HMRC', deadlines: { filingDueDate: '2037-09-01' } };
  expect(await practice.ask(filing, 'deadlinesChanged', impossible, actorOf(partner))).toMatchObject({ code: 'INVALID_DATES' });
});

it('has one effect of a message that arrives several times', async () => {
  const filing = await openQuarter({ period: '2037-Q4', start: '2037-10-01', end: '2037-12-31', due: '2038-02-07' });
  const actor = actorOf(partner);
  const chase = { requestId: newId(), actor };
  const move = { requestId: newId(), actor, stage: 'PAPERWORK_RECEIVED' };
  const back = { requestId: newId(), actor, stage: 'PAPERWORK_CHASED', notes: 'A page is missing' };
  const sent = (): unknown[] => practice.sent.filter(({ idempotencyKey }) => idempotencyKey === `chase-now:${chase.requestId}`);
  const twice = async (name: string, body: object): Promise<unknown> =>
    await Promise.all([practice.signal(filing, name, body), practice.signal(filing, name, body)]);
  await twice('chaseNow', chase);
  // Records that came before it went out would suppress it.
  expect(await waitUntil(async () => sent().length > 0, 10_000)).toBe(true);
  await twice('stageTransition', move);
  await twice('stageTransition', back);
  await practice.signal(filing, 'stageTransition', move);
  expect(await practice.state(filing)).toMatchObject({ stage: 'PAPERWORK_CHASED', sequence: 3, remindersSent: 1 });
  expect(await movesOf(practice, filing)).toHaveLength(3);
  await practice.sleepUntil('2037-12-31', '15:00');
  expect(sent()).toHaveLength(1);
  const refusals = `SELECT id FROM activity_logs WHERE action = 'FILING_REQUEST_REJECTED' AND details->>'filingId' = $1`;
  expect(await practice.rows(refusals, [filing.filingId])).toEqual([]);
});

it('leaves the client alone until a period has ended whose end was moved', async () => {
  const filing = await openQuarter({ period: '2038-Q1', start: '2038-01-01', end: '2038-03-31', due: '2038-05-07' });
  await practice.sleepUntil('2038-04-02', '12:00');
  const moved = { source: 'HMRC', periodEnd: '2038-04-30', deadlines: { filingDueDate: '2038-06-07' } };
  expect(await practice.ask(filing, 'deadlinesChanged', moved, actorOf(partner))).toMatchObject({ status: 'APPLIED' });
  await practice.sleepUntil('2038-05-14', '12:00');
  // A day after 30 April is a Saturday, Monday a bank holiday.
  expect(only(await ledgerOf(practice, filing), 'PAPERWORK', 'STUCK')).toEqual([
    '2038-04-01 PAPERWORK_REMINDER#1',
    '2038-05-04 PAPERWORK_REMINDER#2',
    '2038-05-05 STUCK',
    '2038-05-11 PAPERWORK_REMINDER#3',
  ]);
});

it('lets its timer go on while messages come that leave what is next as it is', async () => {
  const filing = await openQuarter({ period: '2040-Q1', start: '2040-01-01', end: '2040-03-31', due: '2040-05-07' });
  await practice.sleepUntil('2040-04-01', '12:00');
  const started = await timersStarted(filing);
  for (const { id, name } of [colleague, staff, colleague])
    await practice.ask(filing, 'reassign', { assignedUserId: id, name }, actorOf(partner));
  expect(await timersStarted(filing)).toBe(started);
  // It fires on time, and what is next by then has a timer of its own.
  await practice.sleepUntil('2040-05-08', '12:00');
  const { sent, offSchedule } = await ledgerOf(practice, filing);
  expect({ isChased: sent.length > 3, offSchedule }).toEqual({ isChased: true, offSchedule: [] });
});

async function timersStarted({ workflowId }: TestFiling): Promise<number> {
  const { events } = await practice.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).filter((event) => event.timerStartedEventAttributes).length;
}
