import type { ClientBase, Pool } from 'pg';
import type { TwoFactorMethod, UserRole } from '../../domain/people';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import type { SignInOrigin } from './createSession';
import { createSession } from './createSession';
import { isPassword } from './passwords';

/** A person as their own account shows them. */
export interface Account {
  id: string;
  name: string;
  email: string;
  role: UserRole;
}

/** What a right password leads to: a session, or the question for the second factor. */
export type PasswordOutcome =
  | { outcome: 'signedIn'; token: string; expiresAt: Date; user: Account }
  | { outcome: 'secondFactor'; method: TwoFactorMethod; user: Account };

interface UserRow extends Account {
  password: string;
  isActive: boolean;
  method: TwoFactorMethod | null;
}

/** Checks e-mail and password; undefined, after the same time, for an unknown e-mail, a wrong password, an inactive person. */
export async function signInWithPassword(
  db: Pool,
  email: string,
  password: string,
  origin: SignInOrigin,
): Promise<PasswordOutcome | undefined> {
  const { rows } = await db.query<UserRow>(
    `SELECT id, name, email, role::text, password, is_active AS "isActive", two_factor_method::text AS method
     FROM users WHERE email = $1 AND NOT is_system`,
    [email.toLowerCase()],
  );
  const [found] = rows;
  const isRight = await isPassword(password, found?.password);
  const outcome =
    found && isRight && found.isActive ? await inTransaction(db, (client) => admit(client, found, origin)) : undefined;
  if (!outcome) {
    await logActivity(db, { action: 'SIGN_IN_FAILED', userId: found?.id ?? null, details: { ipAddress: origin.ipAddress } });
  }
  return outcome;
}

/** Lets in who was found, unless the password was changed, or the person deactivated, while it was compared. */
async function admit(client: ClientBase, found: UserRow, origin: SignInOrigin): Promise<PasswordOutcome | undefined> {
  const { password, isActive: _isActive, method, ...user } = found;
  const { rowCount } = await client.query('SELECT FROM users WHERE id = $1 AND password = $2 AND is_active FOR NO KEY UPDATE', [
    user.id,
    password,
  ]);
  if (rowCount === 0) return undefined;
  if (method !== null) return { outcome: 'secondFactor', method, user };
  return { outcome: 'signedIn', ...(await createSession(client, user.id, origin)), user };
}
