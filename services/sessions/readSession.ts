import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { UserRole } from '../../domain/people';

/** How long a session lasts that nobody uses. */
export const IDLE_HOURS = 12;
/** A session is marked as used at most once in this time. */
const TOUCH_EVERY_SECONDS = 60;

/** The person behind a request. */
export interface SignedInUser {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  sessionId: string;
  sessionKind: 'BROWSER' | 'BEARER';
}

interface SessionRow extends SignedInUser {
  isStale: boolean;
}

/** Tokens are stored hashed: whoever reads the database cannot sign in with them. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The person whose session a token is, in one statement; undefined for an unknown, ended or idle one, or an inactive person. */
export async function readSession(db: Pool, token: string): Promise<SignedInUser | undefined> {
  const { rows } = await db.query<SessionRow>({
    name: 'read-session',
    text: `SELECT u.id, u.name, u.email, u.role::text, s.id AS "sessionId", s.kind::text AS "sessionKind",
        s.last_used_at < clock_timestamp() - interval '${TOUCH_EVERY_SECONDS} seconds' AS "isStale"
      FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp()
        AND s.last_used_at > clock_timestamp() - interval '${IDLE_HOURS} hours' AND u.is_active AND NOT u.is_system`,
    values: [hashToken(token)],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { isStale, ...user } = row;
  if (isStale) await db.query('UPDATE sessions SET last_used_at = clock_timestamp() WHERE id = $1', [user.sessionId]);
  return user;
}
