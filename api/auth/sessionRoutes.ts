import { z } from '@hono/zod-openapi';
import { deleteCookie } from 'hono/cookie';
import { SESSION_KINDS } from '../../domain/sessions';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../../services/audit/logActivity';
import { endAllSessions, endSession, listSessions } from '../../services/sessions/endSessions';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { isSecureSite, sessionCookieName } from '../middleware';
import { IdParams, InstantSchema } from '../schemas';
import { AccountSchema, TAG } from './origin';

export const SessionSchema = z
  .object({
    id: z.string(),
    kind: z.enum(SESSION_KINDS),
    createdAt: InstantSchema,
    lastUsedAt: InstantSchema,
    expiresAt: InstantSchema,
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    isCurrent: z.boolean(),
  })
  .openapi('Session');

/** One's own sessions. */
export function sessionRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;
  const secure = isSecureSite(deps);
  const cookie = sessionCookieName(secure);
  const common = { tag: TAG, permission: 'own account' } as const;

  endpoint(
    api,
    { ...common, method: 'get', path: '/auth/me', summary: 'Who I am', data: AccountSchema },
    async ({ user: { id, name, email, role } }) => ({ data: { id, name, email, role } }),
  );

  endpoint(
    api,
    { ...common, method: 'get', path: '/auth/sessions', summary: 'Where I am signed in', data: z.array(SessionSchema) },
    async ({ user }) => {
      const sessions = await listSessions(db.pool, user.id);
      return { data: sessions.map((session) => ({ ...session, isCurrent: session.id === user.sessionId })) };
    },
  );

  endpoint(
    api,
    { ...common, method: 'delete', path: '/auth/sessions/{id}', summary: 'End one of my sessions', params: IdParams },
    async ({ params, user }) => {
      const isMine = (await listSessions(db.pool, user.id)).some(({ id }) => id === params.id);
      if (!isMine) throw notFound('session');
      await inTransaction(db.pool, async (client) => {
        await endSession(client, params.id);
        await logActivity(client, { action: 'SESSION_ENDED', userId: user.id, details: { sessionId: params.id } });
      });
      return { message: 'The session was ended' };
    },
  );

  endpoint(api, { ...common, method: 'post', path: '/auth/logout', summary: 'End this session' }, async ({ user, c }) => {
    await inTransaction(db.pool, async (client) => {
      await endSession(client, user.sessionId);
      await logActivity(client, { action: 'SIGNED_OUT', userId: user.id, details: {} });
    });
    deleteCookie(c, cookie, { path: '/', secure });
    return { message: 'Signed out' };
  });

  endpoint(api, { ...common, method: 'post', path: '/auth/logout-all', summary: 'End all my sessions' }, async ({ user, c }) => {
    await inTransaction(db.pool, async (client) => {
      await endAllSessions(client, user.id);
      await logActivity(client, { action: 'SIGNED_OUT', userId: user.id, details: { everywhere: true } });
    });
    deleteCookie(c, cookie, { path: '/', secure });
    return { message: 'Signed out everywhere' };
  });
}
