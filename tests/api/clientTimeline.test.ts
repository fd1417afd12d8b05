import { newId } from '../../models/ids';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';
import type { TestClient } from '../harness/practice';
import { makeClient, makeLtdAccounts, makeVatQuarter } from '../harness/practice';

const QUARTER = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };
const YEAR = {
  start: '2023-04-01',
  end: '2024-03-31',
  accountsDue: '2024-12-31',
  ctDue: '2025-01-01',
  ctReturnDue: '2025-03-31',
};

let server: ApiServer;
let manager: { id: string; api: ApiCaller };
let staff: { id: string; api: ApiCaller };
let acme: TestClient;
let other: TestClient;

const sql = async (text: string, values: unknown[]): Promise<void> => {
  await server.database.db.pool.query(text, values);
};

async function email(clientId: string, subject: string, at: string, status: string): Promise<string> {
  const id = newId();
  await sql(
    `INSERT INTO email_logs (id, recipient_email, subject, content, email_type, status, client_id, triggered_by, idempotency_key, created_at)
     VALUES ($1, 'casey@example.com', $2, '', 'WORKFLOW', $3::email_status, $4, $5, $1, $6)`,
    [id, subject, status, clientId, manager.id, at],
  );
  return id;
}

async function move(table: string, filingId: string, [from, to]: [string | null, string], at: string, notes: string | null) {
  await sql(
    `INSERT INTO ${table} (id, filing_id, from_stage, to_stage, stage_changed_at, user_id, user_name, user_role, notes, source, transition_id, sequence)
     VALUES ($1, $2, $3, $4, $5, $6, 'Sam Staff', 'STAFF', $7, 'API', $1, (SELECT 1 + count(*) FROM ${table}))`,
    [newId(), filingId, from, to, at, staff.id, notes],
  );
}

async function activity(clientId: string, action: string, at: string, details: object = {}): Promise<void> {
  await sql(`INSERT INTO activity_logs (id, action, timestamp, user_id, client_id, details) VALUES ($1, $2, $3, $4, $5, $6)`, [
    newId(),
    action,
    at,
    manager.id,
    clientId,
    JSON.stringify({ period: '2024-Q1', ...details }),
  ]);
}

async function communication(clientId: string, type: string, subject: string, times: Record<string, string | null>) {
  await sql(
    `INSERT INTO communications (id, type, subject, content, sent_at, scheduled_at, created_at, client_id, sent_by_user_id, email_id)
     VALUES ($1, $2::communication_type, $3, 'Said so', $4, $5, $6, $7, $8, $9)`,
    [newId(), type, subject, times['sent'], times['scheduled'], times['created'], clientId, staff.id, times['email'] ?? null],
  );
}

beforeAll(async () => {
  server = await ApiServer.start();
  manager = await server.person('MANAGER', 'Morgan Manager');
  staff = await server.person('STAFF', 'Sam Staff');
  const { db } = server.database;
  acme = await makeClient(db, 'Acme Ltd', { assignedUserId: staff.id });
  other = await makeClient(db, 'Other Ltd');
  const vat = await makeVatQuarter(db, acme, QUARTER);
  const accounts = await makeLtdAccounts(db, acme, YEAR);
  await activity(acme.id, 'CLIENT_CREATED', '2024-01-01T09:00:00Z');
  await move(
    'vat_workflow_history',
    vat.filingId,
    ['PAPERWORK_CHASED', 'PAPERWORK_RECEIVED'],
    '2024-04-03T09:00:00Z',
    'A box of receipts',
  );
  await activity(acme.id, 'FILING_STAGE_CHANGED', '2024-04-03T09:00:00Z', { sequence: 1 });
  await move(
    'ltd_accounts_workflow_history',
    accounts.filingId,
    ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS'],
    '2024-04-05T09:00:00Z',
    null,
  );
  await email(acme.id, 'We need your records', '2024-04-02T09:00:00Z', 'DELIVERED');
  await activity(acme.id, 'CLIENT_CHASED', '2024-04-02T09:00:00Z');
  await communication(acme.id, 'PHONE', 'A call', { sent: '2024-04-04T09:00:00Z', created: '2024-04-20T09:00:00Z' });
  await activity(acme.id, 'COMMUNICATION_LOGGED', '2024-04-20T09:00:00Z');
  const sent = await email(acme.id, 'Of a communication', '2024-04-06T09:00:00Z', 'FAILED');
  await communication(acme.id, 'EMAIL', 'Gone out', {
    scheduled: '2024-04-06T09:00:00Z',
    sent: '2024-04-06T09:00:00Z',
    created: '2024-03-01T09:00:00Z',
    email: sent,
  });
  await communication(acme.id, 'EMAIL', 'To come', { scheduled: '2054-04-06T09:00:00Z', created: '2024-04-07T09:00:00Z' });
  await activity(other.id, 'CLIENT_CREATED', '2024-04-01T09:00:00Z');
  await email(other.id, 'To the other', '2024-04-01T09:00:00Z', 'SENT');
}, 60_000);

