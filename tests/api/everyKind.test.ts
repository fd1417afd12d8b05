import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { FILING_KINDS } from '../../domain/filings/stages';
import { workflowColumns } from '../../models/filings/filingColumns';
import { FILING_TABLES } from '../../models/filings/filingTables';
import { modelOf } from '../../models/queries/statement';
import * as workflows from '../../workflows';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

let server: ApiServer;
let partner: ApiCaller;

beforeAll(async () => {
  server = await ApiServer.start();
  partner = (await server.person('PARTNER')).api;
}, 60_000);

afterAll(() => server.stop());

async function columnsOf(table: string): Promise<string[]> {
  const { rows } = await server.database.db.pool.query<{ name: string }>(
    'SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = $1',
    [table],
  );
  return rows.map(({ name }) => name);
}

/** What a definition in domain/ and its entry in FILING_TABLES need besides, in every other room. */
describe.each(FILING_KINDS)('the kind %s', (kind) => {
  const definition = FILING_DEFINITIONS[kind];
  const { table, historyTable, deadlines } = FILING_TABLES[kind];

  it('has a table with every column that its workflow writes, and a column for each deadline', async () => {
    expect(Object.keys(deadlines).toSorted()).toEqual(definition.deadlines.map(({ name }) => name).toSorted());
    const columns = await columnsOf(table);
    expect(workflowColumns(kind).filter((column) => !columns.includes(column))).toEqual([]);
  });

  it('has a table for its moves like that of every other kind', async () => {
    expect((await columnsOf(historyTable)).toSorted()).toEqual(
      (await columnsOf(FILING_TABLES.VAT_QUARTER.historyTable)).toSorted(),
    );
  });

  it('has one filing of a client from a day, by the index that a moved period is refused by', async () => {
    const { rows } = await server.database.db.pool.query(
      `SELECT indisunique AS "isUnique" FROM pg_index WHERE indexrelid = to_regclass($1) AND indrelid = to_regclass($2)`,
      [`idx_${table}_client_start`, table],
    );
    expect(rows).toEqual([{ isUnique: true }]);
  });

  it('has a model of its rows and one of its moves', () => {
    expect(modelOf(server.database.db, table).tableName).toBe(table);
    expect(modelOf(server.database.db, historyTable).tableName).toBe(historyTable);
  });

  it('has a workflow that the worker knows', () => {
    expect(Object.keys(workflows)).toContain(definition.workflowType);
  });

  it('can be opened, listed and moved by the API, and seen in the browser', () => {
    const { route } = definition;
    const needed = [
      `POST /api/v1/${route}`,
      `GET /api/v1/${route}`,
      `POST /api/v1/${route}/:id/transitions`,
      `GET /${route}`,
      `GET /${route}/:id`,
    ];
    const served = server.routes.map(({ method, path }) => `${method} ${path}`);
    expect(needed.filter((one) => !served.includes(one))).toEqual([]);
  });

  it('has a chase policy that the API knows', async () => {
    const policy = await partner.get(`/settings/chase-policies/${definition.policyKind.toLowerCase()}`);
    expect(policy.status).toBe(200);
  });
});
