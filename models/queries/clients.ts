import type { IsoDate } from '../../domain/calendar/dates';
import type { Database } from '../database';
import { CLIENT_ROW_JOINS, clientRowColumns } from './clientRow';
import type { ClientRow } from './clientRow';
import { clientSearch } from './clientSearch';
import { Values, allOf } from './statement';
import { visibleClients } from './visibility';
import type { Viewer } from './visibility';

/** How many rows a query gives that has no pages of its own. */
const MOST_ROWS = 1_000;

/** Active clients by name, with the people of their assignments. */
export async function clientsWithAssignments(db: Database, viewer: Viewer, limit = MOST_ROWS): Promise<ClientRow[]> {
  const values = new Values();
  return readClients(db, ['c.is_active', ...visibleClients(viewer, values, 'c')], values, 'c.company_name, c.id', limit);
}

/** Active clients whose accounts were due before `today` (a date in London), the longest overdue first. */
export async function overdueAccounts(db: Database, viewer: Viewer, today: IsoDate, limit = MOST_ROWS): Promise<ClientRow[]> {
  const values = new Values();
  const conditions = ['c.is_active', `c.next_accounts_due < ${values.add(today)}`, ...visibleClients(viewer, values, 'c')];
  return readClients(db, conditions, values, 'c.next_accounts_due, c.id', limit);
}

/** Active clients by name that a text is part of: name, company number, contact's e-mail or code, in upper or lower case. */
export async function searchClients(db: Database, viewer: Viewer, text: string, limit = MOST_ROWS): Promise<ClientRow[]> {
  const values = new Values();
  const conditions = ['c.is_active', clientSearch(text.trim(), values, 'c'), ...visibleClients(viewer, values, 'c')];
  return readClients(db, conditions, values, 'c.company_name, c.id', limit);
}

async function readClients(
  db: Database,
  conditions: readonly string[],
  values: Values,
  order: string,
  limit: number,
): Promise<ClientRow[]> {
  const { rows } = await db.pool.query<ClientRow>(
    `SELECT ${clientRowColumns(db)} FROM clients c ${CLIENT_ROW_JOINS}
     WHERE ${allOf(conditions)} ORDER BY ${order} LIMIT ${values.add(limit)}`,
    values.list,
  );
  return rows;
}
