import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';

/**
 * The open accounts filings of a client show when its confirmation statement is due; their workflows do not work with that date. To be
 * called before the client is locked, in the order in which a recording locks them.
 */
export async function moveConfirmationStatement(db: ClientBase, clientId: string, due: IsoDate): Promise<void> {
  await db.query(
    'UPDATE ltd_accounts_workflows SET cs_due_date = $2 WHERE client_id = $1 AND NOT is_completed AND NOT is_cancelled',
    [clientId, due],
  );
}
