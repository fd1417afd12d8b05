import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { BulkActor } from '../../domain/bulk/operations';
import { ASSIGNMENT_FIELDS } from '../../domain/clients/assignmentColumns';
import { CLIENT_ASSIGNMENTS } from '../../domain/clients/assignments';
import type { AssignmentChange } from '../../domain/clients/assignmentNotice';
import type { ImportResult } from '../../domain/clients/importResult';
import type { Database } from '../../models';
import type { KeyedOperation } from '../../models/bulk/bulkOperations';
import { tellOfAssignments } from '../../models/clients/tellOfAssignments';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import type { Repeatable } from '../bulk/bulkOperation';
import { repeatedOperation, storeBulkOperation } from '../bulk/bulkOperation';
import { carryOnBulkOperation } from '../bulk/runBulkOperation';
import type { OpenedFiling } from '../filings/startFilings';
import type { StoredRequest } from '../requests/storeRequest';
import type { ChangedClients } from './changedClients';
import { sendWhatFollows } from './changedClients';
import { clientColumns } from './clientColumns';
import type { ClientDependencies } from './clients';
import { changeClientAndFilings, CompanyNumberTakenError } from './clients';
import type { CheckClient, ImportPlan, PlannedClient } from './planImport';
import { planImport } from './planImport';

export interface ImportOptions {
  /** Only say what would happen. */
  isDryRun: boolean;
  /** Change nothing where a row is refused. */
  isAllOrNothing: boolean;
  /** Marks repetitions of the same import by the same person; null where there are none to tell. */
  idempotencyKey: string | null;
}

/** An import with what follows from it. */
export interface Imported extends ImportResult {
  /** What opens, ends and hands over the filings of these clients; null where none was made or changed. */
  operationId: string | null;
  /** Of an import that is only tried the first clients in the order of the file. */
  preview: Pick<PlannedClient, 'row' | 'clientCode' | 'companyName' | 'before' | 'fields'>[];
}

const BATCH = 500;
const MOST_SENT = 100;
/** More would be no help to anybody. */
const MOST_PROBLEMS = 1_000;
const MOST_PREVIEWED = 50;

/**
 * Imports clients from the records of a CSV file: all that is not refused, in one transaction, or nothing. The filings of what was
 * made or changed follow by a bulk operation. The same key with the same file is the same import, and gives what the first did. Throws
 * UnreadableCsvError, IdempotencyKeyReusedError, CompanyNumberTakenError where somebody took one meanwhile.
 */
export async function importClients(
  deps: ClientDependencies,
  by: BulkActor,
  records: AsyncIterable<string[]>,
  check: CheckClient,
  { isDryRun, isAllOrNothing, idempotencyKey }: ImportOptions,
): Promise<Imported> {
  const content = createHash('sha256');
  const plan = await planImport(deps.db, hashed(records, content), check);
  const { creates, updates, problems, ...counts } = plan;
  const result: ImportResult = {
    ...counts,
    created: creates.length,
    updated: updates.length,
    problems: problems.slice(0, MOST_PROBLEMS),
    moreProblems: Math.max(0, problems.length - MOST_PROBLEMS),
  };
  const nothing = { ...result, operationId: null, preview: [] };
  if (isDryRun) return { ...nothing, preview: firstOf(plan) };
  const repeatable = { idempotencyKey, asked: ['IMPORT', content.digest('hex'), isAllOrNothing] };
  // What was imported already leaves nothing to do: the answer is the first one's.
  const earlier = await repeatedOperation(deps.db.pool, by, repeatable);
  if (earlier) return repeated(earlier);
  const changes = creates.length + updates.length;
  if (changes === 0 || (isAllOrNothing && plan.refused > 0)) return nothing;
  const done = await inTransaction(deps.db.pool, (client) => applyPlan(client, deps, by, plan, result, repeatable));
  const { operation, requests, opened } = done;
  if (!operation.isNew) return repeated(operation);
  // What is more than these the relay sends.
  await sendWhatFollows(deps, { requests: requests.slice(0, MOST_SENT), opened: opened.slice(0, MOST_SENT) });
  await carryOnBulkOperation(deps, operation.id, changes, 0);
  return { ...result, operationId: operation.id, preview: [] };
}

function firstOf({ creates, updates }: ImportPlan): Imported['preview'] {
  return [...creates.slice(0, MOST_PREVIEWED), ...updates.slice(0, MOST_PREVIEWED)]
    .toSorted((a, b) => a.row - b.row)
    .slice(0, MOST_PREVIEWED)
    .map(({ row, clientCode, companyName, before, fields }) => ({ row, clientCode, companyName, before, fields }));
}

async function* hashed(records: AsyncIterable<string[]>, content: Hash): AsyncGenerator<string[]> {
  for await (const cells of records) {
    content.update(JSON.stringify(cells));
    yield cells;
  }
}

function repeated({ id, importResult }: KeyedOperation): Imported {
  if (!importResult) throw new Error(`The bulk operation ${id} is no import`);
  return { ...importResult, operationId: id, preview: [] };
}

