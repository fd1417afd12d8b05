import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { matchedRoutes } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { API_TOKEN_PREFIX, readApiToken } from '../services/sessions/apiTokens';
import type { SignedInUser } from '../services/sessions/readSession';
import { readSession } from '../services/sessions/readSession';
import type { TraceHeaders } from '../settings/tracing';
import { inSpan, SpanKind } from '../settings/tracing';
import type { ApiEnv } from './context';
import type { ApiDependencies } from './dependencies';
import { ApiError } from './errors';
import { HISTORY_STYLE_SOURCE } from './filings/historyStyle';

const REQUEST_ID = /^[\w.:-]{1,100}$/;
/** Where the Temporal UI has payloads decoded. */
const CODEC_PATH = '/api/v1/codec/';
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Whether people reach this system by https. */
export function isSecureSite({ settings }: ApiDependencies): boolean {
  return settings.PUBLIC_URL?.startsWith('https:') ?? false;
}

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
    const { method } = c.req;
    const line = { method, path: pathToLog(c.req.path), status: c.res.status, durationMs };
    // What a page reads for a request is logged with that request.
    c.get('logger')[c.env.page ? 'debug' : 'info'](line, 'request');
  };
}

/** The page that browses the API is made by a library that writes styles into it. */
const STYLED_BY_SCRIPT = '/docs';
/** The page that prints a history has one style of its own. */
const PRINTED_HISTORY = '/history-export/page';

/** The example of an e-mail, which a page of the settings shows in a frame: its styles are in its text, as mail programs want them. */
const FRAMED_EMAIL = /^\/settings\/email-templates\/[\w-]+\/html$/;

/** A path as logs may have it: the token of a link is a secret. */
function pathToLog(path: string): string {
  return path.replace(/^\/(approve|calendar)\/.+/, '/$1/…');
}

/** A span for each request, in the trace that its caller began, if any. */
export function traceRequests(): MiddlewareHandler<ApiEnv> {
  return (c, next) =>
    inSpan(
      c.req.method,
      { kind: SpanKind.SERVER, from: callersTrace(c), attributes: { 'http.request.method': c.req.method } },
      async (span) => {
        await next();
        if (!span.isRecording()) return;
        const route = matchedRoutes(c).findLast(({ path }) => !path.includes('*'))?.path ?? 'none';
        span.updateName(`${c.req.method} ${route}`);
        span.setAttributes({
          'http.route': route,
          'http.response.status_code': c.res.status,
          'numericalz.request_id': c.get('requestId'),
          ...(c.get('user') ? { 'user.id': c.get('user').id } : {}),
        });
      },
    );
}

/** The two headers of W3C Trace Context: a list of all headers would be made for every request. */
function callersTrace({ req }: Context<ApiEnv>): TraceHeaders {
  return { traceparent: req.header('traceparent') ?? '', tracestate: req.header('tracestate') ?? '' };
}

/** Headers that keep browsers strict, on every answer that one gets. */
export function strictHeaders(): MiddlewareHandler<ApiEnv> {
  const [strict, withStyles] = [headers(["'self'"]), headers(["'self'", "'unsafe-inline'"])];
  const printed = headers([HISTORY_STYLE_SOURCE]);
  const framed = framedHeaders();
  return (c, next) => {
    if (c.env.page) return next();
    if (c.req.path === STYLED_BY_SCRIPT) return withStyles(c, next);
    if (FRAMED_EMAIL.test(c.req.path)) return framed(c, next);
    return c.req.path.endsWith(PRINTED_HISTORY) ? printed(c, next) : strict(c, next);
  };
}

function headers(styleSrc: string[]): MiddlewareHandler {
  return secureHeaders({
    strictTransportSecurity: 'max-age=31536000; includeSubDomains',
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc,
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  });
}

/** For what our own pages show in a frame: it runs nothing, loads nothing, and is of no origin, so that it reaches nothing of ours. */
function framedHeaders(): MiddlewareHandler {
  return secureHeaders({
    xFrameOptions: 'SAMEORIGIN',
    referrerPolicy: 'no-referrer',
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      formAction: ["'none'"],
      frameAncestors: ["'self'"],
      baseUri: ["'none'"],
      sandbox: [],
    },
  });
}

