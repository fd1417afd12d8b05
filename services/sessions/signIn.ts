import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { UserRole } from '../../domain/people';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import { isPassword } from './passwords';
import { hashToken } from './readSession';

const TOKEN_BYTES = 32;
const ABSOLUTE_DAYS = 30;

/** Where a sign-in comes from. */
export interface SignInOrigin {
  kind: 'BROWSER' | 'BEARER';
  ipAddress: string | null;
  userAgent: string | null;
}

export interface NewSession {
  token: string;
  expiresAt: Date;
  user: { id: string; name: string; email: string; role: UserRole };
}

interface UserRow {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  password: string;
  is_active: boolean;
}

/** Signs a person in with e-mail and password; undefined, after the same time, for an unknown e-mail, a wrong password, an inactive person. */
export async function signIn(db: Pool, email: string, password: string, origin: SignInOrigin): Promise<NewSession | undefined> {
  const { rows } = await db.query<UserRow>(
    `SELECT id, name, email, role::text, password, is_active FROM users WHERE email = $1 AND NOT is_system`,
    [email.toLowerCase()],
  );
  const [found] = rows;
  const isRight = await isPassword(password, found?.password);
  if (!found || !isRight || !found.is_active) {
    await logActivity(db, { action: 'SIGN_IN_FAILED', userId: found?.id ?? null, details: { ipAddress: origin.ipAddress } });
    return undefined;
  }
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(Date.now() + ABSOLUTE_DAYS * 24 * 60 * 60 * 1000);
  await inTransaction(db, async (client) => {
    await client.query(
      `INSERT INTO sessions (id, user_id, token_hash, kind, expires_at, ip_address, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), found.id, hashToken(token), origin.kind, expiresAt, origin.ipAddress, origin.userAgent?.slice(0, 300) ?? null],
    );
    await client.query('UPDATE users SET last_login_at = clock_timestamp() WHERE id = $1', [found.id]);
    await logActivity(client, { action: 'SIGNED_IN', userId: found.id, details: { ipAddress: origin.ipAddress } });
  });
  const { id, name, role } = found;
  return { token, expiresAt, user: { id, name, email: found.email, role } };
}
