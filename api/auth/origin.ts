import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import { z } from '@hono/zod-openapi';
import { USER_ROLES } from '../../domain/people';
import { logActivity } from '../../services/audit/logActivity';
import type { NewSession, SignInOrigin } from '../../services/sessions/createSession';
import type { Limit } from '../../services/limits/limit';
import type { Account } from '../../services/sessions/signIn';
import type { ApiEnv } from '../context';
import type { ApiDependencies } from '../dependencies';
import type { Answer } from '../endpoint';
import { ApiError } from '../errors';
import { clientAddress, isSecureSite, sessionCookieName } from '../middleware';

export const TAG = 'Signing in';

export const AccountSchema = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(USER_ROLES) })
  .openapi('Person');

export const SignedInSchema = z
  .object({ token: z.string(), expiresAt: z.iso.datetime(), user: AccountSchema })
  .openapi('SignedIn');

/** Where a sign-in comes from; a browser says so itself. */
export function originOf(c: Context<ApiEnv>, deps: ApiDependencies): SignInOrigin {
  return {
    kind: c.req.header('sec-fetch-site') === undefined ? 'BEARER' : 'BROWSER',
    ipAddress: clientAddress(c, deps),
    userAgent: c.req.header('user-agent') ?? null,
  };
}

/** The answer to somebody who has signed in: a token for programs, a cookie for pages. */
export function signedIn(
  c: Context<ApiEnv>,
  deps: ApiDependencies,
  { token, expiresAt, user }: NewSession & { user: Account },
): Answer<z.infer<typeof SignedInSchema>> {
  const secure = isSecureSite(deps);
  setCookie(c, sessionCookieName(secure), token, { httpOnly: true, secure, sameSite: 'Lax', path: '/', expires: expiresAt });
  return { data: { token, expiresAt: expiresAt.toISOString(), user }, message: `Welcome, ${user.name}` };
}

/** Counts one try. Throws TOO_MANY_REQUESTS where there were too many; the first one that is refused is logged. */
export async function throttle(
  c: Context<ApiEnv>,
  deps: ApiDependencies,
  limit: Limit,
  { key, userId = null }: { key: string; userId?: string | null },
): Promise<void> {
  const throttled = await limit.count(key);
  if (!throttled) return;
  if (throttled.isFirst) {
    const details = { limit: limit.name, ipAddress: clientAddress(c, deps) };
    await logActivity(deps.db.pool, { action: 'SIGN_IN_THROTTLED', userId, details });
  }
  throw tooMany(throttled.retryAfterSeconds);
}

export function tooMany(retryAfterSeconds: number): ApiError {
  return new ApiError('TOO_MANY_REQUESTS', 'Too many tries: wait a few minutes', [], {
    'Retry-After': String(retryAfterSeconds),
  });
}
