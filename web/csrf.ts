import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ApiEnv } from '../api/context';
import type { ApiDependencies } from '../api/dependencies';
import { isSecureSite, sessionCookieName } from '../api/middleware';
import { required } from '../settings/settings';

/** The hidden field of every form. */
export const CSRF_FIELD = '_csrf';
const TOKEN_BYTES = 32;

/**
 * The token of this browser's forms: of its session, or of a cookie of its own before it has one. Each page writes it otherwise, so that
 * the length of a compressed page, which holds what was asked for as well, gives nothing of it away.
 */
export function csrfToken(c: Context<ApiEnv>, deps: ApiDependencies): string {
  const mask = randomBytes(TOKEN_BYTES);
  const secret = secretOf(bearerOf(c, deps) ?? newVisitor(c, deps), deps);
  return Buffer.concat([mask, masked(secret, mask)]).toString('base64url');
}

/** Whether a form comes from one of our pages in this browser. */
export function isOwnForm(c: Context<ApiEnv>, deps: ApiDependencies, given: string): boolean {
  const site = c.req.header('sec-fetch-site');
  const bearer = bearerOf(c, deps);
  if (bearer === undefined || (site !== undefined && site !== 'same-origin')) return false;
  const token = Buffer.from(given, 'base64url');
  if (token.length !== 2 * TOKEN_BYTES) return false;
  return timingSafeEqual(secretOf(bearer, deps), masked(token.subarray(TOKEN_BYTES), token.subarray(0, TOKEN_BYTES)));
}

function masked(bytes: Buffer, mask: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, at) => byte ^ mask.readUInt8(at)));
}

function bearerOf(c: Context<ApiEnv>, deps: ApiDependencies): string | undefined {
  const isSecure = isSecureSite(deps);
  return getCookie(c, sessionCookieName(isSecure)) ?? getCookie(c, visitorCookieName(isSecure));
}

function newVisitor(c: Context<ApiEnv>, deps: ApiDependencies): string {
  const visitor = randomBytes(TOKEN_BYTES).toString('base64url');
  const secure = isSecureSite(deps);
  setCookie(c, visitorCookieName(secure), visitor, { httpOnly: true, secure, sameSite: 'Lax', path: '/' });
  return visitor;
}

function visitorCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-visitor' : 'visitor';
}

/** TOKEN_BYTES long. */
function secretOf(bearer: string, { settings }: ApiDependencies): Buffer {
  return createHmac('sha256', required(settings, 'APP_SECRET')).update(`form of ${bearer}`).digest();
}
