import type { Database } from '../../models';
import { countClients, listClients } from '../../models/queries/clientList';
import { clientsWithAssignments, overdueAccounts, searchClients } from '../../models/queries/clients';
import { countFilings, listFilings } from '../../models/queries/filingList';
import { vatQuartersDue } from '../../models/queries/vatQuarters';
import { workloadByPerson } from '../../models/queries/reports/workload';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import type { TestUser } from '../harness/practice';
import { makeClient, makeUser, makeVatQuarter } from '../harness/practice';

const TODAY = '2036-04-20';
const DUE_SOON = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
const DUE_LATER = { period: '2036-Q2', start: '2036-04-01', end: '2036-06-30', due: '2036-08-07' };

let database: TestDatabase;
let db: Database;
let partner: TestUser;
let staff: TestUser;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ db } = database);
  partner = await makeUser(db, 'Pat Partner', 'PARTNER');
  staff = await makeUser(db, 'Sam Staff', 'STAFF');
  const [bluebell, acorn] = [await makeClient(db, 'Bluebell Ltd'), await makeClient(db, 'Acorn 50% Ltd')];
  await db.pool.query(`UPDATE clients SET vat_assigned_user_id = $2, next_accounts_due = '2036-04-19' WHERE id = $1`, [
    bluebell.id,
    staff.id,
  ]);
  await db.pool.query(`UPDATE clients SET next_accounts_due = $2 WHERE id = $1`, [acorn.id, TODAY]);
  await makeVatQuarter(db, bluebell, DUE_SOON, staff.id);
  await makeVatQuarter(db, acorn, DUE_SOON);
  await makeVatQuarter(db, acorn, DUE_LATER);
});

afterAll(() => database.drop());

const everyone = (): { userId: string; role: 'PARTNER' } => ({ userId: partner.id, role: 'PARTNER' });
const own = (): { userId: string; role: 'STAFF' } => ({ userId: staff.id, role: 'STAFF' });
const FIRST = { page: 1, limit: 50 };
const names = (rows: readonly { companyName: string }[]): string[] => rows.map(({ companyName }) => companyName);

it('gives active clients by name with the people of their assignments', async () => {
  const clients = await clientsWithAssignments(db, everyone(), FIRST);
  expect(names(clients.rows)).toEqual(['Acorn 50% Ltd', 'Bluebell Ltd']);
  expect(clients.rows[1]?.vatAssignedUser).toEqual({ id: staff.id, name: 'Sam Staff', email: `${staff.id}@example.com` });
  expect(names((await clientsWithAssignments(db, own(), FIRST)).rows)).toEqual(['Bluebell Ltd']);
});

it('finds clients whose accounts were due before today, not those of today', async () => {
  expect(names((await overdueAccounts(db, everyone(), TODAY, FIRST)).rows)).toEqual(['Bluebell Ltd']);
});

it.each([
  ['ACORN', ['Acorn 50% Ltd']],
  ['50%', ['Acorn 50% Ltd']],
  ['_', []],
  ['nz-1', ['Bluebell Ltd']],
  ['@CLIENT.example', ['Acorn 50% Ltd', 'Bluebell Ltd']],
])('searches clients by %s, signs taken as they are', async (text, expected) => {
  expect(names((await searchClients(db, everyone(), text, FIRST)).rows)).toEqual(expected);
  expect(await countClients(db, everyone(), { search: text })).toBe(expected.length);
});

it('counts and pages the same rows that it lists', async () => {
  const page = await listClients(db, everyone(), { page: 2, limit: 1 });
  expect([names(page.rows), page.totalCount]).toEqual([['Bluebell Ltd'], 2]);
  const filings = await listFilings(db, 'VAT_QUARTER', everyone(), { page: 1, limit: 1 }, TODAY);
  expect(filings.totalCount).toBe(await countFilings(db, 'VAT_QUARTER', everyone(), {}, TODAY));
  expect(await countFilings(db, 'VAT_QUARTER', own(), {}, TODAY)).toBe(1);
});

it('finds the quarters of a stage that are due within thirty days', async () => {
  const pending = { stage: 'PAPERWORK_PENDING_CHASE', ...FIRST } as const;
  const due = await vatQuartersDue(db, everyone(), TODAY, { ...pending, days: 30 });
  expect(Object.fromEntries(due.rows.map(({ client, daysLeft }) => [client.companyName, daysLeft]))).toEqual({
    'Acorn 50% Ltd': 17,
    'Bluebell Ltd': 17,
  });
  expect((await vatQuartersDue(db, everyone(), TODAY, { ...pending, days: 16 })).rows).toEqual([]);
  expect((await vatQuartersDue(db, own(), TODAY, { ...pending, days: 17 })).totalCount).toBe(1);
  expect((await vatQuartersDue(db, everyone(), TODAY, { ...pending, stage: 'PAPERWORK_CHASED', days: 30 })).rows).toEqual([]);
});

it('tells how many open quarters each person has', async () => {
  const workload = await workloadByPerson(db, 'VAT_QUARTER', everyone(), '2036-05-08');
  expect(workload.map(({ name, count, overdue }) => ({ name, count, overdue }))).toEqual([
    { name: null, count: 2, overdue: 1 },
    { name: 'Sam Staff', count: 1, overdue: 1 },
  ]);
  expect(
    await workloadByPerson(db, 'VAT_QUARTER', everyone(), TODAY, { stages: ['WORK_IN_PROGRESS', 'QUERIES_PENDING'] }),
  ).toEqual([]);
  expect(await workloadByPerson(db, 'LTD_ACCOUNTS', everyone(), TODAY)).toEqual([]);
});
