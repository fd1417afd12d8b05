import { Client } from '@temporalio/client';
import { bulkProgressQuery } from '../../workflows/messages';
import { ApiCaller } from '../harness/apiCaller';
import { RunningPractice } from '../harness/runningPractice';

const PASSWORD = 'Someone-Password-1';
const VAT = 'isVatEnabled,vatFrequency,vatQuarterGroup,vatRegistrationDate,vatDeregistrationDate';
/** More than are done while the caller waits. */
const MANY = 120;

let practice: RunningPractice;
let partner: ApiCaller;
let samId: string;

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
  const sam = { name: 'Sam Staff', email: 'sam@example.com', password: PASSWORD, role: 'STAFF' };
  samId = (await partner.post('/users', sam)).row().id;
}, 90_000);

afterAll(() => practice.stop(), 60_000);

/** Imports so many clients; gives their ids. Those with a quarter are registered for VAT for one period alone. */
async function clients(name: string, count: number, quarter = ''): Promise<string[]> {
  const header = `companyName,companyType,contactName,contactEmail${quarter === '' ? '' : `,${VAT}`}`;
  const rows = Array.from({ length: count }, (_, index) => `${name} ${index},NON_LIMITED_COMPANY,Casey,c@example.com${quarter}`);
  const imported = await partner.send('POST', '/clients/import', [header, ...rows].join('\n'), { 'content-type': 'text/csv' });
  expect(imported.body).toMatchObject({ data: { created: count } });
  const path = imported.headers.get('location')?.replace('/api/v1', '') ?? '';
  await practice.until(async () => (await partner.get(path)).row()['status'] === 'COMPLETED');
  return (await partner.get(`/clients?search=${name}&limit=200`)).rows().map(({ id }) => String(id));
}

it('does a long one by a workflow, with progress, and sends one e-mail', async () => {
  const ids = await clients('Many', MANY);
  const asked = await partner.post('/clients/bulk-assign', { clientIds: ids, userId: samId }, { prefer: 'respond-async' });
  expect([asked.status, asked.body.success]).toEqual([202, true]);
  const path = asked.headers.get('location')?.replace('/api/v1', '') ?? '';
  await practice.until(async () => (await partner.get(path)).row()['status'] === 'COMPLETED');
  expect((await partner.get(path)).row()).toMatchObject({
    kind: 'ASSIGN_CLIENTS',
    total: MANY,
    successful: MANY,
    failed: 0,
    errors: [],
  });
  const handle = practice.temporal.workflow.getHandle(`bulk-operation:${path.split('/').at(-1)}`);
  expect(await handle.query(bulkProgressQuery)).toMatchObject({ total: MANY, successful: MANY, isFinished: true });
  const mails = (): unknown[] => practice.resend.accepted.filter(({ to }) => String(to).includes('sam@example.com'));
  const operations = new Client({ connection: practice.temporal.connection, namespace: `${practice.namespace}-operations` });
  await operations.schedule.getHandle('relay').trigger();
  await practice.until(() => Promise.resolve(mails().length > 0));
  expect(mails()).toEqual([expect.objectContaining({ text: expect.stringContaining(`${MANY} clients are assigned to you`) })]);
}, 120_000);

it('moves and hands over filings, each decided by its workflow, with one summary in place of many notifications', async () => {
  const ids = await clients('Quarterly', 12, ',true,Quarterly,C,2020-01-01,');
  const { rows } = await practice.database.db.pool.query<{ id: string }>(
    'SELECT id FROM vat_quarters WHERE client_id = ANY($1)',
    [ids],
  );
  const filings = rows.map(({ id }) => id);
  const assigned = await partner.post('/vat-quarters/bulk-assign', { ids: filings, userId: samId });
  expect([assigned.status, assigned.body]).toMatchObject([200, { results: { successful: filings.length, failed: 0 } }]);
  const moved = await partner.post('/vat-quarters/bulk-transition', { ids: filings, stage: 'PAPERWORK_RECEIVED' });
  expect(moved.body).toMatchObject({ message: `${filings.length} of ${filings.length} were moved to PAPERWORK_RECEIVED` });
  const told = await practice.rows<{ title: string }>(
    `SELECT title FROM notifications WHERE user_id = $1 AND type = 'ASSIGNMENT' AND title LIKE '%filing%'`,
    [samId],
  );
  expect(told).toEqual([{ title: `${filings.length} filings are assigned to you` }]);
}, 120_000);

it('archives clients with their filings, and restores both', async () => {
  const ids = await clients('Leaving', 3, ',true,Quarterly,C,2020-01-01,');
  const stages = async (): Promise<string[]> =>
    (
      await practice.rows<{ state: string }>(
        `SELECT DISTINCT CASE WHEN is_cancelled THEN 'cancelled: ' || cancel_reason ELSE 'open' END AS state
         FROM vat_quarters WHERE client_id = ANY($1)`,
        [ids],
      )
    ).map(({ state }) => state);
  expect((await partner.post('/clients/bulk-archive', { clientIds: ids })).body).toMatchObject({ results: { successful: 3 } });
  await practice.until(async () => !(await stages()).includes('open'));
  expect(await stages()).toEqual([expect.stringMatching(/^cancelled: The client was archived by /)]);
  expect((await partner.post('/clients/bulk-restore', { clientIds: ids })).body).toMatchObject({ results: { successful: 3 } });
  await practice.until(async () => (await stages()).join() === 'open');
}, 120_000);
