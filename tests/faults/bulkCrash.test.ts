import { Client as TemporalClient } from '@temporalio/client';
import { Client as PostgresClient } from 'pg';
import { londonDateOf } from '../../domain/calendar/london';
import type { ApiCaller } from '../harness/apiCaller';
import { RunningPractice } from '../harness/runningPractice';

const HEADER = 'companyName,companyType,contactName,contactEmail,isVatEnabled,vatFrequency,vatQuarterGroup,vatRegistrationDate';
/** Four batches: one is done, one is under way and two are still to come when the worker is killed. */
const MANY = 200;
const BATCH = 50;
/** That a worker is gone is noticed by its heartbeat; what it was at is tried again. */
const DONE_MS = 150_000;

/** A row that somebody else keeps, so that the worker stops where it comes to it. */
interface Kept {
  table: 'vat_quarters' | 'clients' | 'bulk_operations';
  id: string;
}

let practice: RunningPractice;
let partner: ApiCaller;
let clientIds: string[];
let filingIds: string[];

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
  await importClients();
}, 300_000);

afterAll(() => practice.stop(), 60_000);

afterEach(async () => {
  expect(await practice.runToEnd('commands/audit.ts')).toContain('\n0 violations');
}, 60_000);

async function addPerson(name: string, role = 'STAFF'): Promise<string> {
  const email = `${name.toLowerCase()}@example.com`;
  return (await partner.post('/users', { name, email, password: 'Someone-Password-1', role })).row().id;
}

/** Clients that are registered for VAT from today on: the running quarter is their only filing. */
async function importClients(): Promise<void> {
  const rest = `NON_LIMITED_COMPANY,Casey,c@example.com,true,Quarterly,C,${londonDateOf(Date.now())}`;
  const csv = [HEADER, ...Array.from({ length: MANY }, (_, index) => `Many ${index},${rest}`)].join('\n');
  const imported = await partner.send('POST', '/clients/import', csv, { 'content-type': 'text/csv' });
  await untilCompleted(String(imported.headers.get('location')));
  const started = 'SELECT client_id, id FROM vat_quarters WHERE run_id IS NOT NULL ORDER BY id';
  await practice.until(async () => (await practice.rows(started)).length === MANY, DONE_MS);
  const rows = await practice.rows<{ client_id: string; id: string }>(started);
  clientIds = rows.map(({ client_id }) => client_id);
  filingIds = rows.map(({ id }) => id);
}

/** Asks for a bulk operation that a workflow does; gives where it is followed. */
async function begin(path: string, body: object): Promise<string> {
  const asked = await partner.post(path, body, { prefer: 'respond-async' });
  expect(asked.status).toBe(202);
  return String(asked.headers.get('location'));
}

async function untilCompleted(location: string): Promise<Record<string, unknown>> {
  const path = location.replace('/api/v1', '');
  await practice.until(async () => (await partner.get(path)).row()['status'] === 'COMPLETED', DONE_MS);
  return (await partner.get(path)).row();
}

