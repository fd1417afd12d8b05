import { addDays } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import type { ApiCaller, Reply } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';
import type { TestClient, TestFiling } from '../harness/practice';
import { makeClient, makeLtdAccounts, makeVatQuarter } from '../harness/practice';

let server: ApiServer;
let partner: { id: string; api: ApiCaller };
let staff: { id: string; api: ApiCaller };
let bluebell: TestClient;
let soon: TestFiling;

const today = londonDateOf(Date.now());
const names = (reply: Reply): unknown[] => reply.rows().map(({ companyName }) => companyName);

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER');
  staff = await server.person('STAFF');
  const { db } = server.database;
  const acorn = await makeClient(db, 'Acorn 50% Ltd');
  bluebell = await makeClient(db, 'Bluebell Ltd', { assignedUserId: staff.id });
  const gone = await makeClient(db, 'Gone Ltd');
  await db.Client.update({ nextAccountsDue: addDays(today, -1) }, { where: { id: [bluebell.id, gone.id] } });
  await db.Client.update({ nextAccountsDue: today }, { where: { id: acorn.id } });
  await db.Client.update({ isActive: false }, { where: { id: gone.id } });
  const quarter = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31' };
  soon = await makeVatQuarter(db, bluebell, { ...quarter, due: addDays(today, 30) }, staff.id);
  await makeVatQuarter(db, acorn, { ...quarter, due: addDays(today, 31) }, partner.id);
  const late = await makeVatQuarter(db, acorn, { ...quarter, period: '2023-Q4', start: '2023-10-01', due: '2024-02-07' });
  await db.VATQuarter.update({ currentStage: 'WORK_IN_PROGRESS' }, { where: { id: late.filingId } });
  const year = {
    start: '2023-04-01',
    end: '2024-03-31',
    accountsDue: '2024-12-31',
    ctDue: '2025-01-01',
    ctReturnDue: '2025-03-31',
  };
  await makeLtdAccounts(db, bluebell, year, partner.id);
}, 60_000);

afterAll(() => server.stop());

describe('clients with assignments', () => {
  it('are the active ones by name, page by page', async () => {
    const all = await partner.api.get('/clients/with-assignments');
    expect(names(all)).toEqual(['Acorn 50% Ltd', 'Bluebell Ltd']);
    const second = await partner.api.get('/clients/with-assignments?page=2&limit=1');
    expect(second.rows()).toMatchObject([{ companyName: 'Bluebell Ltd', assignedUser: { id: staff.id, name: 'STAFF person' } }]);
    expect(second.body['pagination']).toEqual({
      page: 2,
      limit: 1,
      totalCount: 2,
      totalPages: 2,
      hasNext: false,
      hasPrev: true,
    });
  });

  it('are for staff their own', async () => {
    expect(names(await staff.api.get('/clients/with-assignments'))).toEqual(['Bluebell Ltd']);
  });
});

it('tells whose accounts are overdue: active clients, due before today', async () => {
  expect(names(await partner.api.get('/clients/overdue-accounts'))).toEqual(['Bluebell Ltd']);
});