async function applyPlan(
  client: ClientBase,
  deps: ClientDependencies,
  by: BulkActor,
  plan: ImportPlan,
  result: ImportResult,
  repeatable: Repeatable,
): Promise<Pick<ChangedClients, 'requests' | 'opened'> & { operation: KeyedOperation & { isNew: boolean } }> {
  // A file of 10,000 rows takes longer than a request may, and whoever sends it again waits for the first.
  await client.query(`SET LOCAL statement_timeout = '5min'`);
  const ids = [...plan.creates, ...plan.updates].map(({ clientId }) => clientId);
  const operation = await storeBulkOperation(client, by, { kind: 'FOLLOW_IMPORT' }, ids, repeatable, result);
  if (!operation.isNew) return { operation, requests: [], opened: [] };
  const operationId = operation.id;
  const changes: AssignmentChange[] = [];
  const requests: StoredRequest[] = [];
  const opened: OpenedFiling[] = [];
  for (let from = 0; from < plan.creates.length; from += BATCH) {
    await insertClients(client, deps.db, by, plan.creates.slice(from, from + BATCH), changes);
  }
  for (const { clientId, fields } of plan.updates) {
    changes.push(...(await assignmentsOf(client, clientId, fields)));
    const done = await changeClientAndFilings(client, deps, by, clientId, fields, 'CLIENT_UPDATED', { source: 'IMPORT' });
    requests.push(...(done?.requests ?? []));
    opened.push(...(done?.opened ?? []));
  }
  const { rows, created, updated, unchanged, refused } = result;
  const counts = { rows, created, updated, unchanged, refused };
  await logActivity(client, { action: 'CLIENTS_IMPORTED', userId: by.id, details: { ...counts, operationId } });
  await tellOfAssignments(client, by.id, changes, `import/${operationId}`);
  return { operation, requests, opened };
}

/** Inserts clients in the order of the file, so that their codes follow it. Throws CompanyNumberTakenError. */
async function insertClients(
  client: ClientBase,
  db: Database,
  by: BulkActor,
  planned: readonly PlannedClient[],
  changes: AssignmentChange[],
): Promise<void> {
  const rows = planned.map(({ clientId, fields }) => ({ id: clientId, fields }));
  const fieldNames = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))];
  const { columns } = clientColumns(db, Object.fromEntries(fieldNames.map((name) => [name, null])));
  const columnOf = new Map(fieldNames.map((name, index) => [name, columns[index] ?? name]));
  const json = rows.map(({ id, fields }) =>
    Object.fromEntries([['id', id], ...Object.entries(fields).map(([name, value]) => [columnOf.get(name) ?? name, value])]),
  );
  // What a row lacks the database's own default stands for.
  const values = columns.map((column) => `coalesce(i.${column}, d.${column})`);
  const inserted = await client.query<{ id: string; client_code: string; company_name: string }>(
    `INSERT INTO clients (id, ${columns.join(', ')})
     SELECT i.id, ${values.join(', ')} FROM jsonb_populate_recordset(NULL::clients, $1::jsonb) i,
       jsonb_populate_record(NULL::clients, $2::jsonb) d
     ON CONFLICT (company_number) DO NOTHING RETURNING id, client_code, company_name`,
    [JSON.stringify(json), JSON.stringify(DEFAULTS)],
  );
  if (inserted.rowCount !== rows.length) throw new CompanyNumberTakenError('A company number was taken meanwhile: import again');
  const known = new Map(inserted.rows.map((row) => [row.id, row]));
  for (const { id, fields } of rows) {
    const { client_code, company_name } = known.get(id) ?? { client_code: '', company_name: '' };
    changes.push(...gained(`${client_code} ${company_name}`, fields));
    await logActivity(client, {
      action: 'CLIENT_CREATED',
      userId: by.id,
      clientId: id,
      details: { after: fields, source: 'IMPORT' },
    });
  }
}

/** The columns that may not be empty, as a new client has them. */
const DEFAULTS = {
  chase_team_user_ids: [],
  is_vat_enabled: false,
  has_been_liquidated: false,
  has_charges: false,
  has_insolvency_history: false,
  paper_work_received: false,
  job_completed: false,
  sa100_filed: false,
};

function gained(subject: string, fields: Readonly<Record<string, unknown>>): AssignmentChange[] {
  return CLIENT_ASSIGNMENTS.flatMap((work): AssignmentChange[] => {
    const userId = fields[ASSIGNMENT_FIELDS[work]];
    return typeof userId === 'string' ? [{ subject, work, fromUserId: null, toUserId: userId }] : [];
  });
}

/** What people are to be told of a changed client; none where no assignment changes. */
async function assignmentsOf(
  client: ClientBase,
  clientId: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<AssignmentChange[]> {
  const works = CLIENT_ASSIGNMENTS.filter((work) => fields[ASSIGNMENT_FIELDS[work]] !== undefined);
  if (works.length === 0) return [];
  const { rows } = await client.query<Record<string, string | null>>(
    `SELECT client_code || ' ' || company_name AS subject, assigned_user_id AS general, ltd_company_assigned_user_id AS ltd,
       non_ltd_company_assigned_user_id AS "nonLtd", vat_assigned_user_id AS vat FROM clients WHERE id = $1`,
    [clientId],
  );
  const [before] = rows;
  return works.map((work) => {
    const toUserId = fields[ASSIGNMENT_FIELDS[work]];
    return {
      subject: before?.['subject'] ?? '',
      work,
      fromUserId: before?.[work] ?? null,
      toUserId: typeof toUserId === 'string' ? toUserId : null,
    };
  });
}
