import { rmSync } from 'node:fs';
import type { ApiCaller } from '../harness/apiCaller';
import { changedCode } from './changedCode';
import type { Code } from './fleet';
import { Fleet, WORKING_TREE } from './fleet';

const FILINGS = 200;
/** Each has a monthly period that has ended and one that runs. */
const CLIENTS = FILINGS / 2;
const AT_ONCE = 10;
const LONG_MS = 300_000;

jest.setTimeout(900_000);

let fleet: Fleet;
let partner: ApiCaller;
let patched: Code;
let careless: Code;

beforeAll(async () => {
  [patched, careless] = [changedCode('patched'), changedCode('careless')];
  fleet = await Fleet.prepare(WORKING_TREE);
  fleet.worker(WORKING_TREE, { WORKER_BUILD_ID: 'released' });
  await untilCurrent(WORKING_TREE, 'released');
  const { url } = await fleet.api(WORKING_TREE);
  partner = await fleet.partner(url);
}, 300_000);

afterAll(async () => {
  await fleet?.stop();
  for (const { folder } of [patched, careless]) rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Makes a version current as soon as its workers have made themselves known. */
async function untilCurrent(code: Code, buildId: string): Promise<void> {
  const isCurrent = async (): Promise<boolean> =>
    (await fleet.try(code, 'commands/releaseCurrent', { WORKER_BUILD_ID: buildId })).exitCode === 0;
  await fleet.until(`${buildId} is current`, isCurrent, 180_000);
}

/** A client whose quarter has ended, so that its reminder, and the escalation beside it, fall due when the policy says so. */
async function openQuarter(index: number): Promise<void> {
  const reply = await partner.post('/clients', {
    companyName: `Client ${index}`,
    companyType: 'NON_LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: `casey-${index}@example.com`,
    isVatEnabled: true,
    vatFrequency: 'Monthly',
    vatRegistrationDate: '2020-01-01',
  });
  if (reply.status !== 201) throw new Error(`${reply.status}: ${reply.body.message}`);
}

/** Clients with their quarters: one that has ended and is to be chased, one that runs. Gives those that have ended. */
async function openQuarters(first: number, count: number): Promise<string[]> {
  for (let index = first; index < first + count; index += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => openQuarter(index + offset)));
  }
  const unstarted = 'SELECT FROM vat_quarters WHERE run_id IS NULL';
  await fleet.until('all are in flight', async () => (await fleet.rows(unstarted)).length === 0, LONG_MS);
  const ended = await fleet.rows<{ id: string }>(
    `SELECT q.id FROM vat_quarters q JOIN clients c ON c.id = q.client_id
     WHERE q.quarter_end_date < current_date AND substr(c.company_name, 8)::int BETWEEN $1 AND $2`,
    [first, first + count - 1],
  );
  return ended.map(({ id }) => id);
}

/**
 * Whom each filing told, in the order in which its workflow recorded it. In the released order one record holds the reminder and the
 * alerts of the same moment, and counts as the client's.
 */
async function toldOrders(): Promise<Map<string, string[]>> {
  const rows = await fleet.rows<{ filing: string; action: string }>(
    `SELECT details->>'filingId' AS filing, action FROM activity_logs
     WHERE action IN ('FILING_STAGE_CHANGED', 'STAFF_ALERTED') ORDER BY (details->>'filingId'), timestamp, recorded_at`,
  );
  const orders = new Map<string, string[]>();
  for (const { filing, action } of rows) {
    // The first reminder moves the filing on; nobody moves one by hand here.
    orders.set(filing, [...(orders.get(filing) ?? []), action === 'STAFF_ALERTED' ? 'staff' : 'client']);
  }
  return orders;
}

/** Waits until these filings reminded their clients, and gives whom each told first. */
async function toldFirst(filings: readonly string[]): Promise<Set<string | undefined>> {
  const areTold = async (): Promise<boolean> => {
    const orders = await toldOrders();
    return filings.every((id) => orders.get(id)?.includes('client'));
  };
  await fleet.until('the clients were reminded', areTold, LONG_MS);
  const orders = await toldOrders();
  return new Set(filings.map((id) => orders.get(id)?.[0]));
}

/** Sets when reminder and alert of a filing whose period has ended fall due: both now, or neither for long. */
async function setDue(when: 'now' | 'later'): Promise<void> {
  const reply = await partner.put('/settings/chase-policies/vat', {
    // At any time of any day.
    sendTime: '00:00',
    lastSendTime: '00:00',
    workingDaysOnly: false,
    firstReminderAfterDays: when === 'now' ? 1 : 365,
    escalateToPartnersDaysBefore: when === 'now' ? 365 : 0,
    warningDaysBefore: [],
  });
  if (reply.status !== 200) throw new Error(reply.body.message);
}

async function workflowTaskFailures(): Promise<string[]> {
  const failed: string[] = [];
  for await (const { workflowId, runId } of fleet.temporal.workflow.list({ query: `FilingKind = 'VAT_QUARTER'` })) {
    const { events } = await fleet.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    const failure = events?.find((event) => event.workflowTaskFailedEventAttributes)?.workflowTaskFailedEventAttributes;
    if (failure) failed.push(`${workflowId}: ${failure.failure?.message}`);
  }
  return failed;
}

it('changes the order of an alert under 200 filings in flight, with an old and a new worker running', async () => {
  await setDue('now');
  const before = await openQuarters(0, CLIENTS / 2);
  expect(await toldFirst(before)).toEqual(new Set(['client']));
  await setDue('later');
  const between = await openQuarters(CLIENTS / 2, CLIENTS / 2);
  expect((await fleet.rows('SELECT FROM vat_quarters')).length).toBeGreaterThanOrEqual(FILINGS);

  const named = await fleet.try(careless, 'commands/replayOpen');
  expect(named.output).toMatch(/WOULD BREAK {2}vat-quarter:/);
  expect(named.exitCode).toBe(1);
  expect(await fleet.run(patched, 'commands/replayOpen')).toMatch(/\d+ open filings replayed, 0 would break/);

  fleet.worker(patched, { WORKER_BUILD_ID: 'patched' });
  await untilCurrent(patched, 'patched');
  await setDue('now');
  expect(await toldFirst(between)).toEqual(new Set(['staff']));

  expect(await workflowTaskFailures()).toEqual([]);
  expect(await fleet.run(WORKING_TREE, 'commands/audit')).toContain('\n0 violations');
});
