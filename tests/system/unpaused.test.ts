import { z } from 'zod';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';
import type { TestFiling } from '../harness/practice';
import { makeClient, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';

let practice: TimeSkippingPractice;
let server: ApiServer;
let sam: { id: string; api: ApiCaller };
let filing: TestFiling;

const Chases = z.object({
  totals: z.object({ planned: z.int(), sent: z.int(), suppressed: z.int(), outstanding: z.int() }),
  items: z.array(
    z.object({ recipient: z.string(), number: z.int().nullable(), status: z.string(), explanation: z.string().nullable() }),
  ),
});

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  server = await ApiServer.over(practice);
  sam = await server.person('STAFF', 'Sam Staff');
  const { db } = practice.database;
  const quarter = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
  filing = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), quarter, sam.id);
  await practice.sleepUntil('2036-03-31', '12:00');
  await practice.start(filing);
}, 120_000);

afterAll(async () => {
  await server.stop();
  await practice.close();
});

/** How the e-mails to the client ended that were planned for a date. */
async function toClient(date: string): Promise<string[]> {
  const { totals, items } = Chases.parse((await sam.api.get(`/reports/chases?date=${date}`)).body.data);
  expect([totals.planned, totals.sent + totals.suppressed + totals.outstanding]).toEqual([items.length, items.length]);
  return items
    .filter(({ recipient }) => recipient === 'CLIENT')
    .map(({ number, status, explanation }) => [`#${number}`, status, explanation ?? ''].join(' ').trimEnd());
}

it('a filing that is unpaused after several missed dates sends one reminder, and says of the others why they did not go out', async () => {
  const path = `/vat-quarters/${filing.filingId}`;
  await practice.sleepUntil('2036-04-02', '12:00');
  expect(await toClient('2036-04-01')).toEqual(['#1 SENT']);

  const paused = await sam.api.post(`${path}/pause-chasing`, { until: '2036-06-01', reason: 'The bookkeeper is away' });
  expect(paused.status).toBe(200);
  const warning = expect.stringContaining('past the deadline of 7 May 2036');
  expect(paused.body).toMatchObject({ message: warning, warnings: [warning] });
  await practice.sleepUntil('2036-04-30', '11:00');
  expect(practice.sent).toHaveLength(1);

  const resumed = await sam.api.post(`${path}/resume-chasing`);
  expect([resumed.status, resumed.body['warnings']]).toEqual([200, undefined]);
  await practice.sleepUntil('2036-04-30', '18:00');
  expect(practice.sent).toHaveLength(2);
  for (const date of ['2036-04-08', '2036-04-15', '2036-04-22']) {
    expect(await toClient(date)).toEqual([expect.stringMatching(/^#\d SUPPRESSED Chasing was paused$/)]);
  }
  expect(await toClient('2036-04-30')).toEqual(['#2 SENT']);
  // A week before the deadline there is a reminder on every working day.
  expect(await toClient('2036-05-01')).toEqual(['#3 OUTSTANDING']);
  expect((await sam.api.get(path)).row()).toMatchObject({ remindersSent: 2, nextReminderAt: '2036-05-01T08:00:00.000Z' });
});
