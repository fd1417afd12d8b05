import { QueryTypes } from 'sequelize';
import type { Database } from '../database';

/** The e-mails of a filing that are still to be sent, oldest first. */
export async function pendingEmailIds(db: Database, filingId: string): Promise<string[]> {
  const rows = await db.sequelize.query<{ id: string }>(
    `SELECT id FROM email_logs WHERE filing_id = $1 AND status = 'PENDING' ORDER BY created_at`,
    { bind: [filingId], type: QueryTypes.SELECT },
  );
  return rows.map(({ id }) => id);
}
