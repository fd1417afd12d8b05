import { lateChaseDelay } from '../../activities/email/lateChase';
import { londonDateOf, londonInstant } from '../../domain/calendar/london';
import type { Actor } from '../../domain/filings/messages';
import { readEmail } from '../../models/emails/freezeEmail';
import type { TestClient, TestFiling, TestUser } from '../harness/practice';
import { actorOf, makeClient, makeLtdAccounts, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';
import { ledgerOf, movesOf, only } from './ledger';

let practice: TimeSkippingPractice;
let partner: TestUser;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  partner = await makeUser(practice.database.db, 'Pat Partner', 'PARTNER');
}, 120_000);

afterEach(async () => {
  practice.isProviderAway = false;
  await practice.endFilings();
});
afterAll(() => practice.close());

const CLIENT: Actor = { userId: null, name: 'Casey Contact', role: 'CLIENT', relation: 'none' };

interface Quarter {
  period: string;
  start: string;
  end: string;
  due: string;
}

/** A quarter whose workflow starts at noon of a day, by default the last one of its period. */
async function openQuarter(quarter: Quarter, client?: TestClient, startsOn = quarter.end): Promise<TestFiling> {
  const { db } = practice.database;
  const filing = await makeVatQuarter(db, client ?? (await makeClient(db, 'Acme Ltd')), quarter);
  await practice.sleepUntil(startsOn, '12:00');
  await practice.start(filing);
  return filing;
}

async function move(filing: TestFiling, ...stages: string[]): Promise<void> {
  for (const stage of stages) {
    const outcome = await practice.ask(filing, 'stageTransition', { stage }, actorOf(partner));
    expect(outcome).toMatchObject({ status: 'APPLIED' });
  }
}

const WAY_TO_CLIENT = ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'REVIEW_PENDING_PARTNER', 'EMAILED_TO_CLIENT'];

