import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import type { ApiEnv } from '../context';
import type { ApiDependencies } from '../dependencies';
import { isFromThisMachine } from '../middleware';

/** Whether a caller may read metrics: one on this machine, or one with the token that was set for it. */
export function mayScrape(c: Context<ApiEnv>, deps: ApiDependencies): boolean {
  if (isFromThisMachine(c)) return true;
  const token = deps.settings.METRICS_TOKEN;
  const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  return token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
