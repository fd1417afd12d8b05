import type { Pool } from 'pg';

/** The e-mails of a filing that are still to be sent, oldest first. */
export async function pendingEmailIds(db: Pool, filingId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'pending-emails',
    text: `SELECT id FROM email_logs WHERE filing_id = $1 AND status = 'PENDING' ORDER BY created_at`,
    values: [filingId],
  });
  return rows.map(({ id }) => id);
}
