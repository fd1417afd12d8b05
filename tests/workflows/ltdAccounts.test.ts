import { TO_PARTNER_APPROVED } from '../harness/accountsStages';
import type { TestFiling, TestUser } from '../harness/practice';
import { actorOf, makeClient, makeLtdAccounts, makeUser } from '../harness/practice';
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

interface Period {
  start: string;
  end: string;
  accountsDue: string;
  ctDue: string;
  ctReturnDue: string;
}

/** A filing whose workflow starts on the first day of its period, for a company with or without Corporation Tax. */
async function openAccounts(period: Period, corporationTaxStatus = 'PENDING'): Promise<TestFiling> {
  const { db } = practice.database;
  const client = await makeClient(db, 'Acme Ltd', { corporationTaxStatus });
  const filing = await makeLtdAccounts(db, client, period, staff.id);
  await practice.sleepUntil(period.start, '00:30');
  await practice.start(filing);
  return filing;
}

type Extra = Partial<Parameters<typeof practice.ask<'stageTransition'>>[2]>;

async function move(filing: TestFiling, stage: string, extra: Extra = {}): Promise<void> {
  const outcome = await practice.ask(filing, 'stageTransition', { stage, ...extra }, actorOf(partner));
  expect(outcome).toMatchObject({ status: 'APPLIED' });
}

describe('accounts that nobody answers for', () => {
  // Bank holidays on the way: 5 May, 25 and 26 December 2036, 1 January 2037.
  const PERIOD = {
    start: '2035-04-01',
    end: '2036-03-31',
    accountsDue: '2036-12-31',
    ctDue: '2037-01-01',
    ctReturnDue: '2037-03-31',
  };
  let filing: TestFiling;

  beforeAll(async () => {
    filing = await openAccounts(PERIOD);
    await practice.sleepUntil('2037-01-16', '12:00');
  });

  afterAll(() => practice.endFilings());

  it('are chased, warned of and escalated date by date until weeks after their deadline', async () => {
    const { sent, offSchedule } = await ledgerOf(practice, filing);
    expect(sent).toEqual([
      '2036-04-07 PAPERWORK_REMINDER#1',
      '2036-04-21 PAPERWORK_REMINDER#2 STUCK',
      // 5 May is a bank holiday; the next ones count from the day after.
      '2036-05-06 PAPERWORK_REMINDER#3',
      '2036-05-20 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#4',
      '2036-06-03 PAPERWORK_REMINDER#5',
      '2036-06-17 PAPERWORK_REMINDER#6',
      '2036-07-01 PAPERWORK_REMINDER#7',
      '2036-07-15 PAPERWORK_REMINDER#8',
      '2036-07-29 PAPERWORK_REMINDER#9',
      '2036-08-12 PAPERWORK_REMINDER#10',
      '2036-08-26 PAPERWORK_REMINDER#11',
      '2036-09-09 PAPERWORK_REMINDER#12',
      '2036-09-23 PAPERWORK_REMINDER#13',
      '2036-10-02 DEADLINE_WARNING:accountsDueDate',
      '2036-10-03 DEADLINE_WARNING:ctDueDate',
      '2036-10-07 PAPERWORK_REMINDER#14',
      '2036-10-21 PAPERWORK_REMINDER#15',
      // Sixty days before both deadlines is a weekend.
      '2036-10-31 DEADLINE_WARNING:accountsDueDate DEADLINE_WARNING:ctDueDate',
      '2036-11-04 PAPERWORK_REMINDER#16',
      // Weekly from sixty days before the deadline.
      '2036-11-11 PAPERWORK_REMINDER#17',
      '2036-11-18 PAPERWORK_REMINDER#18',
      '2036-11-25 PAPERWORK_REMINDER#19',
      '2036-12-01 DEADLINE_WARNING:accountsDueDate ESCALATE_TO_PARTNERS',
      '2036-12-02 DEADLINE_WARNING:ctDueDate PAPERWORK_REMINDER#20',
      '2036-12-09 PAPERWORK_REMINDER#21',
      '2036-12-16 PAPERWORK_REMINDER#22',
      '2036-12-17 DEADLINE_WARNING:accountsDueDate',
      // Every second day from 21 days before, never on a day off.
      '2036-12-18 DEADLINE_WARNING:ctDueDate PAPERWORK_REMINDER#23',
      '2036-12-22 PAPERWORK_REMINDER#24',
      // Seven days before, and three days before moved back over Christmas, are the same day.
      '2036-12-24 DEADLINE_WARNING:accountsDueDate DEADLINE_WARNING:ctDueDate PAPERWORK_REMINDER#25',
      '2036-12-29 DEADLINE_WARNING:ctDueDate PAPERWORK_REMINDER#26',
      '2036-12-30 DEADLINE_WARNING:accountsDueDate',
      // The payment's own day is New Year's Day: its warning moves back; the return's first warning is 90 days before.
      '2036-12-31 DEADLINE_WARNING:accountsDueDate DEADLINE_WARNING:ctDueDate DEADLINE_WARNING:ctReturnDueDate PAPERWORK_REMINDER#27',
      '2037-01-02 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#28',
      ...['2037-01-05', '2037-01-06', '2037-01-07', '2037-01-08'].map((date) => `${date} OVERDUE_ASSIGNED`),
      '2037-01-09 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#29',
      ...['2037-01-12', '2037-01-13', '2037-01-14', '2037-01-15'].map((date) => `${date} OVERDUE_ASSIGNED`),
      '2037-01-16 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#30',
    ]);
    expect(offSchedule).toEqual([]);
  });

  it('are moved on by the system at the first reminder, and everyone concerned is alerted', async () => {
    expect(await movesOf(practice, filing)).toEqual([
      '1 PAPERWORK_PENDING_CHASE → PAPERWORK_CHASED by system (SYSTEM, TIMER) on 2036-04-07',
    ]);
    expect(await alertsOf(practice, filing, 'STUCK')).toEqual(['2036-04-21 Sam Staff']);
    expect(await alertsOf(practice, filing, 'ESCALATE_TO_MANAGERS')).toEqual(['2036-05-20 Mo Manager', '2036-05-20 Sam Staff']);
    expect(await alertsOf(practice, filing, 'ESCALATE_TO_PARTNERS')).toEqual(['2036-12-01 Pat Partner']);
    expect(await alertsOf(practice, filing, 'OVERDUE_PARTNERS')).toEqual(
      ['2037-01-02', '2037-01-09', '2037-01-16'].map((date) => `${date} Pat Partner`),
    );
  });

  it('end every planned row as sent or suppressed once they are cancelled', async () => {
    await practice.ask(filing, 'cancelFiling', {}, actorOf(partner));
    const { planned, suppressed } = await ledgerOf(practice, filing);
    expect(planned).toEqual([]);
    expect(suppressed).toEqual([
      // Before the first reminder moved the filing it would have been stuck 14 days after the period's end: Easter Monday.
      '2036-04-15 STUCK STAGE_CHANGED',
      '2037-01-19 OVERDUE_ASSIGNED CANCELLED',
      '2037-01-23 OVERDUE_PARTNERS CANCELLED',
      '2037-01-23 PAPERWORK_REMINDER#31 CANCELLED',
      // 60, 30, 14, 7, 3, 1 and 0 days before 31 March 2037; two of them are moved back.
      '2037-01-30 DEADLINE_WARNING:ctReturnDueDate CANCELLED',
      '2037-02-27 DEADLINE_WARNING:ctReturnDueDate CANCELLED',
      '2037-03-17 DEADLINE_WARNING:ctReturnDueDate CANCELLED',
      '2037-03-24 DEADLINE_WARNING:ctReturnDueDate CANCELLED',
      '2037-03-27 DEADLINE_WARNING:ctReturnDueDate CANCELLED',
      '2037-03-30 DEADLINE_WARNING:ctReturnDueDate CANCELLED',
      '2037-03-31 DEADLINE_WARNING:ctReturnDueDate CANCELLED',
    ]);
  });
});

