import type { ClientBase, Pool } from 'pg';
import type { SessionKind } from '../../domain/sessions';
import { IDLE_HOURS } from './readSession';

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

/** A session as its owner sees it. */
export interface OwnSession {
  id: string;
  kind: SessionKind;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
}

/** A person's sessions that still count, the last used first. */
export async function listSessions(db: Pool, userId: string): Promise<OwnSession[]> {
  const { rows } = await db.query<OwnSession>(
    `SELECT id, kind::text, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt",
       ip_address AS "ipAddress", user_agent AS "userAgent"
     FROM sessions WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()
       AND last_used_at > clock_timestamp() - interval '${IDLE_HOURS} hours'
     ORDER BY last_used_at DESC`,
    [userId],
  );
  return rows;
}
