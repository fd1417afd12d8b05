import { londonDateOf } from '../../domain/calendar/london';
import { createRandom } from '../../models/seed/random';
import { z } from 'zod';
import type { ApiCaller } from '../harness/apiCaller';
import { addClient } from './filings';
import { LiveSystem } from './liveSystem';
import type { Mood } from './providerStandIn';
import type { Fault } from './storm';
import { rage } from './storm';

const CLIENTS = Number(process.env['STORM_REMINDERS'] ?? 500);
const AT_ONCE = 8;
const KILLS = 6;
const SHORTEST_PAUSE_MS = 4_000;
const LONGEST_PAUSE_MS = 9_000;
const STARTED_MS = 180_000;
const SETTLED_MS = 600_000;
/** Of ten requests to the provider four go well; from the fourth one for an e-mail on all do, or the last would take for ever. */
const FAILING_REQUESTS = 3;
const MOODS: [Mood, ...Mood[]] = [
  'ANSWERS',
  'ANSWERS',
  'ANSWERS',
  'ANSWERS',
  'TOO_MANY',
  'FAILS',
  'BROKEN',
  'BROKEN',
  'LOST',
  'HANGS_UP',
];

const Chases = z.object({
  totals: z.object({ planned: z.int(), sent: z.int(), suppressed: z.int(), outstanding: z.int() }),
  items: z.array(z.object({ clientId: z.string(), recipient: z.string(), status: z.string() })),
});

jest.setTimeout(1_200_000);

let system: LiveSystem;
let partner: ApiCaller;

beforeAll(async () => {
  system = await LiveSystem.start();
  partner = await system.partner();
});

afterAll(() => system?.stop());

/** Clients with a month that has ended and one that runs; by the policy at first nothing of either is due for a year. */
async function addClients(): Promise<string[]> {
  const today = londonDateOf(Date.now());
  const lastMonth = new Date(`${today.slice(0, 8)}01`);
  lastMonth.setUTCMonth(lastMonth.getUTCMonth() - 1);
  const monthly = { vatFrequency: 'Monthly', vatRegistrationDate: lastMonth.toISOString().slice(0, 10) };
  const names = Array.from({ length: CLIENTS }, (_, index) => `Storm ${index + 1}`);
  const ids: string[] = [];
  const addNext = async (): Promise<void> => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      ids.push((await addClient(partner, name, monthly)).id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, addNext));
  return ids;
}

/** What the ledger says of the days of the storm: of two where it raged over midnight. */
async function chasesOf(dates: ReadonlySet<string>): Promise<z.infer<typeof Chases>[]> {
  const days = [];
  for (const date of dates) days.push(Chases.parse((await partner.get(`/reports/chases?date=${date}`)).body.data));
  return days;
}

it(`sends ${CLIENTS} reminders that are due together once each, while worker and provider fail at random`, async () => {
  const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed, 0);
  let at = 0;
  const kills = Array.from({ length: KILLS }, (): Fault => {
    at += random.integer(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
    return { at, part: 'worker', kind: 'SIGKILL' };
  });
  console.log(`Storm with FAULT_SEED=${seed}: the worker is killed at ${kills.map((kill) => kill.at / 1000).join(', ')} s`);
  const quiet = { firstReminderAfterDays: 365, workingDaysOnly: false };
  expect((await partner.put('/settings/chase-policies/vat', quiet)).status).toBe(200);
  const ids = await addClients();
  const unstarted = 'SELECT FROM vat_quarters WHERE run_id IS NULL';
  await system.until('all are started', async () => (await system.rows(unstarted)).length === 0, STARTED_MS);
  const { provider } = system;
  /** The chases that the provider took, each with how often it came; what the staff is told by e-mail is no chase. */
  const taken = (): [key: string, tries: number][] => [...provider.tries].filter(([key]) => key.startsWith('chase:'));
  expect(taken()).toEqual([]);
  const dates = new Set([londonDateOf(Date.now())]);
  provider.mood = (request) => (request > FAILING_REQUESTS ? 'ANSWERS' : random.pick(MOODS));
  const now = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' }).format();
  const due = { firstReminderAfterDays: 1, sendTime: now, lastSendTime: now };
  expect((await partner.put('/settings/chase-policies/vat', due)).status).toBe(200);
  await system.until('the first is being sent', () => taken().length > 0, STARTED_MS);
  await rage(system, kills);
  const unsettled = `SELECT FROM clients c WHERE NOT EXISTS (
    SELECT FROM email_logs e WHERE e.client_id = c.id AND e.status = 'SENT' AND e.idempotency_key LIKE 'chase:%')
    OR EXISTS (SELECT FROM email_logs e WHERE e.client_id = c.id AND e.status = 'PENDING')`;
  await system.until('all are sent', async () => (await system.rows(unsettled)).length === 0, SETTLED_MS);
  dates.add(londonDateOf(Date.now()));

  const emails = await system.rows<{ client_id: string; status: string; key: string }>(
    `SELECT client_id, status::text, idempotency_key AS key FROM email_logs WHERE idempotency_key LIKE 'chase:%'`,
  );
  expect(emails.map(({ client_id }) => client_id).toSorted()).toEqual(ids.toSorted());
  expect(emails.every(({ status }) => status === 'SENT')).toBe(true);
  // Each key was taken once, however often it came, and always with the same words.
  expect(
    taken()
      .map(([key]) => key)
      .toSorted(),
  ).toEqual(emails.map(({ key }) => key).toSorted());
  expect(provider.changed).toEqual([]);
  expect(taken().filter(([, tries]) => tries > 1).length).toBeGreaterThan(CLIENTS / 10);

  const days = await chasesOf(dates);
  for (const { totals, items } of days) {
    expect(totals.planned).toBe(items.length);
    expect(totals.sent + totals.suppressed + totals.outstanding).toBe(totals.planned);
  }
  const reminders = days
    .flatMap(({ items }) => items)
    .filter(({ recipient, status }) => recipient === 'CLIENT' && status === 'SENT');
  expect(reminders.map(({ clientId }) => clientId).toSorted()).toEqual(ids.toSorted());
  expect(await system.audit()).toEqual({ exitCode: 0, lines: expect.arrayContaining(['0 violations']) });
});
