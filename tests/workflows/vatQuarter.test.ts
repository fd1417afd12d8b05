import type { TestFiling, TestUser } from '../harness/practice';
import { actorOf, makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';
import { alertsOf, ledgerOf, movesOf } from './ledger';

let practice: TimeSkippingPractice;
let partner: TestUser;
let staff: TestUser;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  const { db } = practice.database;
  partner = await makeUser(db, 'Pat Partner', 'PARTNER');
  await makeUser(db, 'Mo Manager', 'MANAGER');
  staff = await makeUser(db, 'Sam Staff', 'STAFF');
}, 120_000);

afterAll(() => practice.close());

/** A quarter whose workflow starts on the first day of its period. */
async function openQuarter(
  quarter: { period: string; start: string; end: string; due: string },
  assignedUserId: string | null,
): Promise<TestFiling> {
  const { db } = practice.database;
  const filing = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), quarter, assignedUserId);
  await practice.sleepUntil(quarter.start, '00:30');
  await practice.start(filing);
  return filing;
}

describe('a VAT quarter that nobody answers', () => {
  // Good Friday is 11 April, Easter Monday 14 April; 5 and 26 May are bank holidays.
  const QUARTER = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
  let filing: TestFiling;

  beforeAll(async () => {
    filing = await openQuarter(QUARTER, staff.id);
    await practice.sleepUntil('2036-05-30', '12:00');
  });

  afterAll(() => practice.endFilings());

  it('is chased, warned of and escalated date by date until weeks after its deadline', async () => {
    const { sent, offSchedule } = await ledgerOf(practice, filing);
    expect(sent).toEqual([
      '2036-04-01 PAPERWORK_REMINDER#1',
      '2036-04-07 DEADLINE_WARNING:filingDueDate STUCK',
      '2036-04-08 PAPERWORK_REMINDER#2',
      '2036-04-15 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#3',
      '2036-04-22 PAPERWORK_REMINDER#4',
      '2036-04-23 DEADLINE_WARNING:filingDueDate',
      '2036-04-29 PAPERWORK_REMINDER#5',
      '2036-04-30 DEADLINE_WARNING:filingDueDate ESCALATE_TO_PARTNERS',
      // Three days before the deadline is a Sunday: the warning moves back to Friday.
      '2036-05-02 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#6',
      // From 2 May the interval is one day; Saturday to the bank holiday on Monday are days off.
      '2036-05-06 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#7',
      '2036-05-07 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#8',
      '2036-05-08 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#9',
      '2036-05-09 OVERDUE_ASSIGNED',
      '2036-05-12 OVERDUE_ASSIGNED',
      '2036-05-13 OVERDUE_ASSIGNED',
      '2036-05-14 OVERDUE_ASSIGNED',
      '2036-05-15 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#10',
      '2036-05-16 OVERDUE_ASSIGNED',
      '2036-05-19 OVERDUE_ASSIGNED',
      '2036-05-20 OVERDUE_ASSIGNED',
      '2036-05-21 OVERDUE_ASSIGNED',
      '2036-05-22 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#11',
      '2036-05-23 OVERDUE_ASSIGNED',
      '2036-05-27 OVERDUE_ASSIGNED',
      '2036-05-28 OVERDUE_ASSIGNED',
      '2036-05-29 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#12',
      '2036-05-30 OVERDUE_ASSIGNED',
    ]);
    expect(offSchedule).toEqual([]);
  });

  it('is moved on by the system at its first reminder, with one history row', async () => {
    expect(await movesOf(practice, filing)).toEqual([
      '1 PAPERWORK_PENDING_CHASE → PAPERWORK_CHASED by system (SYSTEM, TIMER) on 2036-04-01',
    ]);
    expect(await practice.state(filing)).toMatchObject({
      stage: 'PAPERWORK_CHASED',
      remindersSent: 12,
      sequence: 1,
      isOverdue: true,
      waitingFor: 'CLIENT',
      milestones: { chaseStarted: { userName: 'system' } },
    });
  });

  it('tells each alert to those whom it concerns', async () => {
    expect(await alertsOf(practice, filing, 'STUCK')).toEqual(['2036-04-07 Sam Staff']);
    expect(await alertsOf(practice, filing, 'ESCALATE_TO_MANAGERS')).toEqual(['2036-04-15 Mo Manager', '2036-04-15 Sam Staff']);
    expect(await alertsOf(practice, filing, 'ESCALATE_TO_PARTNERS')).toEqual(['2036-04-30 Pat Partner']);
    expect(await alertsOf(practice, filing, 'OVERDUE_PARTNERS')).toEqual(
      ['2036-05-08', '2036-05-15', '2036-05-22', '2036-05-29'].map((date) => `${date} Pat Partner`),
    );
  });

  it('ends every planned row as sent or suppressed once it is cancelled', async () => {
    expect((await ledgerOf(practice, filing)).planned).toEqual([
      '2036-06-02 OVERDUE_ASSIGNED',
      '2036-06-05 OVERDUE_PARTNERS',
      '2036-06-05 PAPERWORK_REMINDER#13',
    ]);
    await practice.ask(filing, 'cancelFiling', {}, actorOf(partner));
    expect(await practice.result(filing)).toMatchObject({ outcome: 'CANCELLED', stage: 'PAPERWORK_CHASED' });
    expect(await ledgerOf(practice, filing)).toMatchObject({
      planned: [],
      suppressed: [
        '2036-06-02 OVERDUE_ASSIGNED CANCELLED',
        '2036-06-05 OVERDUE_PARTNERS CANCELLED',
        '2036-06-05 PAPERWORK_REMINDER#13 CANCELLED',
      ],
    });
  });
});

