import type { Database } from '../database';
import type { ClientFilter } from './clientList';
import { clientConditions } from './clientList';
import { Values, allOf, columnsOf } from './statement';
import type { Viewer } from './visibility';

const PAGE = 1_000;
const BY_NUMBER = 'substr(c.client_code, 4)::bigint';

/** A client as an export writes it: its fields, and of the people the e-mail addresses. */
export type ExportedClient = Record<string, unknown>;

/** All clients that a person may see under a filter, by their codes, a page at a time so that none is held for long. */
export async function* exportedClients(db: Database, viewer: Viewer, filter: ClientFilter): AsyncGenerator<ExportedClient[]> {
  let last = 0;
  for (;;) {
    const values = new Values();
    const conditions = [`${BY_NUMBER} > ${values.add(last)}`, ...clientConditions(db, viewer, filter, values)];
    const { rows } = await db.pool.query<ExportedClient & { number: number }>(
      `SELECT ${columnsOf(db.Client, 'c')}, ${BY_NUMBER} AS number FROM clients c WHERE ${allOf(conditions)}
       ORDER BY ${BY_NUMBER} LIMIT ${PAGE}`,
      values.list,
    );
    if (rows.length > 0) yield rows;
    last = rows.at(-1)?.number ?? last;
    if (rows.length < PAGE) return;
  }
}
