import type { TestFiling } from '../harness/practice';
import { makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';
import { ledgerOf } from './ledger';

let practice: TimeSkippingPractice;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  await makeUser(practice.database.db, 'Pat Partner', 'PARTNER');
}, 120_000);

afterEach(() => practice.endFilings());
afterAll(() => practice.close());

/** A quarter that nobody answers, from its last day until a date after its deadline. */
async function chase(quarter: { period: string; start: string; end: string; due: string }, until: string): Promise<TestFiling> {
  const { db } = practice.database;
  const filing = await makeVatQuarter(db, await makeClient(db, `Client of ${quarter.period}`), quarter);
  await practice.sleepUntil(quarter.end, '12:00');
  await practice.start(filing);
  await practice.sleepUntil(until, '12:00');
  return filing;
}

/** When the provider got the reminders of a filing, in UTC. */
async function emailTimes(filing: TestFiling): Promise<string[]> {
  const keys = await practice.rows<{ idempotency_key: string }>('SELECT idempotency_key FROM email_logs WHERE filing_id = $1', [
    filing.filingId,
  ]);
  const own = new Set(keys.map(({ idempotency_key }) => idempotency_key));
  return practice.sent
    .filter(({ idempotencyKey }) => own.has(idempotencyKey))
    .map(({ at }) => new Date(at).toISOString().slice(0, 16));
}

it('chases over Christmas and New Year date by date', async () => {
  const filing = await chase({ period: '2036-Q3', start: '2036-09-01', end: '2036-11-30', due: '2037-01-07' }, '2037-01-15');
  const { sent, offSchedule } = await ledgerOf(practice, filing);
  expect(sent).toEqual([
    '2036-12-01 PAPERWORK_REMINDER#1',
    '2036-12-08 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#2 STUCK',
    '2036-12-15 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#3',
    '2036-12-22 PAPERWORK_REMINDER#4',
    '2036-12-24 DEADLINE_WARNING:filingDueDate',
    // From Christmas Day to the weekend nothing goes out.
    '2036-12-29 PAPERWORK_REMINDER#5',
    '2036-12-31 DEADLINE_WARNING:filingDueDate ESCALATE_TO_PARTNERS',
    // Three days on is New Year’s Day; three days before the deadline is a Sunday, so the warning moves back.
    '2037-01-02 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#6',
    '2037-01-05 PAPERWORK_REMINDER#7',
    '2037-01-06 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#8',
    '2037-01-07 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#9',
    '2037-01-08 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#10',
    '2037-01-09 OVERDUE_ASSIGNED',
    '2037-01-12 OVERDUE_ASSIGNED',
    '2037-01-13 OVERDUE_ASSIGNED',
    '2037-01-14 OVERDUE_ASSIGNED',
    '2037-01-15 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#11',
  ]);
  expect(offSchedule).toEqual([]);
});

it('chases over the change to summer time and Easter date by date', async () => {
  const filing = await chase({ period: '2036-Q4', start: '2036-12-01', end: '2037-02-28', due: '2037-04-07' }, '2037-04-15');
  const { sent, offSchedule } = await ledgerOf(practice, filing);
  expect(sent).toEqual([
    // A day after the period’s end is a Sunday.
    '2037-03-02 PAPERWORK_REMINDER#1',
    '2037-03-06 DEADLINE_WARNING:filingDueDate',
    '2037-03-09 PAPERWORK_REMINDER#2 STUCK',
    '2037-03-16 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#3',
    '2037-03-23 PAPERWORK_REMINDER#4',
    '2037-03-24 DEADLINE_WARNING:filingDueDate',
    '2037-03-30 PAPERWORK_REMINDER#5',
    '2037-03-31 DEADLINE_WARNING:filingDueDate ESCALATE_TO_PARTNERS',
    // Good Friday to Easter Monday: the warnings of three days and of one day before fall on the Thursday.
    '2037-04-02 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#6',
    '2037-04-07 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#7',
    '2037-04-08 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#8',
    '2037-04-09 OVERDUE_ASSIGNED',
    '2037-04-10 OVERDUE_ASSIGNED',
    '2037-04-13 OVERDUE_ASSIGNED',
    '2037-04-14 OVERDUE_ASSIGNED',
    '2037-04-15 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#9',
  ]);
  expect(offSchedule).toEqual([]);
  // Nine in London, before and after the night to Sunday 29 March.
  expect(await emailTimes(filing)).toEqual([
    '2037-03-02T09:00',
    '2037-03-09T09:00',
    '2037-03-16T09:00',
    '2037-03-23T09:00',
    '2037-03-30T08:00',
    '2037-04-02T08:00',
    '2037-04-07T08:00',
    '2037-04-08T08:00',
    '2037-04-15T08:00',
  ]);
});

it('chases over the change to winter time date by date', async () => {
  const filing = await chase({ period: '2037-Q3', start: '2037-07-01', end: '2037-09-30', due: '2037-11-07' }, '2037-11-17');
  const { sent, offSchedule } = await ledgerOf(practice, filing);
  expect(sent).toEqual([
    '2037-10-01 PAPERWORK_REMINDER#1',
    '2037-10-06 STUCK',
    '2037-10-08 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#2',
    '2037-10-15 ESCALATE_TO_MANAGERS PAPERWORK_REMINDER#3',
    '2037-10-22 PAPERWORK_REMINDER#4',
    '2037-10-23 DEADLINE_WARNING:filingDueDate',
    '2037-10-29 PAPERWORK_REMINDER#5',
    '2037-10-30 DEADLINE_WARNING:filingDueDate ESCALATE_TO_PARTNERS',
    '2037-11-02 PAPERWORK_REMINDER#6',
    '2037-11-03 PAPERWORK_REMINDER#7',
    '2037-11-04 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#8',
    '2037-11-05 PAPERWORK_REMINDER#9',
    // The deadline is a Saturday: its last warning comes on Friday, what follows it on Monday.
    '2037-11-06 DEADLINE_WARNING:filingDueDate PAPERWORK_REMINDER#10',
    '2037-11-09 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#11',
    '2037-11-10 OVERDUE_ASSIGNED',
    '2037-11-11 OVERDUE_ASSIGNED',
    '2037-11-12 OVERDUE_ASSIGNED',
    '2037-11-13 OVERDUE_ASSIGNED',
    '2037-11-16 OVERDUE_ASSIGNED OVERDUE_PARTNERS PAPERWORK_REMINDER#12',
    '2037-11-17 OVERDUE_ASSIGNED',
  ]);
  expect(offSchedule).toEqual([]);
  // Nine in London, before and after the night to Sunday 25 October.
  expect(await emailTimes(filing)).toEqual([
    '2037-10-01T08:00',
    '2037-10-08T08:00',
    '2037-10-15T08:00',
    '2037-10-22T08:00',
    '2037-10-29T09:00',
    '2037-11-02T09:00',
    '2037-11-03T09:00',
    '2037-11-04T09:00',
    '2037-11-05T09:00',
    '2037-11-06T09:00',
    '2037-11-09T09:00',
    '2037-11-16T09:00',
  ]);
});
