import type { Pool } from 'pg';
import type { FilingState } from '../../domain/filings/state';

/** The e-mails of a filing to its client that are still to be sent, oldest first. */
export async function pendingEmailIds(db: Pool, { clientId, filingId }: FilingState): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'pending-emails',
    text: `SELECT id FROM email_logs WHERE client_id = $1 AND filing_id = $2 AND status = 'PENDING' ORDER BY created_at`,
    values: [clientId, filingId],
  });
  return rows.map(({ id }) => id);
}