/** Keeps a row while an operation begins, kills a part once so many records are done and the worker waits for the row, and starts another. */
async function killAtRow<T>(
  { table, id }: Kept,
  recordsDone: number,
  operation: () => Promise<T>,
  part: 'api' | 'worker' = 'worker',
): Promise<T> {
  const blocker = new PostgresClient(practice.database.url);
  await blocker.connect();
  try {
    await blocker.query('BEGIN');
    await blocker.query(`SELECT FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
    const begun = await operation();
    await killWhen(recordsDone, part);
    return begun;
  } finally {
    await blocker.end();
    practice.launch(part);
  }
}

async function killWhen(recordsDone: number, part: 'api' | 'worker'): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'numericalz-worker'
    AND wait_event_type = 'Lock'`;
  const done = `SELECT FROM bulk_operation_records r JOIN bulk_operations o ON o.id = r.operation_id
    WHERE o.status = 'RUNNING' AND r.status <> 'PENDING'`;
  await practice.until(
    async () => (await practice.rows(waiting)).length > 0 && (await practice.rows(done)).length >= recordsDone,
    DONE_MS,
  );
  await practice.kill(part);
}

/** How often each record stands in what a statement gives, as "times × records". */
async function times(sql: string, values: unknown[] = []): Promise<string[]> {
  const rows = await practice.rows<{ times: number; records: number }>(
    `SELECT times::int AS times, count(*)::int AS records FROM (${sql}) AS t(record, times) GROUP BY times ORDER BY times`,
    values,
  );
  return rows.map((row) => `${row.times} × ${row.records}`);
}

/** What a person was told of assignments: on screen, and by e-mails that the provider took. */
async function toldTo(userId: string, email: string): Promise<{ titles: string[]; emails: number }> {
  const operations = new TemporalClient({
    connection: practice.temporal.connection,
    namespace: `${practice.namespace}-operations`,
  });
  const mailed = (): number => practice.resend.accepted.filter(({ to }) => String(to).includes(email)).length;
  await practice.until(async () => {
    await operations.schedule.getHandle('relay').trigger();
    return mailed() > 0 && (await practice.rows(`SELECT FROM email_logs WHERE status = 'PENDING'`)).length === 0;
  }, DONE_MS);
  const rows = await practice.rows<{ title: string }>(
    `SELECT title FROM notifications WHERE user_id = $1 AND type = 'ASSIGNMENT'`,
    [userId],
  );
  return { titles: rows.map(({ title }) => title), emails: mailed() };
}

const ALL_DONE = { total: MANY, successful: MANY, failed: 0, errors: [] };

it('assigns each client once when the worker is killed in the middle of a batch, and tells it once', async () => {
  const sam = await addPerson('Sam');
  const [kept = ''] = clientIds.slice(BATCH + 10);
  const location = await killAtRow({ table: 'clients', id: kept }, BATCH, () =>
    begin('/clients/bulk-assign', { clientIds, userId: sam }),
  );
  expect(await untilCompleted(location)).toMatchObject(ALL_DONE);
  expect(await times(`SELECT client_id, count(*) FROM activity_logs WHERE action = 'USER_ASSIGNED' GROUP BY 1`)).toEqual([
    `1 × ${MANY}`,
  ]);
  const following = `SELECT filing_id, count(*) FROM filing_requests WHERE type = 'reassign' AND status = 'APPLIED' GROUP BY 1`;
  await practice.until(async () => (await times(following)).join() === `1 × ${MANY}`, DONE_MS);
  expect(await toldTo(sam, 'sam@example.com')).toEqual({ titles: [`${MANY} clients are assigned to you`], emails: 1 });
}, 400_000);

it('assigns each filing once when the worker is killed while filings decide, and again while it tells of the end', async () => {
  const alex = await addPerson('Alex');
  const [kept = ''] = filingIds.slice(BATCH + 10);
  const location = await killAtRow({ table: 'vat_quarters', id: kept }, BATCH, () =>
    begin('/vat-quarters/bulk-assign', { ids: filingIds, userId: alex }),
  );
  const id = String(location.split('/').at(-1));
  await killAtRow({ table: 'bulk_operations', id }, MANY, () => Promise.resolve(location));
  expect(await untilCompleted(location)).toMatchObject(ALL_DONE);
  const requests = `SELECT filing_id, count(*) FROM filing_requests WHERE idempotency_key = $1 AND status = 'APPLIED' GROUP BY 1`;
  expect(await times(requests, [`bulk:${id}`])).toEqual([`1 × ${MANY}`]);
  const logged = `SELECT a.details->>'requestId', count(*) FROM activity_logs a JOIN filing_requests r ON r.id = a.details->>'requestId'
    WHERE r.idempotency_key = $1 AND a.action = 'FILING_REASSIGNED' GROUP BY 1`;
  expect(await times(logged, [`bulk:${id}`])).toEqual([`1 × ${MANY}`]);
  expect(await times('SELECT id, count(*) FROM vat_quarters WHERE assigned_user_id = $1 GROUP BY 1', [alex])).toEqual([
    `1 × ${MANY}`,
  ]);
  expect(await toldTo(alex, 'alex@example.com')).toEqual({ titles: [`${MANY} filings are assigned to you`], emails: 1 });
}, 600_000);

it('moves each filing once when the worker is killed as soon as the first one has moved', async () => {
  await addPerson('Mia', 'MANAGER');
  const location = await begin('/vat-quarters/bulk-transition', { ids: filingIds, stage: 'PAPERWORK_RECEIVED' });
  const moved = 'SELECT FROM vat_workflow_history';
  await practice.until(async () => (await practice.rows(moved)).length > 0, DONE_MS);
  await practice.kill('worker');
  expect((await practice.rows(moved)).length).toBeLessThan(MANY);
  practice.launch('worker');
  expect(await untilCompleted(location)).toMatchObject(ALL_DONE);
  expect(await times('SELECT filing_id, count(*) FROM vat_workflow_history GROUP BY 1')).toEqual([`1 × ${MANY}`]);
  expect(await times('SELECT id, sequence FROM vat_quarters')).toEqual([`1 × ${MANY}`]);
  expect(await times(`SELECT message, count(*) FROM notifications WHERE type = 'HAND_OFF' GROUP BY 1`)).toEqual([`1 × ${MANY}`]);
}, 400_000);

it('goes on with few records, which the API does itself, when the API is killed in the middle of them', async () => {
  const robin = await addPerson('Robin');
  const ids = filingIds.slice(0, BATCH + 10);
  const asked = await killAtRow(
    { table: 'vat_quarters', id: ids[10] ?? '' },
    1,
    // It is not waited for: its connection breaks.
    () => Promise.resolve({ answer: partner.post('/vat-quarters/bulk-assign', { ids, userId: robin }).catch(() => 'broken') }),
    'api',
  );
  expect(await asked.answer).toBe('broken');
  await practice.untilReady();
  const [operation] = (await partner.get('/bulk-operations')).rows();
  expect(await untilCompleted(`/bulk-operations/${String(operation?.['id'])}`)).toMatchObject({
    kind: 'ASSIGN_FILINGS',
    total: ids.length,
    successful: ids.length,
    failed: 0,
  });
  const logged = `SELECT details->>'filingId', count(*) FROM activity_logs
    WHERE action = 'FILING_REASSIGNED' AND details#>>'{after,assignedUserId}' = $1 GROUP BY 1`;
  expect(await times(logged, [robin])).toEqual([`1 × ${ids.length}`]);
  expect(await toldTo(robin, 'robin@example.com')).toEqual({ titles: [`${ids.length} filings are assigned to you`], emails: 1 });
}, 400_000);