afterAll(() => server.stop());

const timeline = async (query = ''): Promise<Record<string, unknown>[]> =>
  (await manager.api.get(`/clients/${acme.id}/timeline${query}`)).rows();

it('is one list of everything, the newest first, each thing told once with who did it', async () => {
  expect(await timeline()).toMatchObject([
    { kind: 'COMMUNICATION', subject: 'To come', status: 'SCHEDULED', who: 'Sam Staff', at: '2024-04-07T09:00:00.000Z' },
    { kind: 'COMMUNICATION', subject: 'Gone out', status: 'FAILED', emailStatus: 'FAILED' },
    {
      kind: 'MOVE',
      filingKind: 'LTD_ACCOUNTS',
      period: '2024-03-31',
      fromStage: 'PAPERWORK_RECEIVED',
      toStage: 'WORK_IN_PROGRESS',
    },
    { kind: 'COMMUNICATION', type: 'PHONE', subject: 'A call', content: 'Said so', at: '2024-04-04T09:00:00.000Z' },
    { kind: 'MOVE', filingKind: 'VAT_QUARTER', period: '2024-Q1', note: 'A box of receipts', who: 'Sam Staff', source: 'API' },
    {
      kind: 'EMAIL',
      subject: 'We need your records',
      status: 'DELIVERED',
      recipientEmail: 'casey@example.com',
      who: 'Morgan Manager',
    },
    { kind: 'CHANGE', action: 'CLIENT_CREATED', who: 'Morgan Manager', details: { period: '2024-Q1' } },
  ]);
});

it.each([
  ['COMMUNICATION', ['To come', 'Gone out', 'A call']],
  ['EMAIL', ['We need your records']],
  ['MOVE', ['WORK_IN_PROGRESS', 'PAPERWORK_RECEIVED']],
  ['NOTE', ['PAPERWORK_RECEIVED']],
  ['CHANGE', ['CLIENT_CREATED']],
])('is narrowed to %s', async (kind, expected) => {
  const rows = await timeline(`?kind=${kind}`);
  expect(rows.map(({ subject, toStage, action }) => subject ?? toStage ?? action)).toEqual(expected);
});

it('is read page by page', async () => {
  const { body } = await manager.api.get(`/clients/${acme.id}/timeline?limit=3&page=2`);
  expect(body).toMatchObject({
    data: [{ subject: 'A call' }, { note: 'A box of receipts' }, { kind: 'EMAIL' }],
    pagination: { page: 2, totalCount: 7, totalPages: 3, hasNext: true },
  });
  expect(await timeline('?limit=3&page=4')).toEqual([]);
});

it('is for those who may see the client: a staff member’s own is there, another is absent', async () => {
  expect((await staff.api.get(`/clients/${acme.id}/timeline`)).rows()).toHaveLength(7);
  expect((await staff.api.get(`/clients/${other.id}/timeline`)).status).toBe(404);
});

it('refuses a kind that there is not', async () => {
  expect((await manager.api.get(`/clients/${acme.id}/timeline?kind=GOSSIP`)).status).toBe(422);
});
