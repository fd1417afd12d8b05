import type { CsvColumn } from '../../domain/clients/csvColumns';
import { columnByHeader } from '../../domain/clients/csvColumns';
import type { CellProblem, RowProblem } from '../../domain/clients/importResult';
import { normaliseCompanyNumber } from '../../domain/uk/companyNumber';
import type { Database } from '../../models';
import { newId } from '../../models/ids';
import { columnsOf } from '../../models/queries/statement';
import { UnreadableCsvError } from '../csv/readCsv';
import type { KnownUser, ReadRow } from './importRow';
import { isSame, problemOf, readRow } from './importRow';

/** Rows of a file, the header not counted. */
export const MOST_ROWS = 10_000;
const BATCH = 500;

/** Checks the fields of a client by the same rules as the API: of a new one all, of a known one those that change. */
export type CheckClient = (
  fields: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>> | null,
) => { fields: Record<string, unknown> } | { problems: { field: string; message: string }[] };

/** A client that a file makes or changes. */
export interface PlannedClient {
  clientId: string;
  /** As people know it; a new one has no code yet. */
  clientCode: string | null;
  companyName: string;
  row: number;
  /** What the fields that change were; null of a new client. */
  before: Record<string, unknown> | null;
  /** The fields that it is made with, or that change. */
  fields: Record<string, unknown>;
}

/** What a file would do. */
export interface ImportPlan {
  rows: number;
  creates: PlannedClient[];
  updates: PlannedClient[];
  unchanged: number;
  refused: number;
  problems: RowProblem[];
}

type KnownClient = Record<string, unknown> & { id: string; clientCode: string };

/**
 * Reads a file to its end and says what it would do, row by row; nothing is stored. A row is about the client with its client code, else
 * with its company number, else with its VAT number, else about a new one. Throws UnreadableCsvError.
 */
export async function planImport(db: Database, records: AsyncIterable<string[]>, check: CheckClient): Promise<ImportPlan> {
  const users = await knownUsers(db);
  const plan: ImportPlan = { rows: 0, creates: [], updates: [], unchanged: 0, refused: 0, problems: [] };
  const seen = new Map<string, number>();
  let columns: CsvColumn[] | undefined;
  let batch: { row: number; read: ReadRow }[] = [];
  const planBatch = async (): Promise<void> => {
    const clients = await knownClients(
      db,
      batch.map(({ read }) => read),
    );
    for (const { row, read } of batch) planRow(plan, row, read, { clients, seen, users, check });
    batch = [];
  };
  for await (const cells of records) {
    if (!columns) {
      columns = columnsOfHeader(cells);
      continue;
    }
    plan.rows += 1;
    if (plan.rows > MOST_ROWS)
      throw new UnreadableCsvError(`The file may have ${MOST_ROWS.toLocaleString('en-GB')} rows at most`);
    batch.push({ row: plan.rows + 1, read: readRow(columns, cells, users) });
    if (batch.length === BATCH) await planBatch();
  }
  if (!columns) throw new UnreadableCsvError('The file is empty: its first line names the columns');
  await planBatch();
  return plan;
}

function columnsOfHeader(cells: readonly string[]): CsvColumn[] {
  const columns = cells.map((cell) => {
    const column = columnByHeader(cell);
    if (column) return column;
    throw new UnreadableCsvError(
      `There is no column “${cell.slice(0, 50)}”. The page of the import lists the columns, and has a sample file`,
    );
  });
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice) throw new UnreadableCsvError(`The column ${twice.name} is there twice`);
  return columns;
}

interface Context {
  clients: readonly KnownClient[];
  /** The rows in which each client was met. */
  seen: Map<string, number>;
  users: readonly KnownUser[];
  check: CheckClient;
}