it('reminds the client every three working days of an approval, then of queries, each numbered from one', async () => {
  const filing = await openQuarter({ period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' });
  await practice.sleepUntil('2036-04-09', '12:00');
  await move(filing, ...WAY_TO_CLIENT);
  await practice.sleepUntil('2036-04-22', '12:00');
  const changes = { sendingId: 'first', decision: 'changes' as const };
  expect(await practice.ask(filing, 'clientDecision', changes, CLIENT)).toMatchObject({ status: 'APPLIED' });
  expect((await movesOf(practice, filing)).slice(-1)).toEqual([
    '6 EMAILED_TO_CLIENT → WORK_IN_PROGRESS by Casey Contact (CLIENT, CLIENT) on 2036-04-22',
  ]);
  await practice.sleepUntil('2036-04-24', '12:00');
  await move(filing, 'QUERIES_PENDING');
  await practice.sleepUntil('2036-05-02', '12:00');
  await move(filing, 'WORK_IN_PROGRESS');
  await practice.sleepUntil('2036-05-12', '12:00');
  expect(only(await ledgerOf(practice, filing), 'CLIENT_REMINDER')).toEqual([
    // Sent on Wednesday 9 April; then come Good Friday and Easter Monday.
    '2036-04-16 CLIENT_REMINDER#1',
    '2036-04-21 CLIENT_REMINDER#2',
    // Queries since Thursday 24 April.
    '2036-04-29 CLIENT_REMINDER#1',
    '2036-05-02 CLIENT_REMINDER#2',
  ]);
  const late = { sendingId: 'first', decision: 'approved' as const };
  expect(await practice.ask(filing, 'clientDecision', late, CLIENT)).toMatchObject({ code: 'NOT_A_NEXT_STAGE' });
});

it('writes to a client once a day, about everything that is due, and leaves what comes later to the next working day', async () => {
  const { db } = practice.database;
  const client = await makeClient(db, 'Many Things Ltd');
  const december = { period: '2036-12', start: '2036-12-01', end: '2036-12-31', due: '2037-02-07' };
  const january = { period: '2037-01', start: '2037-01-01', end: '2037-01-31', due: '2037-03-07' };
  const inApproval = await openQuarter(december, client);
  await move(inApproval, ...WAY_TO_CLIENT.slice(0, 3));
  const running = await openQuarter(january, client);
  const accounts = await makeLtdAccounts(db, client, {
    start: '2036-02-03',
    end: '2037-02-02',
    accountsDue: '2037-11-02',
    ctDue: '2037-11-03',
    ctReturnDue: '2038-02-02',
  });
  await practice.start(accounts);
  // Three working days before Monday 9 February.
  await practice.sleepUntil('2037-02-04', '12:00');
  await move(inApproval, 'EMAILED_TO_CLIENT');
  await practice.sleepUntil('2037-02-09', '12:00');

  const toClient = practice.sent.filter(({ idempotencyKey }) => idempotencyKey.startsWith(`chase:${client.id}:`));
  expect(toClient.map(({ at }) => londonDateOf(at))).toEqual(['2037-02-02', '2037-02-09']);
  expect(toClient[1]?.subject).toBe('Many Things Ltd: 3 things we need from you');
  expect(toClient[1]?.text.split('\n').filter((line) => line.startsWith('- '))).toEqual([
    '- VAT 2036-12 (period to 31 Dec 2036, due 7 Feb 2037): please tell us whether you approve what we sent you',
    '- VAT 2037-01 (period to 31 Jan 2037, due 7 Mar 2037): please send us your records',
    '- Ltd accounts to 2 Feb 2037 (due 2 Nov 2037): please send us your records',
  ]);
  expect(only(await ledgerOf(practice, inApproval), 'CLIENT_REMINDER')).toEqual(['2037-02-09 CLIENT_REMINDER#1']);
  expect(only(await ledgerOf(practice, running), 'PAPERWORK')).toEqual([
    '2037-02-02 PAPERWORK_REMINDER#1',
    '2037-02-09 PAPERWORK_REMINDER#2',
  ]);
  expect(only(await ledgerOf(practice, accounts), 'PAPERWORK')).toEqual(['2037-02-09 PAPERWORK_REMINDER#1']);

  const quarter = { period: '2036-Q3', start: '2036-07-01', end: '2036-09-30', due: '2036-11-07' };
  const late = await openQuarter(quarter, client, '2037-02-09');
  await practice.sleepUntil('2037-02-10', '12:00');
  const ledger = await ledgerOf(practice, late);
  expect(only(ledger, 'PAPERWORK')).toEqual(['2037-02-10 PAPERWORK_REMINDER#1']);
  expect(ledger.suppressed).toContain('2037-02-09 PAPERWORK_REMINDER#1 CLIENT_ALREADY_EMAILED');
});

it('takes moves while the provider is away, and does not send what is not wanted any more when it is back', async () => {
  const filing = await openQuarter({ period: '2037-Q1', start: '2037-01-01', end: '2037-03-31', due: '2037-05-07' });
  const before = practice.sent.length;
  practice.isProviderAway = true;
  await practice.sleepUntil('2037-04-01', '12:00');
  expect((await ledgerOf(practice, filing)).planned).toContain('2037-04-01 PAPERWORK_REMINDER#1');
  await move(filing, 'PAPERWORK_RECEIVED');
  practice.isProviderAway = false;
  await practice.sleepUntil('2037-04-02', '12:00');
  expect(practice.sent).toHaveLength(before);
  expect((await ledgerOf(practice, filing)).suppressed).toContain('2037-04-01 PAPERWORK_REMINDER#1 PAPERWORK_RECEIVED');
});

it('writes to the client on a day whose e-mail was not wanted any more, as soon as something else is due', async () => {
  const client = await makeClient(practice.database.db, 'Second Thing Ltd');
  const filing = await openQuarter({ period: '2037-05', start: '2037-05-01', end: '2037-05-31', due: '2037-07-07' }, client);
  practice.isProviderAway = true;
  await practice.sleepUntil('2037-06-01', '12:00');
  await move(filing, 'PAPERWORK_RECEIVED');
  practice.isProviderAway = false;
  await practice.sleepUntil('2037-06-01', '13:00');
  const late = { period: '2037-04', start: '2037-04-01', end: '2037-04-30', due: '2037-06-07' };
  const other = await openQuarter(late, client, '2037-06-01');
  await practice.sleepUntil('2037-06-01', '14:00');
  expect(only(await ledgerOf(practice, filing), 'PAPERWORK')).toEqual([]);
  expect(only(await ledgerOf(practice, other), 'PAPERWORK')).toEqual(['2037-06-01 PAPERWORK_REMINDER#1']);
});

it('refuses a second reminder by hand while the first one waits for the provider, and goes on with the rest', async () => {
  const filing = await openQuarter({ period: '2037-Q2', start: '2037-04-01', end: '2037-06-30', due: '2037-08-07' });
  await practice.sleepUntil('2037-07-02', '12:00');
  practice.isProviderAway = true;
  const first = await practice.ask(filing, 'chaseNow', {}, actorOf(partner));
  expect(await practice.ask(filing, 'chaseNow', {}, actorOf(partner))).toMatchObject({ code: 'NOTHING_TO_DO' });
  expect(await practice.ask(filing, 'pauseChasing', {}, actorOf(partner))).toMatchObject({ status: 'APPLIED' });
  await practice.ask(filing, 'resumeChasing', {}, actorOf(partner));
  practice.isProviderAway = false;
  await practice.sleepUntil('2037-07-03', '12:00');
  expect(practice.sent.filter(({ idempotencyKey }) => idempotencyKey === `chase-now:${first.id}`)).toHaveLength(1);
});

it('counts no reminder that has no address to go to, and refuses one by hand', async () => {
  const { db } = practice.database;
  const client = await makeClient(db, 'No Address Ltd', { contactEmail: '' });
  const quarter = { period: '2037-Q3', start: '2037-07-01', end: '2037-09-30', due: '2037-11-07' };
  const filing = await openQuarter(quarter, client);
  await practice.sleepUntil('2037-10-09', '12:00');
  expect(await practice.ask(filing, 'chaseNow', {}, actorOf(partner))).toMatchObject({ code: 'NO_ADDRESS' });
  expect(await practice.state(filing)).toMatchObject({ stage: 'PAPERWORK_PENDING_CHASE', remindersSent: 0 });
  const { sent, suppressed } = await ledgerOf(practice, filing);
  expect(only({ sent }, 'PAPERWORK', 'CHASE_NOW')).toEqual([]);
  expect(suppressed.filter((row) => row.includes('NO_ADDRESS'))).toEqual([
    '2037-10-01 PAPERWORK_REMINDER#1 NO_ADDRESS',
    '2037-10-08 PAPERWORK_REMINDER#1 NO_ADDRESS',
  ]);
});

it('says in the ledger that the address is not written to any more, and writes again once it is another one', async () => {
  const { db } = practice.database;
  const client = await makeClient(db, 'Bounced Ltd', { contactEmail: 'Bounced@client.example.com' });
  await db.SuppressedAddress.create({ address: 'bounced@client.example.com', reason: 'COMPLAINED', emailId: null });
  const filing = await openQuarter({ period: '2037-Q4', start: '2037-10-01', end: '2037-12-31', due: '2038-02-07' }, client);
  await practice.sleepUntil('2038-01-05', '12:00');
  expect((await ledgerOf(practice, filing)).suppressed).toContain('2038-01-04 PAPERWORK_REMINDER#1 ADDRESS_COMPLAINED');
  await practice.rows(`UPDATE clients SET contact_email = 'new@client.example.com' WHERE id = $1`, [client.id]);
  await practice.sleepUntil('2038-01-12', '12:00');
  expect(only(await ledgerOf(practice, filing), 'PAPERWORK')).toEqual(['2038-01-11 PAPERWORK_REMINDER#1']);
});

it('carries the link of the same sending in reminders of an approval', async () => {
  const { db } = practice.database;
  const client = await makeClient(db, 'Approving Ltd');
  const filing = await openQuarter({ period: '2038-Q1', start: '2038-01-01', end: '2038-03-31', due: '2038-05-07' }, client);
  await move(filing, ...WAY_TO_CLIENT);
  const approveUrl = /https:\/\/practice\.example\.com\/approve\/[\w.-]+/;
  await practice.sleepUntil('2038-04-07', '12:00');
  const mails = practice.sent.filter(({ to }) => to === `${client.id}@client.example.com`);
  expect(mails.map(({ idempotencyKey }) => idempotencyKey.split(':')[0])).toEqual(['approval', 'chase']);
  const [first, reminder] = mails.map(({ text }) => approveUrl.exec(text)?.[0]);
  expect(first).toBeDefined();
  expect(reminder).toBe(first);
});

it('sends one e-mail after an outage of the provider over several days, about everything that was due; the missed ones are told as such', async () => {
  const client = await makeClient(practice.database.db, 'Patient Ltd');
  const quarter = { period: '2038-Q1', start: '2038-01-01', end: '2038-03-31', due: '2038-05-07' };
  const filing = await openQuarter(quarter, client, '2038-05-03');
  practice.isProviderAway = true;
  // A reminder on each working day of the last week; 3 May is a bank holiday.
  const other = await openQuarter(
    { period: '2038-04', start: '2038-04-01', end: '2038-04-30', due: '2038-06-07' },
    client,
    '2038-05-03',
  );
  await practice.sleepUntil('2038-05-06', '08:00');
  const before = practice.sent.length;
  practice.isProviderAway = false;
  await practice.sleepUntil('2038-05-06', '18:00');
  const [email, ...more] = practice.sent.slice(before);
  expect(more).toEqual([]);
  expect(email?.text).toContain('VAT 2038-Q1');
  expect(email?.text).toContain('VAT 2038-04');
  const ledger = await ledgerOf(practice, filing);
  const isSent = expect.stringMatching(/^2038-05-06 PAPERWORK_REMINDER#\d$/);
  expect(only(ledger, 'PAPERWORK')).toEqual([isSent]);
  expect(ledger.suppressed.filter((row) => row.includes('PAPERWORK'))).toEqual([
    expect.stringMatching(/^2038-05-04 PAPERWORK_REMINDER#\d MISSED$/),
    // The late one and that of the day fall due at the same instant: whichever comes first is the day's e-mail.
    expect.stringMatching(/^2038-05-05 PAPERWORK_REMINDER#\d MISSED$|^2038-05-06 PAPERWORK_REMINDER#\d CLIENT_ALREADY_EMAILED$/),
  ]);
  expect(only(await ledgerOf(practice, other), 'PAPERWORK')).toEqual([isSent]);
});

it('keeps an e-mail that the provider did not take for a send time: not for the night or the weekend in which it is back', async () => {
  const filing = await openQuarter({ period: '2038-Q2', start: '2038-04-01', end: '2038-06-30', due: '2038-08-07' });
  practice.isProviderAway = true;
  await practice.sleepUntil('2038-07-01', '10:00');
  const [email] = await practice.rows<{ id: string }>(`SELECT id FROM email_logs WHERE filing_id = $1 AND attempts > 0`, [
    filing.filingId,
  ]);
  const { pool } = practice.database.db;
  const stored = await readEmail(pool, email?.id ?? '');
  if (!stored) throw new Error('There is no e-mail that was tried');
  const waits = (date: string, time: string): Promise<number> => lateChaseDelay(pool, stored, londonInstant(date, time));
  const HOUR_MS = 3_600_000;
  expect(await waits('2038-07-01', '10:00')).toBe(0);
  expect(await waits('2038-07-02', '03:00')).toBe(6 * HOUR_MS);
  // From Saturday noon to Monday morning.
  expect(await waits('2038-07-03', '12:00')).toBe(45 * HOUR_MS);

  const before = practice.sent.length;
  await practice.sleepUntil('2038-07-01', '23:00');
  practice.isProviderAway = false;
  await practice.sleepUntil('2038-07-02', '08:30');
  expect(practice.sent).toHaveLength(before);
  await practice.sleepUntil('2038-07-02', '12:00');
  expect(practice.sent.slice(before).map(({ at }) => at)).toEqual([expect.closeTo(londonInstant('2038-07-02', '09:00'), -5)]);
  expect(only(await ledgerOf(practice, filing), 'PAPERWORK')).toEqual([expect.stringContaining('PAPERWORK_REMINDER#1')]);
});

it('sends an e-mail within the task that recorded it, and has the server wait for a provider that is away', async () => {
  const filing = await openQuarter({ period: '2038-Q3', start: '2038-07-01', end: '2038-09-30', due: '2038-11-07' });
  const waitedFor = async (): Promise<number> => {
    const { events } = await practice.client.workflow.getHandle(filing.workflowId).fetchHistory();
    return (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes).length;
  };
  const before = practice.sent.length;
  const sent = (): number => practice.sent.length - before;
  await practice.sleepUntil('2038-10-01', '12:00');
  expect([sent(), await waitedFor()]).toEqual([1, 0]);
  practice.isProviderAway = true;
  await practice.sleepUntil('2038-10-08', '12:00');
  expect([sent(), await waitedFor()]).toEqual([1, 1]);
  practice.isProviderAway = false;
  await practice.sleepUntil('2038-10-08', '18:00');
  expect([sent(), await waitedFor()]).toEqual([2, 1]);
});