describe('accounts answered after the fifth reminder', () => {
  // Good Friday is 23 April, Easter Monday 26 April 2038; 30 August is a bank holiday.
  const PERIOD = {
    start: '2037-02-01',
    end: '2038-01-31',
    accountsDue: '2038-10-31',
    ctDue: '2038-11-01',
    ctReturnDue: '2039-01-31',
  };
  let filing: TestFiling;

  beforeAll(async () => {
    filing = await openAccounts(PERIOD);
    await practice.sleepUntil('2038-04-07', '14:00');
    await move(filing, 'PAPERWORK_RECEIVED');
    await practice.sleepUntil('2038-04-22', '10:00');
    await move(filing, 'WORK_IN_PROGRESS');
    await practice.sleepUntil('2038-05-07', '10:00');
    await move(filing, 'PARTNER_REVIEW');
    await practice.sleepUntil('2038-05-10', '10:00');
    await move(filing, 'REVIEW_COMPLETED');
    await move(filing, 'SENT_TO_CLIENT');
    await practice.sleepUntil('2038-05-25', '10:00');
    await move(filing, 'CLIENT_APPROVED');
    await practice.sleepUntil('2038-05-26', '10:00');
    await move(filing, 'PARTNER_APPROVED');
    await practice.sleepUntil('2038-05-27', '10:00');
  });

  afterAll(() => practice.endFilings());

  it('stay open, due with the tax return, once Companies House has them', async () => {
    expect(await practice.state(filing)).toMatchObject({ stage: 'PARTNER_APPROVED', dueDate: '2038-10-31' });
    await move(filing, 'FILED', { filedTo: ['COMPANIES_HOUSE'] });
    expect(await practice.state(filing)).toMatchObject({
      stage: 'PARTNER_APPROVED',
      dueDate: '2039-01-31',
      outcome: null,
      milestones: { filedToCompaniesHouse: { userName: 'Pat Partner' } },
    });
    const [row] = await practice.rows('SELECT filing_due_date, is_completed FROM ltd_accounts_workflows WHERE id = $1', [
      filing.filingId,
    ]);
    expect(row).toEqual({ filing_due_date: '2039-01-31', is_completed: false });
    const again = await practice.ask(
      filing,
      'stageTransition',
      { stage: 'FILED', filedTo: ['COMPANIES_HOUSE'] },
      actorOf(partner),
    );
    expect(again).toMatchObject({ status: 'REJECTED', code: 'FILED_TO' });
  });

  it('are filed once HMRC has the return too', async () => {
    await practice.sleepUntil('2038-09-10', '10:00');
    await move(filing, 'FILED', { filedTo: ['HMRC'] });
    expect(await practice.result(filing)).toMatchObject({ outcome: 'FILED', stage: 'FILED' });
    expect((await movesOf(practice, filing)).slice(-3)).toEqual([
      '8 CLIENT_APPROVED → PARTNER_APPROVED by Pat Partner (PARTNER, API) on 2038-05-26',
      '9 PARTNER_APPROVED → PARTNER_APPROVED by Pat Partner (PARTNER, API) on 2038-05-27',
      '10 PARTNER_APPROVED → FILED by Pat Partner (PARTNER, API) on 2038-09-10',
    ]);
  });

  it('were chased until the records came, then for approval, and warned of until they were filed', async () => {
    const { sent, offSchedule, planned, suppressed } = await ledgerOf(practice, filing);
    expect(sent).toEqual([
      '2038-02-08 PAPERWORK_REMINDER#1',
      '2038-02-22 PAPERWORK_REMINDER#2 STUCK',
      '2038-03-08 PAPERWORK_REMINDER#3',
      '2038-03-22 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#4',
      '2038-04-05 PAPERWORK_REMINDER#5',
      '2038-04-21 STUCK',
      '2038-05-06 STUCK',
      // Every five working days from 10 May, when it was sent to the client.
      '2038-05-17 CLIENT_REMINDER#1',
      '2038-05-24 CLIENT_REMINDER#2 STUCK',
      '2038-06-09 STUCK',
      // Ninety and sixty days before the payment of tax; the accounts are no longer warned of.
      '2038-08-03 DEADLINE_WARNING:ctDueDate',
      '2038-09-02 DEADLINE_WARNING:ctDueDate',
    ]);
    expect(offSchedule).toEqual([]);
    expect(planned).toEqual([]);
    expect(suppressed.filter((row) => row.includes('without a reason'))).toEqual([]);
    expect(suppressed).toContain('2038-08-02 DEADLINE_WARNING:accountsDueDate DEADLINE_MET');
    expect(suppressed).toContain('2038-11-02 DEADLINE_WARNING:ctReturnDueDate FILED');
  });
});

