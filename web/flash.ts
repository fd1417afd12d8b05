import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from '@hono/zod-openapi';
import type { ApiEnv } from '../api/context';

const COOKIE = 'flash';
const SECONDS = 60;
const LONGEST = 1000;

const FlashSchema = z.object({ kind: z.enum(['done', 'waiting', 'refused']), text: z.string() });

/** A message that the next page shows, once. */
export type Flash = z.infer<typeof FlashSchema>;

/** Leaves a message for the page that the answer redirects to. */
export function leaveFlash(c: Context<ApiEnv>, { kind, text }: Flash): void {
  const value = JSON.stringify({ kind, text: text.slice(0, LONGEST) });
  setCookie(c, COOKIE, value, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: SECONDS });
}

/** Takes the message that was left, if any. */
export function takeFlash(c: Context<ApiEnv>): Flash | undefined {
  const value = getCookie(c, COOKIE);
  if (value === undefined) return undefined;
  deleteCookie(c, COOKIE, { path: '/' });
  try {
    return FlashSchema.parse(JSON.parse(value));
  } catch {
    return undefined;
  }
}
