import { londonInstant } from '../../domain/calendar/london';
import { SPREAD_MS, spreadOf } from '../../domain/chasing/spread';
import type { TestClient } from '../harness/practice';
import { makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';

const FILINGS = 12;
/** Of twelve places in the spread the first and the last are hardly ever nearer. */
const SPREAD_AT_LEAST_MS = 3_000;

let practice: TimeSkippingPractice;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  await makeUser(practice.database.db, 'Pat Partner', 'PARTNER');
}, 120_000);

afterEach(() => practice.endFilings());
afterAll(() => practice.close());

it('sends reminders that are due at one instant one after the other, none of them early', async () => {
  const { db } = practice.database;
  const quarter = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
  await practice.sleepUntil(quarter.end, '12:00');
  for (let count = 1; count <= FILINGS; count += 1) {
    await practice.start(await makeVatQuarter(db, await makeClient(db, `Client ${count}`), quarter));
  }
  await practice.sleepUntil('2036-04-01', '12:00');
  const dueAt = londonInstant('2036-04-01', '09:00');
  const late = practice.sent.map(({ at }) => at - dueAt).toSorted((a, b) => a - b);
  expect(late).toHaveLength(FILINGS);
  expect(late[0]).toBeGreaterThanOrEqual(0);
  // The clock of the server stands still while tasks are under way, so that what is late is the timers.
  expect(late[FILINGS - 1]).toBeLessThan(2 * SPREAD_MS);
  expect((late[FILINGS - 1] ?? 0) - (late[0] ?? 0)).toBeGreaterThan(SPREAD_AT_LEAST_MS);
});

/** A client whose filings wake long enough after what is due for something to come before. */
async function lateClient(): Promise<TestClient> {
  for (;;) {
    const client = await makeClient(practice.database.db, 'Late Ltd');
    if (spreadOf(client.id) > SPREAD_MS / 2) return client;
  }
}

it('takes note that a day has turned, though a message comes before its timer', async () => {
  const { db } = practice.database;
  const quarter = { period: '2036-Q2', start: '2036-04-01', end: '2036-06-30', due: '2036-08-07' };
  await practice.sleepUntil(quarter.end, '12:00');
  const filing = await makeVatQuarter(db, await lateClient(), quarter);
  await practice.start(filing);
  await practice.sleepUntil('2036-07-01', '00:00');
  await practice.signal(filing, 'stageTransition', 'rubbish');
  await practice.sleepUntil('2036-07-01', '08:00');
  expect(await practice.rows('SELECT waiting_for FROM vat_quarters WHERE id = $1', [filing.filingId])).toEqual([
    { waiting_for: 'CLIENT' },
  ]);
});

it('wakes all filings of a client together', async () => {
  const { db } = practice.database;
  const client = await makeClient(db, 'Both Ltd');
  const quarter = { start: '2036-07-01', end: '2036-09-30', due: '2036-11-07' };
  await practice.sleepUntil(quarter.end, '12:00');
  const filings = [
    await makeVatQuarter(db, client, { ...quarter, period: '2036-Q3' }),
    await makeVatQuarter(db, client, { ...quarter, start: '2036-07-02', period: '2036-Q3 again' }),
  ];
  for (const filing of filings) await practice.start(filing);
  await practice.sleepUntil('2036-10-01', '12:00');
  const reminded = await Promise.all(filings.map((filing) => practice.state(filing)));
  const [first = 0, second = 0] = reminded.map(({ lastMoves: [move] }) => Date.parse(move?.at ?? ''));
  expect(Math.abs(first - second)).toBeLessThan(1_000);
  expect(first - londonInstant('2036-10-01', '09:00')).toBeGreaterThanOrEqual(spreadOf(client.id));
});