describe('searching clients', () => {
  it.each([
    ['bLuE', ['Bluebell Ltd']],
    ['50%', ['Acorn 50% Ltd']],
    ['Ltd', ['Acorn 50% Ltd', 'Bluebell Ltd']],
    ['gone', []],
    ['client.example.com', ['Acorn 50% Ltd', 'Bluebell Ltd']],
  ])('finds active ones by %s', async (text, found) => {
    expect(names(await partner.api.get(`/clients/search?q=${encodeURIComponent(text)}`))).toEqual(found);
  });

  it('finds for staff their own only', async () => {
    const found = await staff.api.get('/clients/search?q=Ltd');
    expect([names(found), found.body['pagination']]).toEqual([['Bluebell Ltd'], expect.objectContaining({ totalCount: 1 })]);
  });

  it.each([
    ['', 'q'],
    ['q=', 'q'],
    ['q=%20', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=a&limit=201', 'limit'],
    ['q=a&sortBy=password', 'sortBy'],
  ])('refuses %j', async (query, path) => {
    const refused = await partner.api.get(`/clients/search?${query}`);
    expect([refused.status, refused.body.errors?.map((error) => error.path)]).toEqual([422, [path]]);
  });
});

describe('quarters that are due', () => {
  it('are by default those to be chased within thirty days, and no id', async () => {
    const due = await partner.api.get('/vat-quarters/due');
    expect(due.status).toBe(200);
    expect(due.rows()).toMatchObject([
      { id: soon.filingId, daysLeft: 30, client: { companyName: 'Bluebell Ltd' }, assignedUser: { name: 'STAFF person' } },
    ]);
  });

  it('are those of another stage and span where told', async () => {
    expect((await partner.api.get('/vat-quarters/due?days=31')).rows()).toHaveLength(2);
    expect((await partner.api.get('/vat-quarters/due?days=29')).rows()).toEqual([]);
    expect((await partner.api.get('/vat-quarters/due?stage=WORK_IN_PROGRESS&days=3650')).rows()).toEqual([]);
  });

  it('are for staff their own', async () => {
    expect((await staff.api.get('/vat-quarters/due?days=31')).rows()).toMatchObject([{ id: soon.filingId }]);
  });

  it.each(['stage=FILED', 'days=-1', 'days=soon', 'days=3651', 'page=0', 'days=1&days=2'])('refuses %s', async (query) => {
    expect((await partner.api.get(`/vat-quarters/due?${query}`)).status).toBe(422);
  });
});

describe('workload', () => {
  const loads = async (person: { api: ApiCaller }, query = ''): Promise<unknown[]> =>
    (await person.api.get(`/reports/workload${query}`))
      .rows()
      .map(({ kind, name, count, overdue }) => [kind, name, count, overdue]);

  it('is counted by person, for both kinds', async () => {
    const all = await loads(partner);
    expect(all).toHaveLength(4);
    expect(all).toEqual(
      expect.arrayContaining([
        ['VAT_QUARTER', 'STAFF person', 1, 0],
        ['VAT_QUARTER', 'PARTNER person', 1, 0],
        ['VAT_QUARTER', null, 1, 1],
        ['LTD_ACCOUNTS', 'PARTNER person', 1, 1],
      ]),
    );
  });

  it('is counted in some stages, or of one kind', async () => {
    expect(await loads(partner, '?stages=WORK_IN_PROGRESS,QUERIES_PENDING')).toEqual([['VAT_QUARTER', null, 1, 1]]);
    expect(await loads(partner, '?kind=ltd-accounts')).toEqual([['LTD_ACCOUNTS', 'PARTNER person', 1, 1]]);
    expect(await loads(partner, '?stages=REVIEW_PENDING_MANAGER')).toEqual([]);
  });

  it('counts for staff what is their own', async () => {
    expect(await loads(staff)).toEqual([
      ['VAT_QUARTER', 'STAFF person', 1, 0],
      ['LTD_ACCOUNTS', 'PARTNER person', 1, 1],
    ]);
  });

  it.each(['stages=DONE', 'stages=', 'kind=payroll', 'userId=x'])('refuses %s', async (query) => {
    expect((await partner.api.get(`/reports/workload?${query}`)).status).toBe(422);
  });
});

it('gives what a person did on a day of London, newest first; to staff only their own', async () => {
  await server.database.asOwner(`INSERT INTO activity_logs (id, action, timestamp, user_id) VALUES
    ('a1', 'SIGNED_IN', '2024-06-30T23:30:00Z', '${staff.id}'), ('a2', 'SIGNED_OUT', '2024-07-01T22:59:59Z', '${staff.id}'),
    ('a3', 'SIGNED_IN', '2024-07-01T23:00:00Z', '${staff.id}'), ('a4', 'SIGNED_IN', '2024-06-30T22:59:59Z', '${staff.id}')`);
  const day = `/users/${staff.id}/activity?date=2024-07-01`;
  for (const { api } of [partner, staff]) expect((await api.get(day)).rows().map(({ id }) => id)).toEqual(['a2', 'a1']);
  expect((await staff.api.get(`/users/${partner.id}/activity`)).status).toBe(404);
});

describe('the activity log', () => {
  const found = async (query: string): Promise<unknown[]> =>
    (await partner.api.get(`/activity-logs?action=CLIENT_UPDATED&${query}`)).rows().map(({ id }) => id);

  beforeAll(async () => {
    await server.database.asOwner(`INSERT INTO activity_logs (id, action, timestamp, user_id, client_id) VALUES
      ('b1', 'CLIENT_UPDATED', '2024-07-09T22:59:59Z', '${partner.id}', '${bluebell.id}'),
      ('b2', 'CLIENT_UPDATED', '2024-07-09T23:00:00Z', '${partner.id}', '${bluebell.id}'),
      ('b3', 'CLIENT_UPDATED', '2024-07-10T23:00:00Z', '${partner.id}', '${bluebell.id}'),
      ('b4', 'CLIENT_UPDATED', '2024-07-10T12:00:00Z', '${partner.id}', NULL)`);
  });

  it('names the client that an entry is about', async () => {
    const rows = (await partner.api.get('/activity-logs?action=CLIENT_UPDATED&from=2024-07-10&to=2024-07-10')).rows();
    const client = { id: bluebell.id, clientCode: expect.any(String), companyName: 'Bluebell Ltd' };
    expect(rows).toMatchObject([
      { id: 'b4', client: null },
      { id: 'b2', client },
    ]);
  });

  it.each([
    ['from=2024-07-10', ['b3', 'b4', 'b2']],
    ['to=2024-07-09', ['b1']],
    ['client=bLUE', ['b3', 'b2', 'b1']],
    ['client=acorn', []],
    ['client=blue&from=2024-07-10&to=2024-07-10', ['b2']],
  ])('is narrowed by %s', async (query, ids) => {
    expect(await found(query)).toEqual(ids);
  });

  it('is narrowed by the client’s code', async () => {
    const { clientCode } = await server.database.db.Client.findByPk(bluebell.id, { rejectOnEmpty: true });
    expect(await found(`client=${clientCode}&to=2024-07-09`)).toEqual(['b1']);
  });

  it.each(['from=soon', 'to=2024-02-30', 'client=%20'])('refuses %s', async (query) => {
    expect((await partner.api.get(`/activity-logs?${query}`)).status).toBe(422);
  });
});

describe('an e-mail', () => {
  beforeAll(async () => {
    await server.database
      .asOwner(`INSERT INTO email_logs (id, recipient_email, subject, content, email_type, status, client_id, triggered_by, idempotency_key)
      VALUES ('mail', 'casey@example.com', 'Your records', 'Dear Casey', 'WORKFLOW', 'SENT', '${bluebell.id}', '${partner.id}', 'mail')`);
  });

  it('is told with its text, to staff where its client is theirs', async () => {
    for (const { api } of [partner, staff]) {
      expect((await api.get('/email-logs/mail')).row()).toMatchObject({ subject: 'Your records', content: 'Dear Casey' });
    }
    const other = await server.person('STAFF', 'Other Staff');
    expect((await other.api.get('/email-logs/mail')).status).toBe(404);
    expect((await partner.api.get('/email-logs/cabsent')).status).toBe(404);
  });
});

it.each([
  ['notes', { stage: 'PAPERWORK_RECEIVED', notes: 'x'.repeat(501) }, 'Notes too long'],
  ['assignedUserId', { stage: 'PAPERWORK_RECEIVED', assignedUserId: 'Sam' }, 'Invalid user ID'],
  ['stage', { stage: 'FILED' }, expect.stringContaining('PAPERWORK_PENDING_CHASE')],
])('refuses a transition of a quarter with the document’s words: %s', async (path, body, message) => {
  const refused = await partner.api.post(`/vat-quarters/${soon.filingId}/transitions`, body);
  expect([refused.status, refused.body.errors]).toEqual([422, [{ path, message }]]);
});
