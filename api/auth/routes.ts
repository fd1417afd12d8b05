import { z } from '@hono/zod-openapi';
import { deleteCookie, setCookie } from 'hono/cookie';
import { USER_ROLES } from '../../domain/people';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../../services/audit/logActivity';
import { endAllSessions, endSession } from '../../services/sessions/endSessions';
import { hashPassword, isPassword } from '../../services/sessions/passwords';
import { signIn } from '../../services/sessions/signIn';
import { SignInThrottle } from '../../services/sessions/throttle';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, invalidField } from '../errors';
import { clientAddress, sessionCookieName } from '../middleware';
import { PasswordSchema } from '../users/schemas';

export const LOGIN_PATH = '/auth/login';

const PersonSchema = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(USER_ROLES) })
  .openapi('Person');

/** Signing in and out, and one's own account. */
export function authRoutes(api: Api, deps: ApiDependencies): void {
  const { db, settings } = deps;
  const throttle = new SignInThrottle(db.pool);
  const isSecure = settings.PUBLIC_URL?.startsWith('https:') ?? false;
  const cookie = sessionCookieName(isSecure);

  endpoint(
    api,
    {
      method: 'post',
      path: LOGIN_PATH,
      tag: 'Signing in',
      summary: 'Sign in with e-mail and password',
      permission: 'public',
      body: z.strictObject({ email: z.string().max(320), password: z.string().max(1000) }),
      data: z.object({ token: z.string(), expiresAt: z.iso.datetime(), user: PersonSchema }),
    },
    async ({ body, c }) => {
      const ipAddress = clientAddress(c, deps);
      const refused = await throttle.count(body.email, ipAddress);
      if (refused) {
        const retryAfter = String(refused.retryAfterSeconds);
        throw new ApiError('TOO_MANY_REQUESTS', 'Too many tries: wait a few minutes', [], { 'Retry-After': retryAfter });
      }
      const isPage = c.req.header('sec-fetch-site') !== undefined;
      const session = await signIn(db.pool, body.email, body.password, {
        kind: isPage ? 'BROWSER' : 'BEARER',
        ipAddress,
        userAgent: c.req.header('user-agent') ?? null,
      });
      if (!session) throw new ApiError('NOT_SIGNED_IN', 'The e-mail address or the password is not right');
      await throttle.forget(body.email, ipAddress);
      const { token, expiresAt, user } = session;
      setCookie(c, cookie, token, { httpOnly: true, secure: isSecure, sameSite: 'Lax', path: '/', expires: expiresAt });
      return { data: { token, expiresAt: expiresAt.toISOString(), user }, message: `Welcome, ${user.name}` };
    },
  );

  endpoint(
    api,
    { method: 'post', path: '/auth/logout', tag: 'Signing in', summary: 'End this session', permission: 'own account' },
    async ({ user, c }) => {
      await endSession(db.pool, user.sessionId);
      await logActivity(db.pool, { action: 'SIGNED_OUT', userId: user.id, details: {} });
      deleteCookie(c, cookie, { path: '/', secure: isSecure });
      return { message: 'Signed out' };
    },
  );

  endpoint(
    api,
    { method: 'post', path: '/auth/logout-all', tag: 'Signing in', summary: 'End all my sessions', permission: 'own account' },
    async ({ user, c }) => {
      await endAllSessions(db.pool, user.id);
      await logActivity(db.pool, { action: 'SIGNED_OUT', userId: user.id, details: { everywhere: true } });
      deleteCookie(c, cookie, { path: '/', secure: isSecure });
      return { message: 'Signed out everywhere' };
    },
  );

  endpoint(
    api,
    { method: 'get', path: '/auth/me', tag: 'Signing in', summary: 'Who I am', permission: 'own account', data: PersonSchema },
    async ({ user: { id, name, email, role } }) => ({ data: { id, name, email, role } }),
  );

  endpoint(
    api,
    {
      method: 'put',
      path: '/auth/password',
      tag: 'Signing in',
      summary: 'Change my password; ends all my other sessions',
      permission: 'own account',
      body: z.strictObject({ currentPassword: z.string().max(1000), newPassword: PasswordSchema }),
    },
    async ({ body, user }) => {
      const { rows } = await db.pool.query<{ password: string }>('SELECT password FROM users WHERE id = $1', [user.id]);
      if (!(await isPassword(body.currentPassword, rows[0]?.password))) {
        throw invalidField('currentPassword', 'The current password is not right');
      }
      const password = await hashPassword(body.newPassword);
      await inTransaction(db.pool, async (client) => {
        await client.query('UPDATE users SET password = $2 WHERE id = $1', [user.id, password]);
        await endAllSessions(client, user.id, user.sessionId);
        await logActivity(client, { action: 'PASSWORD_CHANGED', userId: user.id, details: {} });
      });
      return { message: 'The password was changed' };
    },
  );
}
