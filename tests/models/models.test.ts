import { z } from 'zod';
import type { Database } from '../../models';
import { newId } from '../../models/ids';
import { createTestDatabase } from '../harness/database';
import type { TestDatabase } from '../harness/database';
import { makeUser, makeVatQuarter } from '../harness/practice';

let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  db = test.db;
});

afterAll(() => test.drop());

const company = {
  companyName: 'Round Trip Ltd',
  companyType: 'LIMITED_COMPANY',
  contactName: 'Rita Round',
  contactEmail: 'r@example.com',
} as const;

it('makes ids that every check for cuids accepts, no two alike', () => {
  const ids = Array.from({ length: 2_000 }, newId);
  expect(new Set(ids).size).toBe(2_000);
  for (const id of ids) {
    expect(z.cuid().safeParse(id).success).toBe(true);
    expect(z.cuid2().safeParse(id).success).toBe(true);
    expect(id).toMatch(/^c[0-9a-z]{24}$/);
  }
});

it('has the columns of the database in its models, no more and no fewer', async () => {
  const { rows } = await db.pool.query<{ table: string; columns: string[] }>(`
    SELECT table_name AS table, array_agg(column_name::text ORDER BY column_name) AS columns
    FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name`);
  const inDatabase = Object.fromEntries(rows.map(({ table, columns }) => [table, columns]));
  for (const table of ['schema_migrations', 'migration_batches', 'rate_limits', 'client_list_versions']) delete inDatabase[table];
  const inModels = Object.fromEntries(
    Object.values(db.sequelize.models).map((model) => [
      model.getTableName(),
      Object.entries(model.getAttributes())
        .map(([attribute, { field }]) => field ?? attribute)
        .toSorted(),
    ]),
  );
  expect(inModels).toEqual(inDatabase);
});

it('shadows no column with a field of its class', () => {
  for (const model of Object.values(db.sequelize.models)) {
    const own = Object.getOwnPropertyNames(model.build());
    expect(Object.keys(model.getAttributes()).filter((attribute) => own.includes(attribute))).toEqual([]);
  }
});

it('keeps dates as dates, decimals exact, JSON as JSON', async () => {
  const created = await db.Client.create({
    ...company,
    incorporationDate: '2024-02-29',
    annualTurnover: '9999999999999.99',
    sicCodes: ['62020', '01110'],
    registeredOfficeAddress: { address_line_1: "1 O'Connell St", postal_code: 'LS1 1AA' },
    officers: [{ name: 'ROUND, Rita' }],
    chaseTeamUserIds: ['ca', 'cb'],
    lastCTStatusUpdate: new Date('2024-03-31T00:30:00.123Z'),
  });
  const read = await db.Client.findByPk(created.id, { rejectOnEmpty: true });
  expect(read).toMatchObject({
    incorporationDate: '2024-02-29',
    annualTurnover: '9999999999999.99',
    sicCodes: ['62020', '01110'],
    registeredOfficeAddress: { address_line_1: "1 O'Connell St", postal_code: 'LS1 1AA' },
    officers: [{ name: 'ROUND, Rita' }],
    chaseTeamUserIds: ['ca', 'cb'],
    lastCTStatusUpdate: new Date('2024-03-31T00:30:00.123Z'),
    corporationTaxStatus: 'PENDING',
    ctDueSource: 'AUTO',
    isActive: true,
    nextAccountsDue: null,
  });
  const { rows } = await db.pool.query('SELECT incorporation_date, annual_turnover, created_at FROM clients WHERE id = $1', [
    created.id,
  ]);
  expect(rows).toEqual([
    { incorporation_date: '2024-02-29', annual_turnover: '9999999999999.99', created_at: created.createdAt },
  ]);
});

it('counts in numbers, and refuses one that does not fit', async () => {
  expect((await db.pool.query(`SELECT count(*) AS n FROM users`)).rows).toEqual([{ n: expect.any(Number) }]);
  await expect(db.pool.query('SELECT 9007199254740993::bigint AS n')).rejects.toThrow('9007199254740993 does not fit a number');
});

it('gives out client codes once each, with fifty creations at the same time', async () => {
  const clients = await Promise.all(Array.from({ length: 50 }, () => db.Client.create(company)));
  const codes = clients.map((client) => client.clientCode);
  expect(new Set(codes).size).toBe(50);
  for (const code of codes) expect(code).toMatch(/^NZ-[1-9]\d*$/);
});