/** Data is for whoever asked for it: nothing in between keeps it. */
export function noStore(): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await next();
    // `c.header` would make the answer anew, with a stream for its body: setting it here lets the server write the text as it is.
    c.res.headers.set('Cache-Control', 'no-store');
  };
}

/** Lets only signed-in people through, with a Bearer token or the cookie of a browser's session. */
export function requireUser(deps: ApiDependencies, publicPaths: ReadonlySet<string>): MiddlewareHandler<ApiEnv> {
  const cookieName = sessionCookieName(isSecureSite(deps));
  return async (c, next) => {
    const isChange = CHANGES.has(c.req.method);
    if (publicPaths.has(c.req.path)) {
      if (isChange && !isOwnOrigin(c, deps, false)) throw foreignOrigin();
      return await next();
    }
    const bearer = /^Bearer ([\w-]{20,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const cookie = bearer === undefined ? getCookie(c, cookieName) : undefined;
    const token = bearer ?? cookie;
    const user = token === undefined ? undefined : await bearerOf(c, deps, token);
    if (!user) throw new ApiError('NOT_SIGNED_IN', 'Sign in first', [], { 'WWW-Authenticate': 'Bearer' });
    const mayBeForeign = c.req.path.startsWith(CODEC_PATH) && isTemporalUi(c.req.header('origin'), deps);
    c.set('user', user);
    c.set('logger', c.get('logger').child({ userId: user.id }));
    if (isChange && !mayBeForeign && !isOwnOrigin(c, deps, cookie !== undefined)) throw foreignOrigin();
    return await next();
  };
}

async function bearerOf(c: Context<ApiEnv>, { db }: ApiDependencies, token: string): Promise<SignedInUser | undefined> {
  if (!token.startsWith(API_TOKEN_PREFIX)) {
    const { page = {} } = c.env;
    page.person ??= readSession(db.pool, token);
    return await page.person;
  }
  const program = await readApiToken(db.pool, token);
  if (!program) return undefined;
  const { scope, ...user } = program;
  c.set('user', user);
  if (scope === 'READ' && CHANGES.has(c.req.method)) throw new ApiError('FORBIDDEN', 'This token may only read');
  return user;
}

/** Pages of the Temporal UI may have payloads decoded in the name of whoever is signed in here, and may ask for nothing else. */
export function temporalUiAccess(deps: ApiDependencies): MiddlewareHandler<ApiEnv> {
  return cors({
    origin: (origin) => (isTemporalUi(origin, deps) ? origin : null),
    allowMethods: ['POST'],
    credentials: true,
    maxAge: 600,
  });
}

function isTemporalUi(origin: string | undefined, { settings }: ApiDependencies): boolean {
  return settings.TEMPORAL_UI_URL !== undefined && origin === new URL(settings.TEMPORAL_UI_URL).origin;
}

/** A browser sends its cookie along with what another site asks for: a change must come from our own pages. Programs name no origin. */
function isOwnOrigin(c: Context<ApiEnv>, { settings }: ApiDependencies, isBrowser: boolean): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && !isBrowser);
  const origin = c.req.header('origin');
  return origin === undefined ? !isBrowser : origin === new URL(settings.PUBLIC_URL ?? c.req.url).origin;
}

function foreignOrigin(): ApiError {
  return new ApiError('FORBIDDEN', 'This change did not come from this site: reload the page and try again');
}

/** What describes the system is for everyone who tries it out; in production for those only who have signed in. */
export function closedInProduction(deps: ApiDependencies): MiddlewareHandler<ApiEnv> {
  if (deps.settings.NODE_ENV === 'production') return requireUser(deps, new Set());
  return async (_c, next) => await next();
}

const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1']);
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request was made on this machine, under one of its own names: neither through a proxy that runs beside us, nor by another
 * site's page whose name was made to lead here.
 */
export function isFromThisMachine(c: Context<ApiEnv>): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip'].some((name) => c.req.header(name) !== undefined);
  return !isForwarded && LOOPBACK_ADDRESSES.has(peerAddress(c)) && LOOPBACK_NAMES.has(new URL(c.req.url).hostname);
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
