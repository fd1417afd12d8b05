import type { ClientBase } from 'pg';
import { DatabaseError } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import type { AuditAction } from '../../domain/audit';
import type { Database } from '../../models';
import type { ClientDates } from '../../models/filings/clientDates';
import { readClientDates } from '../../models/filings/clientDates';
import { moveConfirmationStatement } from '../../models/filings/confirmationStatements';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import type { Logger } from '../../settings/logger';
import { changedFields, logActivity } from '../audit/logActivity';
import { moveFilings } from '../filings/moveFilings';
import { openDueFilings } from '../filings/openFilings';
import type { OpenedFiling } from '../filings/startFilings';
import { startFilings } from '../filings/startFilings';
import { deliverRequests } from '../requests/deliverRequests';
import type { StoredRequest } from '../requests/storeRequest';
import type { TemporalGateway } from '../temporalGateway';
import { clientColumns } from './clientColumns';
import { followVatRegistration } from './vatRegistrationEnds';

/** What a verb about clients needs. */
export interface ClientDependencies {
  db: Database;
  temporal: TemporalGateway;
  logger: Logger;
  now: () => number;
}

export interface Person {
  id: string;
  name: string;
}

/** Another client has this company number. */
export class CompanyNumberTakenError extends Error {}

const FIELDS_OF_THE_DATABASE = new Set(['updated_at']);

/**
 * Makes a client with its code, opens the filings that are due in the same transaction, and starts their workflows; `besides` is done
 * within it as well. Throws CompanyNumberTakenError.
 */
export async function createClient(
  deps: ClientDependencies,
  by: Person,
  fields: object,
  besides: (client: ClientBase, clientId: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const { db } = deps;
  const clientId = newId();
  const { columns, values } = clientColumns(db, { ...fields, id: clientId });
  const opened = await takenExplained(() =>
    inTransaction(db.pool, async (client) => {
      const placeholders = values.map((_, index) => `$${index + 1}`).join(', ');
      await client.query(`INSERT INTO clients (${columns.join(', ')}) VALUES (${placeholders})`, values);
      await logActivity(client, { action: 'CLIENT_CREATED', userId: by.id, clientId, details: { after: fields } });
      await besides(client, clientId);
      return await openDueFilings(client, clientId, today(deps), { userId: by.id, name: by.name });
    }),
  );
  await startFilings({ ...deps, db: db.pool }, opened);
  return clientId;
}

/**
 * Changes fields of a client: its filings follow dates that changed, and what is due by the new ones is opened. False for an unknown
 * client. Throws CompanyNumberTakenError, DeregistrationUnderWayError.
 */
export async function updateClient(
  deps: ClientDependencies,
  by: Person,
  clientId: string,
  fields: object,
  action: AuditAction = 'CLIENT_UPDATED',
): Promise<boolean> {
  const { db } = deps;
  if (clientColumns(db, fields).columns.length === 0) return true;
  const done = await takenExplained(() =>
    inTransaction(db.pool, (client) => changeClientAndFilings(client, deps, by, clientId, fields, action)),
  );
  if (!done) return false;
  await startFilings({ ...deps, db: db.pool }, done.opened);
  await deliverRequests({ ...deps, db: db.pool }, done.requests);
  return true;
}

/**
 * Changes fields of a client in the caller's transaction, and gives what is to be sent once it has committed: its filings follow dates
 * that changed, and what is due is opened. Undefined for an unknown client. Throws DeregistrationUnderWayError.
 */
export async function changeClientAndFilings(
  client: ClientBase,
  deps: Pick<ClientDependencies, 'db' | 'now'>,
  by: Person,
  clientId: string,
  fields: object,
  action: AuditAction,
  details: Record<string, unknown> = {},
): Promise<{ requests: StoredRequest[]; opened: OpenedFiling[] } | undefined> {
  const due = confirmationDueOf(fields);
  if (due !== null) await moveConfirmationStatement(client, clientId, due);
  const before = await lockClientDates(client, clientId);
  if (!before || !(await changeClient(client, deps.db, by, clientId, fields, action, details))) return undefined;
  const after = await readClientDates(client, clientId);
  const notes = `The client’s dates were changed by ${by.name}`;
  const change = { before, after: after ?? before, today: today(deps), source: 'STAFF', notes };
  const requests = before.isActive ? await moveFilings(client, by, change) : [];
  requests.push(...(await followVatRegistration(client, by, change.before, change.after)));
  const opened = await openDueFilings(client, clientId, today(deps), { userId: by.id, name: by.name });
  return { requests, opened };
}

/** Changes at least one field of a client in the caller's transaction, and logs it; the row stays locked. False for an unknown client. */
export async function changeClient(
  client: ClientBase,
  db: Database,
  by: Person,
  clientId: string,
  fields: object,
  action: AuditAction,
  details: Record<string, unknown> = {},
): Promise<boolean> {
  const { columns, values } = clientColumns(db, fields);
  const before = await lockClient(client, clientId);
  if (!before) return false;
  const sets = columns.map((column, index) => `${column} = $${index + 2}`).join(', ');
  const { rows } = await client.query<Record<string, unknown>>(`UPDATE clients SET ${sets} WHERE id = $1 RETURNING *`, [
    clientId,
    ...values,
  ]);
  const { before: was, after } = changedFields(before, rows[0] ?? {});
  for (const name of FIELDS_OF_THE_DATABASE) {
    delete was[name];
    delete after[name];
  }
  await logActivity(client, { action, userId: by.id, clientId, details: { before: was, after, ...details } });
  return true;
}

function confirmationDueOf(fields: object): IsoDate | null {
  return 'nextConfirmationDue' in fields && typeof fields.nextConfirmationDue === 'string' ? fields.nextConfirmationDue : null;
}

async function lockClientDates(db: ClientBase, clientId: string): Promise<ClientDates | undefined> {
  await db.query('SELECT FROM clients WHERE id = $1 FOR NO KEY UPDATE', [clientId]);
  return await readClientDates(db, clientId);
}

/** Nothing that refers to the client waits for the lock: a recording that holds a filing which this change waits for would be a deadlock. */
async function lockClient(db: ClientBase, clientId: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await db.query<Record<string, unknown>>('SELECT * FROM clients WHERE id = $1 FOR NO KEY UPDATE', [clientId]);
  return rows[0];
}

async function takenExplained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === 'idx_clients_company_number') {
      throw new CompanyNumberTakenError('Another client has this company number');
    }
    throw error;
  }
}

function today({ now }: Pick<ClientDependencies, 'now'>): IsoDate {
  return londonDateOf(now());
}
