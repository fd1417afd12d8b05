import { z } from '@hono/zod-openapi';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../../services/audit/logActivity';
import { endAllSessions } from '../../services/sessions/endSessions';
import type { SignInLimits } from '../../services/sessions/limits';
import { makePasswordLink, setPasswordByLink } from '../../services/sessions/passwordLinks';
import { guessable } from '../../services/sessions/passwordRules';
import { hashPassword } from '../../services/sessions/passwords';
import { findUser, findUserByEmail } from '../../services/users/users';
import { required } from '../../settings/settings';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { invalidField } from '../errors';
import { clientAddress } from '../middleware';
import { PasswordSchema } from '../users/schemas';
import { PASSWORD_PAGE } from './passwordLink';
import { requireOwnPassword } from './ownPassword';
import { TAG, throttle } from './origin';
import { tellOwner } from './tellOwner';

/** Changing a password, and getting back in without one. */
export function passwordRoutes(api: Api, deps: ApiDependencies, limits: SignInLimits): void {
  const { db, settings } = deps;

  endpoint(
    api,
    {
      method: 'put',
      path: '/auth/password',
      tag: TAG,
      summary: 'Change my password; ends all my other sessions',
      permission: 'own account',
      body: z.strictObject({ currentPassword: z.string().max(1000), newPassword: PasswordSchema }),
    },
    async ({ body, user, c }) => {
      await requireOwnPassword(c, deps, limits, { password: body.currentPassword, field: 'currentPassword' });
      requireUnguessable(body.newPassword, 'newPassword');
      const password = await hashPassword(body.newPassword);
      await inTransaction(db.pool, async (client) => {
        await client.query('UPDATE users SET password = $2 WHERE id = $1', [user.id, password]);
        await endAllSessions(client, user.id, user.sessionId);
        await logActivity(client, { action: 'PASSWORD_CHANGED', userId: user.id, details: {} });
      });
      await tellOwner(deps, user, 'Your password was changed.');
      return { message: 'The password was changed' };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/auth/password/forgot',
      tag: TAG,
      summary: 'Mail a link to choose a new password, where the address has an account',
      permission: 'public',
      body: z.strictObject({ email: z.string().max(320) }),
    },
    async ({ body, c }) => {
      const ipAddress = clientAddress(c, deps);
      await throttle(c, deps, limits.address, { key: ipAddress });
      // Answered before the account is looked for: neither the answer nor its time tells whether there is one.
      void mailResetLink(body.email.toLowerCase(), ipAddress).catch((error: unknown) => {
        c.get('logger').error({ cause: String(error) }, 'A link to reset a password was not mailed');
      });
      return { message: 'If this address has an account, a link is on its way to it' };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/auth/password/reset',
      tag: TAG,
      summary: 'Choose a password by a mailed link; ends all sessions',
      permission: 'public',
      body: z.strictObject({ token: z.string().min(1).max(200), password: PasswordSchema }),
    },
    async ({ body, c }) => {
      const ipAddress = clientAddress(c, deps);
      await throttle(c, deps, limits.address, { key: ipAddress });
      requireUnguessable(body.password, 'password');
      const userId = await setPasswordByLink(db.pool, body.token, body.password, required(settings, 'APP_SECRET'));
      const owner = userId === undefined ? undefined : await findUser(db.pool, userId);
      if (!owner) {
        await logActivity(db.pool, { action: 'SIGN_IN_FAILED', userId: null, details: { ipAddress, passwordLink: true } });
        throw invalidField('token', 'This link was used, is too old or is not complete: ask for a new one');
      }
      await limits.address.giveBack(ipAddress);
      await tellOwner(deps, owner, 'Your password was set by a mailed link.');
      return { message: 'The password was set: sign in with it' };
    },
  );

  function requireUnguessable(password: string, field: string): void {
    const problem = guessable(password, settings.PRACTICE_NAME);
    if (problem !== undefined) throw invalidField(field, problem);
  }

  async function mailResetLink(email: string, ipAddress: string): Promise<void> {
    const user = await findUserByEmail(db.pool, email);
    const asked = { action: 'PASSWORD_RESET_ASKED' as const, userId: user?.id ?? null, details: { ipAddress } };
    const isTooOften = (await limits.resetMails.count(email)) !== undefined;
    if (!user?.isActive || isTooOften) return await logActivity(db.pool, { ...asked, details: { ipAddress, isMailed: false } });
    const token = await makePasswordLink(db.pool, user.id, 'RESET', required(settings, 'APP_SECRET'), asked);
    const link = `${required(settings, 'PUBLIC_URL')}${PASSWORD_PAGE}#${token}`;
    await deps.accountMailer.send(user, 'password-reset', {
      name: user.name,
      link: { url: link, label: 'Choose a new password' },
    });
  }
}
