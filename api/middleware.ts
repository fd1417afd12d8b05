import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import { readSession } from '../services/sessions/readSession';
import type { ApiEnv } from './context';
import type { ApiDependencies } from './dependencies';
import { ApiError } from './errors';

const REQUEST_ID = /^[\w.:-]{1,100}$/;
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The cookie of a browser's session; the prefix makes browsers insist on a secure origin. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-session' : 'session';
}

/** Names each request, in its answer and in every line that is logged for it. */
export function requestIds({ logger }: ApiDependencies): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const given = c.req.header('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    c.set('logger', logger.child({ requestId }));
    c.header('X-Request-Id', requestId);
    const startedAt = performance.now();
    await next();
    const durationMs = Math.round(performance.now() - startedAt);
    c.get('logger').info({ method: c.req.method, path: c.req.path, status: c.res.status, durationMs }, 'request');
  };
}

/** Headers that keep browsers strict, on every answer. */
export function strictHeaders(): MiddlewareHandler<ApiEnv> {
  return secureHeaders({
    strictTransportSecurity: 'max-age=31536000; includeSubDomains',
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  });
}

/** Data is for whoever asked for it: nothing in between keeps it. */
export function noStore(): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  };
}

/** Lets only signed-in people through, with a Bearer token or the cookie of a browser's session. */
export function requireUser(deps: ApiDependencies, publicPaths: ReadonlySet<string>): MiddlewareHandler<ApiEnv> {
  const isSecure = deps.settings.PUBLIC_URL?.startsWith('https:') ?? false;
  return async (c, next) => {
    if (publicPaths.has(c.req.path)) return await next();
    const bearer = /^Bearer ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
    const cookie = bearer === undefined ? getCookie(c, sessionCookieName(isSecure)) : undefined;
    const token = bearer ?? cookie;
    const user = token === undefined ? undefined : await readSession(deps.db.pool, token);
    if (!user) throw new ApiError('NOT_SIGNED_IN', 'Sign in first', [], { 'WWW-Authenticate': 'Bearer' });
    if (cookie !== undefined && CHANGES.has(c.req.method)) refuseForeignOrigin(c, deps);
    c.set('user', user);
    return await next();
  };
}

/** A browser sends its cookie along with what another site asks for: a change must come from our own pages. */
function refuseForeignOrigin(c: Context<ApiEnv>, { settings }: ApiDependencies): void {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  const isOwn =
    site === 'same-origin' ||
    (site === undefined && origin !== undefined && origin === new URL(settings.PUBLIC_URL ?? c.req.url).origin);
  if (!isOwn) throw new ApiError('FORBIDDEN', 'This change did not come from this site: reload the page and try again');
}

/** The address a request comes from: the peer's, or the last one that a trusted proxy names. */
export function clientAddress(c: Context<ApiEnv>, { settings }: ApiDependencies): string {
  const peer = peerAddress(c);
  const trusted = settings.TRUSTED_PROXIES.split(',').map((address) => address.trim());
  if (!trusted.includes(peer)) return peer;
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((address) => address.trim());
  return forwarded.toReversed().find((address) => address !== '' && !trusted.includes(address)) ?? peer;
}

function peerAddress(c: Context<ApiEnv>): string {
  try {
    return getConnInfo(c).remote.address?.replace(/^::ffff:/, '') ?? 'unknown';
  } catch {
    // A request that came through no socket, as in tests of one handler.
    return 'unknown';
  }
}
