import { londonInstant } from '../../domain/calendar/london';
import { SPREAD_MS } from '../../domain/chasing/spread';
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
