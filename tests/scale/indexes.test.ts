import { addDays } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { parseFilter } from '../../domain/clients/advancedFilter';
import type { Database } from '../../models';
import { clientActivity, userActivityOfDay } from '../../models/queries/activity';
import { clientTimeline } from '../../models/queries/clientTimeline';
import { countClients, listClients } from '../../models/queries/clientList';
import { clientsWithAssignments, overdueAccounts, searchClients } from '../../models/queries/clients';
import { vatQuartersDue } from '../../models/queries/vatQuarters';
import type { Viewer } from '../../models/queries/visibility';
import { workloadByPerson } from '../../models/queries/reports/workload';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { planOf, statementsOf } from './explain';
import type { Statement } from './explain';
import { LARGE_PRACTICE, clientId, makeLargePractice, userId } from './largePractice';

const today = londonDateOf(Date.now());
const LARGE_TABLES = ['clients', 'vat_quarters', 'activity_logs'];
const FILLING_SECONDS = 120;

let database: TestDatabase;
let db: Database;
let seconds: number;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ db } = database);
  const started = Date.now();
  await makeLargePractice(database.adminUrl, today);
  seconds = (Date.now() - started) / 1000;
}, 300_000);

afterAll(() => database.drop());

it('is as large as it says, and made in under two minutes', async () => {
  const { rows } = await db.pool.query(`SELECT (SELECT count(*) FROM clients) AS clients,
    (SELECT count(*) FROM vat_quarters) AS "vatQuarters", (SELECT count(*) FROM activity_logs) AS activities`);
  const { clients, vatQuarters, activities } = LARGE_PRACTICE;
  expect(rows).toEqual([{ clients, vatQuarters, activities }]);
  expect(seconds).toBeLessThan(FILLING_SECONDS);
});

const FIRST = { page: 1, limit: 50 };
const FAR = { page: 1_500, limit: 50 };
const PENDING = { stage: 'PAPERWORK_PENDING_CHASE', days: 30 } as const;

/** Each query of data-models.md by the table that it reads most of. */
const QUERIES: [name: string, table: string, query: (viewer: Viewer) => Promise<unknown>][] = [
  ['clients with assignments', 'clients', (viewer) => clientsWithAssignments(db, viewer, FIRST)],
  ['clients with assignments, far behind', 'clients', (viewer) => clientsWithAssignments(db, viewer, FAR)],
  ['how many clients with assignments there are', 'clients', (viewer) => countClients(db, viewer, { active: true })],
  ['overdue accounts', 'clients', (viewer) => overdueAccounts(db, viewer, today, FIRST)],
  ['clients by a name', 'clients', (viewer) => searchClients(db, viewer, 'bluebell 00', FIRST)],
  ['clients by a number', 'clients', (viewer) => searchClients(db, viewer, '00012345', FIRST)],
  ['clients whose name holds a text', 'clients', (viewer) => filtered(viewer, 'companyName', 'contains', 'BELL 00')],
  ['clients whose name begins so', 'clients', (viewer) => filtered(viewer, 'companyName', 'startsWith', 'granite 00')],
  ['clients of one e-mail address', 'clients', (viewer) => filtered(viewer, 'contactEmail', 'equals', 'Casey@Example.com')],
  ['clients of a person', 'clients', (viewer) => filtered(viewer, 'assignedUserId', 'equals', userId(3))],
  ['clients due within days', 'clients', (viewer) => filtered(viewer, 'nextAccountsDue', 'between', today, addDays(today, 3))],
  ['quarters due within thirty days', 'vat_quarters', (viewer) => vatQuartersDue(db, viewer, today, { ...PENDING, ...FIRST })],
  [
    'workload in two stages',
    'vat_quarters',
    (viewer) => workloadByPerson(db, 'VAT_QUARTER', viewer, today, { stages: ['WORK_IN_PROGRESS', 'QUERIES_PENDING'] }),
  ],
  ['workload in all stages', 'vat_quarters', (viewer) => workloadByPerson(db, 'VAT_QUARTER', viewer, today)],
  ['a client’s activity', 'activity_logs', () => clientActivity(db, clientId(4_711))],
  ['a client’s timeline', 'activity_logs', () => clientTimeline(db, clientId(4_711), FIRST)],
  [
    'a person’s activity of a day',
    'activity_logs',
    ({ userId }) => userActivityOfDay(db, { userId, role: 'MANAGER' }, userId, today),
  ],
];

/** Clients by one condition of an AdvancedFilter. */
async function filtered(viewer: Viewer, field: string, operator: string, value: string, value2?: string): Promise<unknown> {
  const parsed = parseFilter({
    groupOperator: 'AND',
    groups: [{ operator: 'AND', conditions: [{ field, operator, value, value2 }] }],
  });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return await listClients(db, viewer, { ...FIRST, advanced: parsed.filter });
}

const VIEWERS: Viewer[] = [
  { userId: userId(7), role: 'PARTNER' },
  { userId: userId(7), role: 'STAFF' },
];

/** Asserts that a statement reads a table by one of its indexes, and no large table from end to end. */
async function expectIndexed(statement: Statement, table: string): Promise<void> {
  const steps = await planOf(db.pool, statement);
  const scanned = steps.filter((step) => step.type.includes('Seq Scan') && LARGE_TABLES.includes(step.table ?? ''));
  expect({ scanned, statement: statement.text }).toEqual({ scanned: [], statement: statement.text });
  expect(steps.filter(({ index }) => index?.includes(table))).not.toEqual([]);
}

describe.each(VIEWERS)('for $role', (viewer) => {
  it.each(QUERIES)('%s: read from %s by an index', async (_name, table, query) => {
    const statements = await statementsOf(db.pool, () => query(viewer));
    expect(statements).not.toEqual([]);
    for (const statement of statements) await expectIndexed(statement, table);
  });

  // The page, that is: how many there are in all can only be told by reading them all, and is remembered.
  it.each(['ltd', 'ac'])('clients by %s, which many have: read from clients by an index', async (text) => {
    const [page] = await statementsOf(db.pool, () => searchClients(db, viewer, text, FIRST));
    if (page) await expectIndexed(page, 'clients');
    expect.hasAssertions();
  });
});
