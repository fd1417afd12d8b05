import type { Pool } from 'pg';
import type { UserRole } from '../../domain/people';
import type { SessionKind } from '../../domain/sessions';
import { hashToken } from './tokens';

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
  /** TOKEN for a program with a token of its own. */
  sessionKind: SessionKind | 'TOKEN';
}

interface SessionRow extends SignedInUser {
  isStale: boolean;
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

/** Whether a session, or a program's token, still counts; asking does not count as using it. */
export async function isStillSignedIn(db: Pool, { id, role, sessionId, sessionKind }: SignedInUser): Promise<boolean> {
  const [table, idle] =
    sessionKind === 'TOKEN'
      ? ['api_tokens', '']
      : ['sessions', `AND s.last_used_at > clock_timestamp() - interval '${IDLE_HOURS} hours'`];
  const { rowCount } = await db.query(
    `SELECT FROM ${table} s JOIN users u ON u.id = s.user_id
     WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp() ${idle}
       AND u.id = $2 AND u.role::text = $3 AND u.is_active`,
    [sessionId, id, role],
  );
  return rowCount === 1;
}
