import type { ClientBase } from 'pg';
import { newId } from '../ids';
import { inTransaction } from '../migrations/inTransaction';

/**
 * Leaves in the activity log that a backup was brought back, and where its audit chain ended. An e-mail that waited when it was taken
 * may have been sent since: it counts as tried at the time it was made, so that it is sent again only while the provider would know it.
 */
export async function markRestored(client: ClientBase, backup: string): Promise<void> {
  const { rows } = await client.query<{ is_known: boolean }>(
    `SELECT to_regclass('activity_logs') IS NOT NULL AND to_regclass('email_logs') IS NOT NULL AS is_known`,
  );
  if (!rows[0]?.is_known) return;
  await inTransaction(client, async () => {
    await client.query(
      `INSERT INTO activity_logs (id, action, details)
       VALUES ($1, 'DATABASE_RESTORED', jsonb_build_object('backup', $2::text, 'auditHead',
         (SELECT jsonb_build_object('position', c.position, 'hash', c.hash) FROM audit_chain c ORDER BY c.position DESC LIMIT 1)))`,
      [newId(), backup],
    );
    await client.query(
      `UPDATE email_logs SET first_attempt_at = created_at WHERE status = 'PENDING' AND first_attempt_at IS NULL`,
    );
  });
}
