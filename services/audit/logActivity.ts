import { isDeepStrictEqual } from 'node:util';
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
  await db.query({
    name: 'log-activity',
    text: `INSERT INTO activity_logs (id, action, user_id, client_id, details) VALUES ($1, $2, $3, $4, $5)`,
    values: [newId(), action, userId, clientId, JSON.stringify(details)],
  });
}

/** Logs many things that were done together, in the transaction that does them. */
export async function logActivities(db: ClientBase, activities: readonly Activity[]): Promise<void> {
  const rows = activities.map(({ action, userId, clientId = null, details }) => ({
    id: newId(),
    action,
    user_id: userId,
    client_id: clientId,
    details,
  }));
  await db.query(
    `INSERT INTO activity_logs (id, action, user_id, client_id, details)
     SELECT id, action, user_id, client_id, details
     FROM jsonb_to_recordset($1::jsonb) AS row(id text, action text, user_id text, client_id text, details jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** The fields that differ between two states of a record, before and after. */
export function changedFields(
  before: object,
  after: object,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const old = new Map(Object.entries(before));
  const changed = Object.entries(after).filter(([name, value]) => !isDeepStrictEqual(asJson(old.get(name)), asJson(value)));
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, old.get(name) ?? null])),
    after: Object.fromEntries(changed),
  };
}

/** As the log keeps it: an object is the same in whatever order its keys are. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
