import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClientBase, QueryConfig } from 'pg';
import { FILING_KINDS } from '../../domain/filings/stages';
import { CLIENT_DATES_COLUMNS } from '../filings/clientDates';
import { FILING_TABLES } from '../filings/filingTables';
import type { ClientPlan } from './clients';
import { clientRow } from './clients';
import type { FilingPlan, SeededClient } from './filings';
import { filingsOf } from './filings';
import { insertStatement } from './insertStatement';

const BATCH = 1_000;
/** Clients between two looks at what the database has to say. */
const AT_ONCE = 20;

const SEEDED_CLIENT_COLUMNS = `${CLIENT_DATES_COLUMNS}, company_name AS "companyName",
  coalesce(vat_assigned_user_id, assigned_user_id) AS "vatAssigneeId",
  coalesce(ltd_company_assigned_user_id, assigned_user_id) AS "ltdAssigneeId"`;

type PracticePlan = ClientPlan & FilingPlan;

/**
 * Inserts clients with their filings. The database always has something to do: while it takes in the filings of one batch and the
 * clients of the next but one, the filings of the one between are made.
 */
export async function insertClients(
  client: ClientBase,
  plan: PracticePlan,
  options: { clients: number; filings: boolean; onProgress: (clients: number) => void },
): Promise<void> {
  const run = inTurn(client);
  let seeded: SeededClient[] = [];
  let statements: QueryConfig[] = [];
  for (let from = 0; from < options.clients + 2 * BATCH; from += BATCH) {
    const [, next, inserted] = await Promise.all([
      Promise.all(statements.map(run)),
      options.filings ? filingStatements(plan, seeded, from - BATCH) : [],
      insertBatch(run, plan, from, Math.min(from + BATCH, options.clients)),
    ]);
    [statements, seeded] = [next, inserted];
    if (inserted.length > 0) options.onProgress(from + inserted.length);
  }
}

type Run = (statement: QueryConfig) => Promise<SeededClient[]>;

/** Runs each statement when those before it have ended: a connection takes one at a time. */
function inTurn(client: ClientBase): Run {
  let last: Promise<unknown> = Promise.resolve();
  return (statement) => {
    const result = last.then(async () => (await client.query<SeededClient>(statement)).rows);
    last = result;
    return result;
  };
}

async function insertBatch(run: Run, plan: ClientPlan, from: number, to: number): Promise<SeededClient[]> {
  const rows = await makeMany(Math.max(to - from, 0), (index) => [clientRow(plan, from + index)]);
  if (rows.length === 0) return [];
  return await run(insertStatement('clients', rows, SEEDED_CLIENT_COLUMNS));
}

async function filingStatements(plan: FilingPlan, clients: readonly SeededClient[], from: number): Promise<QueryConfig[]> {
  const filings = await makeMany(clients.length, (index) => {
    const client = clients[index];
    return client ? filingsOf(plan, client, from + index) : [];
  });
  return FILING_KINDS.flatMap((kind) => {
    const { table, historyTable } = FILING_TABLES[kind];
    const ofKind = filings.filter((filing) => filing.kind === kind);
    const moves = ofKind.flatMap(({ history }) => history);
    return [
      ...statementOf(
        table,
        ofKind.map(({ row }) => row),
      ),
      ...statementOf(historyTable, moves),
    ];
  });
}

function statementOf(table: string, rows: readonly Record<string, unknown>[]): QueryConfig[] {
  return rows.length === 0 ? [] : [insertStatement(table, rows)];
}

/** Makes things one after another, and lets the connection speak in between. */
async function makeMany<T>(count: number, make: (index: number) => T[]): Promise<T[]> {
  const things: T[] = [];
  for (let index = 0; index < count; index += 1) {
    things.push(...make(index));
    if (index % AT_ONCE === 0) await nextTurn();
  }
  return things;
}