describe('accounts that are ready to file', () => {
  const PERIOD = {
    start: '2039-01-01',
    end: '2039-12-31',
    accountsDue: '2040-09-30',
    ctDue: '2040-10-01',
    ctReturnDue: '2040-12-31',
  };
  async function readyToFile(corporationTaxStatus?: string): Promise<TestFiling> {
    const filing = await openAccounts(PERIOD, corporationTaxStatus);
    for (const stage of TO_PARTNER_APPROVED) await move(filing, stage);
    return filing;
  }

  afterEach(() => practice.endFilings());

  it('are filed at both places in one go', async () => {
    const filing = await readyToFile();
    await move(filing, 'FILED', { filedTo: ['COMPANIES_HOUSE', 'HMRC'] });
    expect(await practice.result(filing)).toMatchObject({ outcome: 'FILED' });
  });

  it('are filed when the client files them alone', async () => {
    const filing = await readyToFile();
    await move(filing, 'FILED', { filedTo: ['CLIENT_SELF_FILING'] });
    expect(await practice.result(filing)).toMatchObject({ outcome: 'FILED' });
    const { milestones } = await practice.state(filing);
    expect(milestones).toMatchObject({ filed: {}, clientSelfFiling: {} });
    expect(milestones).not.toHaveProperty('filedToCompaniesHouse');
  });

  it('need no tax return where Corporation Tax is not required, and are not warned of it', async () => {
    const filing = await readyToFile('NOT_REQUIRED');
    await move(filing, 'FILED', { filedTo: ['COMPANIES_HOUSE'] });
    expect(await practice.result(filing)).toMatchObject({ outcome: 'FILED' });
    const { suppressed } = await ledgerOf(practice, filing);
    expect(suppressed.filter((row) => row.includes(':ct'))).toEqual([]);
  });
});
