import type { ClientBase, Pool } from 'pg';
import type { AuditAction } from '../../domain/audit';
import { newId } from '../../models/ids';

/** What is written into the activity log. */
export interface Activity {
  action: AuditAction;
  userId: string | null;
  clientId?: string | null;
  details: Record<string, unknown>;
}

/** Logs what was done, in the transaction that does it: a change whose log row cannot be written does not happen. */
export async function logActivity(db: Pool | ClientBase, { action, userId, clientId = null, details }: Activity): Promise<void> {
  await db.query(`INSERT INTO activity_logs (id, action, user_id, client_id, details) VALUES ($1, $2, $3, $4, $5)`, [
    newId(),
    action,
    userId,
    clientId,
    JSON.stringify(details),
  ]);
}

/** The fields that differ between two states of a record, before and after. */
export function changedFields(
  before: object,
  after: object,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const old = new Map(Object.entries(before));
  const changed = Object.entries(after).filter(([name, value]) => JSON.stringify(old.get(name)) !== JSON.stringify(value));
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, old.get(name) ?? null])),
    after: Object.fromEntries(changed),
  };
}
