import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { readBankHolidays, storeBankHolidays } from '../../activities/bankHolidays';
import { createPracticeActivities } from '../../activities/practiceActivities';
import { waitUntil } from '../../embedded/runningProcess';
import type { TestFiling } from '../harness/practice';
import { freePort } from '../../embedded/ports';
import { makeClient, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';
import { ledgerOf } from './ledger';

let practice: TimeSkippingPractice;
let filing: TestFiling;
let calendar: Server;
let url: string;
/** What the calendar says; null while it cannot be read. */
let events: { title: string; date: string }[] | null = null;

/** Its packaged years, 2035 to 2041, are known. */
const YEAR = 2037;
const CORONATION = '2036-04-22';

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}/bank-holidays.json`;
  calendar = createServer((_request, response) => {
    response.writeHead(events ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ 'england-and-wales': { division: 'england-and-wales', events } }));
  });
  await new Promise<void>((done) => calendar.listen(port, '127.0.0.1', done));
  practice = await TimeSkippingPractice.create();
  const { db } = practice.database;
  const quarter = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
  filing = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), quarter);
  await practice.sleepUntil('2036-03-31', '12:00');
  await practice.start(filing);
}, 120_000);

afterAll(async () => {
  await practice.close();
  await new Promise((done) => calendar.close(done));
});

const known = async (): Promise<string[]> => {
  const rows = await practice.rows<{ date: string }>(
    `SELECT date FROM bank_holidays WHERE date BETWEEN '2036-01-01' AND '2036-12-31'`,
  );
  return rows.map(({ date }) => date).toSorted();
};

const dependencies = () => ({ db: practice.database.db.pool, url, logger: pino({ level: 'silent' }) });

it('stay as they are while nobody tells of others, and become what the source says', async () => {
  const before = await known();
  expect(await readBankHolidays(dependencies(), YEAR)).toMatchObject({ source: 'packaged', added: [], removed: [] });
  events = [...before, CORONATION].map((date) => ({ date, title: 'A bank holiday' }));
  const update = await readBankHolidays(dependencies(), YEAR);
  expect(update).toMatchObject({ source: url, added: [CORONATION], removed: [] });
  await storeBankHolidays(practice.database.db.pool, update.holidays);
  expect(await known()).toEqual([...before, CORONATION].toSorted());
});

it('reach the filings in flight: what was planned for the new day off moves', async () => {
  expect((await ledgerOf(practice, filing)).planned).toContain(`${CORONATION} PAPERWORK_REMINDER#4`);
  const { db } = practice.database;
  const temporal = { getClient: () => practice.client, showClientNames: true };
  const activities = createPracticeActivities({ db, temporal, logger: pino({ level: 'silent' }), bankHolidaysUrl: url });
  const tell = (): Promise<unknown> => new MockActivityEnvironment().run(() => activities.tellOfBankHolidays(null));
  expect(await tell()).toEqual({ filings: 1, next: null });
  const moved = '2036-04-23 PAPERWORK_REMINDER#4';
  await waitUntil(async () => (await ledgerOf(practice, filing)).planned.includes(moved), 10_000);
  const { planned, suppressed } = await ledgerOf(practice, filing);
  expect(planned).toContain(moved);
  expect(suppressed).toContain(`${CORONATION} PAPERWORK_REMINDER#4 BANK_HOLIDAYS_CHANGED`);
  await tell();
  await practice.state(filing);
  expect((await ledgerOf(practice, filing)).planned).toEqual(planned);
});

it('are not forgotten when the source is away', async () => {
  const before = await known();
  events = null;
  const update = await readBankHolidays(dependencies(), YEAR);
  expect(update).toMatchObject({ added: [], removed: [] });
  await storeBankHolidays(practice.database.db.pool, update.holidays);
  expect(await known()).toEqual(before);
});
