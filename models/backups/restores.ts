import type { Pool } from 'pg';
import type { AuditHead } from '../../domain/audit';

/** Every time that a backup was brought back, as the activity log has it, oldest first. */
export async function readRestores(
  db: Pool,
): Promise<{ id: string; restored: { backup: string; auditHead: AuditHead | null } }[]> {
  const { rows } = await db.query<{ id: string; restored: { backup: string; auditHead: AuditHead | null } }>(
    `SELECT id, details AS restored FROM activity_logs WHERE action = 'DATABASE_RESTORED' ORDER BY timestamp`,
  );
  return rows;
}
