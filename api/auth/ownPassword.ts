import type { Context } from 'hono';
import type { SignInLimits } from '../../services/sessions/limits';
import { isPassword } from '../../services/sessions/passwords';
import { logActivity } from '../../services/audit/logActivity';
import type { ApiEnv } from '../context';
import type { ApiDependencies } from '../dependencies';
import { invalidField } from '../errors';
import { clientAddress } from '../middleware';
import { throttle } from './origin';

/**
 * Asks for the caller's own password again before something that an unattended session must not do. Throws VALIDATION_FAILED, and
 * TOO_MANY_REQUESTS where it was guessed too often.
 */
export async function requireOwnPassword(
  c: Context<ApiEnv>,
  deps: ApiDependencies,
  limits: SignInLimits,
  { password, field }: { password: string; field: string },
): Promise<void> {
  const { db } = deps;
  const { id: userId } = c.get('user');
  await throttle(c, deps, limits.ownPassword, { key: userId, userId });
  const { rows } = await db.pool.query<{ password: string }>('SELECT password FROM users WHERE id = $1', [userId]);
  if (await isPassword(password, rows[0]?.password)) return await limits.ownPassword.giveBack(userId);
  const details = { ipAddress: clientAddress(c, deps), ownPassword: true };
  await logActivity(db.pool, { action: 'SIGN_IN_FAILED', userId, details });
  throw invalidField(field, 'The current password is not right');
}
