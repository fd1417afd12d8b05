import type { ClientBase, Pool } from 'pg';

/** Ends one session; it is refused from the next request on. */
export async function endSession(db: Pool | ClientBase, sessionId: string): Promise<void> {
  await db.query('UPDATE sessions SET revoked_at = clock_timestamp() WHERE id = $1 AND revoked_at IS NULL', [sessionId]);
}

/** Ends all sessions of a person, but for one that may be kept. */
export async function endAllSessions(
  db: Pool | ClientBase,
  userId: string,
  exceptSessionId: string | null = null,
): Promise<void> {
  await db.query(
    `UPDATE sessions SET revoked_at = clock_timestamp() WHERE user_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $2`,
    [userId, exceptSessionId],
  );
}
