import type { ClientBase } from 'pg';
import { newId } from '../../models/ids';
import { logActivity } from '../audit/logActivity';
import { hashToken, newToken } from './tokens';

const ABSOLUTE_DAYS = 30;
const LONGEST_USER_AGENT = 300;

/** Where a sign-in comes from. */
export interface SignInOrigin {
  kind: 'BROWSER' | 'BEARER';
  ipAddress: string | null;
  userAgent: string | null;
}

/** A session as its owner gets it, once. */
export interface NewSession {
  token: string;
  expiresAt: Date;
}

/** Opens a session for a person who has proved who they are; in the caller's transaction. */
export async function createSession(db: ClientBase, userId: string, origin: SignInOrigin): Promise<NewSession> {
  const token = newToken();
  const expiresAt = new Date(Date.now() + ABSOLUTE_DAYS * 24 * 60 * 60 * 1000);
  const userAgent = origin.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null;
  await db.query(
    `INSERT INTO sessions (id, user_id, token_hash, kind, expires_at, ip_address, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), userId, hashToken(token), origin.kind, expiresAt, origin.ipAddress, userAgent],
  );
  await db.query('UPDATE users SET last_login_at = clock_timestamp() WHERE id = $1', [userId]);
  await logActivity(db, { action: 'SIGNED_IN', userId, details: { ipAddress: origin.ipAddress } });
  return { token, expiresAt };
}