it('reaches every relationship of the data model', async () => {
  const user = await makeUser(db, 'Una User', 'STAFF');
  const client = await db.Client.create({
    ...company,
    assignedUserId: user.id,
    ltdCompanyAssignedUserId: user.id,
    nonLtdCompanyAssignedUserId: user.id,
    vatAssignedUserId: user.id,
  });
  const quarter = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };
  const { filingId } = await makeVatQuarter(db, { id: client.id, code: client.clientCode }, quarter, user.id);
  const history = {
    userId: user.id,
    userName: user.name,
    userRole: 'STAFF',
    source: 'API',
    sequence: 1,
    stageChangedAt: new Date(),
  } as const;
  await db.VATWorkflowHistory.create({ ...history, filingId, toStage: 'PAPERWORK_RECEIVED', transitionId: newId() });
  const ltd = await db.LtdAccountsWorkflow.create({
    clientId: client.id,
    assignedUserId: user.id,
    filingPeriodStart: '2023-04-01',
    filingPeriodEnd: '2024-03-31',
    accountsDueDate: '2024-12-31',
    ctDueDate: '2025-01-01',
    ctReturnDueDate: '2025-03-31',
    csDueDate: '2024-10-14',
    filingDueDate: '2024-12-31',
    workflowId: `ltd-accounts:${client.clientCode}:2024-03-31`,
  });
  await db.LtdAccountsWorkflowHistory.create({
    ...history,
    filingId: ltd.id,
    toStage: 'PAPERWORK_RECEIVED',
    transitionId: newId(),
  });
  await db.ActivityLog.create({ action: 'CLIENT_CREATED', userId: user.id, clientId: client.id, details: { by: 'test' } });
  await db.Communication.create({ type: 'PHONE', subject: 'Call', content: 'Rang', clientId: client.id, sentByUserId: user.id });
  await db.EmailLog.create({
    recipientEmail: 'r@example.com',
    subject: 'Hello',
    content: 'Hello',
    emailType: 'NOTIFICATION',
    clientId: client.id,
    triggeredBy: user.id,
    idempotencyKey: newId(),
  });
  await db.Notification.create({ userId: user.id, type: 'TEST', title: 'T', message: 'M' });

  const read = await db.Client.findByPk(client.id, {
    include: [
      'assignedUser',
      'ltdAssignedUser',
      'nonLtdAssignedUser',
      'vatAssignedUser',
      'activityLogs',
      'communications',
      'emailLogs',
      'ltdWorkflows',
    ],
    rejectOnEmpty: true,
  });
  for (const assigned of [read.assignedUser, read.ltdAssignedUser, read.nonLtdAssignedUser, read.vatAssignedUser]) {
    expect(assigned?.id).toBe(user.id);
  }
  expect([read.activityLogs, read.communications, read.emailLogs, read.ltdWorkflows].map((rows) => rows?.length)).toEqual([
    1, 1, 1, 1,
  ]);

  const person = await db.User.findByPk(user.id, {
    include: [
      'assignedClients',
      'ltdAssignedClients',
      'nonLtdAssignedClients',
      'vatAssignedClients',
      'assignedVATQuarters',
      'assignedLtdWorkflows',
      'activityLogs',
      'sentCommunications',
      'triggeredEmailLogs',
      'notifications',
    ],
    rejectOnEmpty: true,
  });
  expect(person.assignedClients?.[0]?.id).toBe(client.id);
  expect(person.ltdAssignedClients?.[0]?.id).toBe(client.id);
  expect(person.nonLtdAssignedClients?.[0]?.id).toBe(client.id);
  expect(person.vatAssignedClients?.[0]?.id).toBe(client.id);
  expect(person.assignedVATQuarters?.[0]?.id).toBe(filingId);
  expect(person.assignedLtdWorkflows?.[0]?.id).toBe(ltd.id);
  expect(
    [person.activityLogs, person.sentCommunications, person.triggeredEmailLogs, person.notifications].map((rows) => rows?.length),
  ).toEqual([1, 1, 1, 1]);

  const vat = await db.VATQuarter.findByPk(filingId, {
    include: ['client', 'assignedUser', 'workflowHistory'],
    rejectOnEmpty: true,
  });
  expect([vat.client?.id, vat.assignedUser?.id, vat.workflowHistory?.[0]?.toStage]).toEqual([
    client.id,
    user.id,
    'PAPERWORK_RECEIVED',
  ]);
  const accounts = await db.LtdAccountsWorkflow.findByPk(ltd.id, {
    include: ['client', 'assignedUser', 'workflowHistory'],
    rejectOnEmpty: true,
  });
  expect([accounts.client?.id, accounts.assignedUser?.id, accounts.workflowHistory?.length]).toEqual([client.id, user.id, 1]);
  const [entry] = await db.ActivityLog.findAll({ where: { clientId: client.id }, include: ['user', 'client'] });
  expect([entry?.user?.id, entry?.client?.id, entry?.details]).toEqual([user.id, client.id, { by: 'test' }]);
  const [email] = await db.EmailLog.findAll({ where: { clientId: client.id }, include: ['client', 'triggeredByUser'] });
  expect([email?.client?.id, email?.triggeredByUser?.id, email?.status]).toEqual([client.id, user.id, 'PENDING']);
  const [call] = await db.Communication.findAll({ where: { clientId: client.id }, include: ['client', 'sentBy'] });
  expect([call?.client?.id, call?.sentBy?.id]).toEqual([client.id, user.id]);
});

it('keeps two databases of one process apart', async () => {
  const other = await createTestDatabase();
  try {
    const here = await db.Client.create({ ...company, companyName: 'Only Here Ltd' });
    expect(await other.db.Client.findByPk(here.id)).toBeNull();
    expect(await db.Client.findByPk(here.id)).not.toBeNull();
  } finally {
    await other.drop();
  }
});