function planRow(plan: ImportPlan, row: number, read: ReadRow, context: Context): void {
  const refuse = (problems: readonly CellProblem[]): void => {
    plan.refused += 1;
    plan.problems.push(...problems.map((problem) => ({ row, ...problem })));
  };
  const found = findClient(read, context.clients);
  if ('problem' in found) return refuse([...read.problems, found.problem]);
  const { client } = found;
  const problems = [...read.problems, ...seenBefore(row, read, client, context.seen)];
  const changed = Object.fromEntries([...read.fields].filter(([field, value]) => !isSame(client?.[field], value)));
  problems.push(...whatMayNotChange(read, client, changed, context.users));
  const checked = context.check(client ? changed : withoutNothing(changed), client);
  if ('problems' in checked) problems.push(...checked.problems.map(({ field, message }) => cellProblem(read, field, message)));
  if (problems.length > 0 || 'problems' in checked) return refuse(problems);
  if (!client) {
    const made = { clientId: newId(), clientCode: null, companyName: textOf(checked.fields['companyName']) };
    return void plan.creates.push({ ...made, row, before: null, fields: checked.fields });
  }
  // Written as they are stored, some values turn out to be what they were.
  const fields = Object.fromEntries(Object.entries(checked.fields).filter(([field, value]) => !isSame(client[field], value)));
  if (Object.keys(fields).length === 0) plan.unchanged += 1;
  else {
    const before = Object.fromEntries(Object.keys(fields).map((field) => [field, client[field] ?? null]));
    plan.updates.push({
      clientId: client.id,
      clientCode: client.clientCode,
      companyName: textOf(client['companyName']),
      row,
      before,
      fields,
    });
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A new client lacks what is not given. */
function withoutNothing(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function cellProblem(read: ReadRow, field: string, message: string): CellProblem {
  const found = read.cells.get(field);
  return found ? problemOf(found.column, found.cell, message) : { column: field, value: '', message };
}

function findClient(read: ReadRow, clients: readonly KnownClient[]): { client: KnownClient | null } | { problem: CellProblem } {
  const keys = keysOf(read);
  if (keys.clientCode !== null) {
    const client = clients.find(({ clientCode }) => clientCode === keys.clientCode);
    if (!client)
      return { problem: cellProblem(read, 'clientCode', 'There is no client with this code; leave it empty for a new one') };
    read.fields.set('clientCode', client.clientCode);
    const other = clients.find(({ id, companyNumber }) => companyNumber === keys.companyNumber && id !== client.id);
    return keys.companyNumber !== null && other
      ? { problem: cellProblem(read, 'companyNumber', 'Another client has this company number') }
      : { client };
  }
  // It is not among what changes.
  read.fields.delete('clientCode');
  const byNumber = keys.companyNumber === null ? undefined : clients.find((one) => one['companyNumber'] === keys.companyNumber);
  if (byNumber) return { client: byNumber };
  const byVat = keys.vatNumber === null ? [] : clients.filter((one) => one['vatNumber'] === keys.vatNumber);
  const [client = null] = byVat;
  if (byVat.length > 1) {
    return { problem: cellProblem(read, 'vatNumber', 'Several clients have this VAT number: give the client code') };
  }
  const isAnother = client !== null && keys.companyNumber !== null && client['companyNumber'] !== null;
  return isAnother
    ? { problem: cellProblem(read, 'vatNumber', 'A client with another company number has this VAT number') }
    : { client };
}

interface Keys {
  clientCode: string | null;
  companyNumber: string | null;
  vatNumber: string | null;
}

/** What a row says of whom it is about, written as the database has it. */
function keysOf({ fields }: ReadRow): Keys {
  const text = (field: string): string | null => {
    const value = fields.get(field);
    return typeof value === 'string' && value.trim() !== '' ? value.trim().toUpperCase() : null;
  };
  const companyNumber = text('companyNumber');
  return {
    clientCode: text('clientCode'),
    companyNumber: companyNumber && normaliseCompanyNumber(companyNumber),
    vatNumber: text('vatNumber'),
  };
}

/** Two rows about one client would depend on their order. */
function seenBefore(row: number, read: ReadRow, client: KnownClient | null, seen: Map<string, number>): CellProblem[] {
  const { companyNumber, vatNumber } = keysOf(read);
  const names = client ? [client.id] : [companyNumber, vatNumber].filter((name) => name !== null);
  const earlier = names.map((name) => seen.get(name)).find((known) => known !== undefined);
  for (const name of names) if (!seen.has(name)) seen.set(name, row);
  return earlier === undefined ? [] : [{ column: null, value: '', message: `Row ${earlier} is about the same client` }];
}

function whatMayNotChange(
  read: ReadRow,
  client: KnownClient | null,
  changed: Record<string, unknown>,
  users: readonly KnownUser[],
): CellProblem[] {
  const problems: CellProblem[] = [];
  for (const { column, cell } of read.cells.values()) {
    const { field, isFixed, type } = column;
    if (!Object.hasOwn(changed, field)) continue;
    if (isFixed) {
      // Of a new client it is not known yet, and an empty cell says nothing.
      if (client && cell.trim() !== '') problems.push(problemOf(column, cell, `${column.name} cannot be changed by an import`));
      delete changed[field];
    } else if (type === 'user' || type === 'users') {
      const ids = new Set([changed[field]].flat());
      const left = users.find(({ id, isActive }) => ids.has(id) && !isActive && !isAmong(client?.[field], id));
      if (left) problems.push(problemOf(column, cell, `${left.email} has left the practice`));
    }
  }
  return problems;
}

function isAmong(before: unknown, userId: string): boolean {
  return Array.isArray(before) && before.includes(userId);
}

async function knownUsers({ pool }: Database): Promise<KnownUser[]> {
  const { rows } = await pool.query<KnownUser>(
    `SELECT id, lower(email) AS email, is_active AS "isActive" FROM users WHERE NOT is_system`,
  );
  return rows;
}

async function knownClients(db: Database, reads: readonly ReadRow[]): Promise<KnownClient[]> {
  const keys = reads.map(keysOf);
  const given = (key: keyof Keys): string[] => keys.flatMap((each) => each[key] ?? []);
  const { rows } = await db.pool.query<KnownClient>(
    `SELECT ${columnsOf(db.Client, 'c')} FROM clients c WHERE c.id IN (
       SELECT id FROM clients WHERE client_code = ANY($1)
       UNION SELECT id FROM clients WHERE company_number = ANY($2)
       UNION SELECT id FROM clients WHERE vat_number = ANY($3))`,
    [given('clientCode'), given('companyNumber'), given('vatNumber')],
  );
  return rows;
}