describe('a VAT quarter answered after its third reminder', () => {
  // No bank holiday falls into it; the clocks go back on 26 October.
  const QUARTER = { period: '2036-Q3', start: '2036-07-01', end: '2036-09-30', due: '2036-11-07' };
  let filing: TestFiling;

  beforeAll(async () => {
    filing = await openQuarter(QUARTER, null);
    await practice.sleepUntil('2036-10-16', '14:00');
    await move('PAPERWORK_RECEIVED');
    await practice.sleepUntil('2036-10-27', '10:00');
    await move('WORK_IN_PROGRESS');
    await practice.sleepUntil('2036-11-04', '12:00');
    await move('REVIEW_PENDING_MANAGER');
    await move('EMAILED_TO_CLIENT');
    await practice.sleepUntil('2036-11-05', '12:00');
    await move('CLIENT_APPROVED');
    await move('FILED_TO_HMRC');
  });

  afterAll(() => practice.endFilings());

  async function move(stage: string): Promise<void> {
    expect(await practice.ask(filing, 'stageTransition', { stage }, actorOf(partner))).toMatchObject({ status: 'APPLIED' });
  }

  it('is chased until the records come; warnings and stuck alerts go on until it is filed', async () => {
    const { sent, offSchedule, planned } = await ledgerOf(practice, filing);
    expect(sent).toEqual([
      '2036-10-01 PAPERWORK_REMINDER#1',
      '2036-10-06 STUCK',
      '2036-10-08 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#2',
      '2036-10-15 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#3',
      '2036-10-21 STUCK',
      '2036-10-24 DEADLINE_WARNING:filingDueDate',
      '2036-10-31 DEADLINE_WARNING:filingDueDate',
      // Five days after 27 October is a Saturday.
      '2036-11-03 STUCK',
      '2036-11-04 DEADLINE_WARNING:filingDueDate',
    ]);
    expect(offSchedule).toEqual([]);
    expect(planned).toEqual([]);
  });

  it('keeps what was planned and is not wanted any more, with the reason', async () => {
    expect((await ledgerOf(practice, filing)).suppressed).toEqual([
      '2036-10-22 PAPERWORK_REMINDER#4 PAPERWORK_RECEIVED',
      '2036-10-29 PAPERWORK_REMINDER#5 PAPERWORK_RECEIVED',
      '2036-10-31 ESCALATE_TO_PARTNERS PAPERWORK_RECEIVED',
      '2036-11-03 PAPERWORK_REMINDER#6 PAPERWORK_RECEIVED',
      '2036-11-04 PAPERWORK_REMINDER#7 PAPERWORK_RECEIVED',
      '2036-11-05 PAPERWORK_REMINDER#8 PAPERWORK_RECEIVED',
      '2036-11-06 DEADLINE_WARNING:filingDueDate FILED',
      '2036-11-06 PAPERWORK_REMINDER#9 PAPERWORK_RECEIVED',
      '2036-11-07 CLIENT_REMINDER#1 CLIENT_ANSWERED',
      '2036-11-07 DEADLINE_WARNING:filingDueDate FILED',
      '2036-11-07 PAPERWORK_REMINDER#10 PAPERWORK_RECEIVED',
      '2036-11-10 OVERDUE_ASSIGNED FILED',
      '2036-11-10 OVERDUE_PARTNERS FILED',
      '2036-11-10 PAPERWORK_REMINDER#11 PAPERWORK_RECEIVED',
      '2036-11-10 STUCK FILED',
      '2036-11-12 CLIENT_REMINDER#2 CLIENT_ANSWERED',
    ]);
  });

  it('tells the managers what is for the assigned person, where nobody is assigned', async () => {
    expect(await alertsOf(practice, filing, 'STUCK')).toEqual(
      ['2036-10-06', '2036-10-21', '2036-11-03'].map((date) => `${date} Mo Manager`),
    );
    expect(await alertsOf(practice, filing, 'ESCALATE_TO_PARTNERS')).toEqual([]);
  });

  it('has one history row a move and ends with what its row says', async () => {
    expect(await movesOf(practice, filing)).toEqual([
      '1 PAPERWORK_PENDING_CHASE → PAPERWORK_CHASED by system (SYSTEM, TIMER) on 2036-10-01',
      '2 PAPERWORK_CHASED → PAPERWORK_RECEIVED by Pat Partner (PARTNER, API) on 2036-10-16',
      '3 PAPERWORK_RECEIVED → WORK_IN_PROGRESS by Pat Partner (PARTNER, API) on 2036-10-27',
      '4 WORK_IN_PROGRESS → REVIEW_PENDING_MANAGER by Pat Partner (PARTNER, API) on 2036-11-04',
      '5 REVIEW_PENDING_MANAGER → EMAILED_TO_CLIENT by Pat Partner (PARTNER, API) on 2036-11-04',
      '6 EMAILED_TO_CLIENT → CLIENT_APPROVED by Pat Partner (PARTNER, API) on 2036-11-05',
      '7 CLIENT_APPROVED → FILED_TO_HMRC by Pat Partner (PARTNER, API) on 2036-11-05',
    ]);
    const { sequence, revision } = await practice.result(filing);
    const [row] = await practice.rows(
      `SELECT is_completed, current_stage::text, sequence, revision, waiting_for::text, filed_to_hmrc_by_user_name
       FROM vat_quarters WHERE id = $1`,
      [filing.filingId],
    );
    expect(row).toEqual({
      is_completed: true,
      current_stage: 'FILED_TO_HMRC',
      sequence,
      revision,
      waiting_for: 'NOBODY',
      filed_to_hmrc_by_user_name: 'Pat Partner',
    });
  });
});
