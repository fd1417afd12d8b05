import type { Context } from 'hono';
import { IdempotencyKeyReusedError } from '../services/requests/storeRequest';
import type { ApiEnv } from './context';
import { ApiError } from './errors';

const DEFAULT_WAIT_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 60;
const KEY = /^[\x21-\x7e]{1,200}$/;

/** Does something under the caller's Idempotency-Key, null where there is none. Throws VALIDATION_FAILED, IDEMPOTENCY_KEY_REUSED. */
export async function underKey<T>(c: Context<ApiEnv>, work: (idempotencyKey: string | null) => Promise<T>): Promise<T> {
  try {
    return await work(idempotencyKey(c));
  } catch (error) {
    if (error instanceof IdempotencyKeyReusedError) throw new ApiError('IDEMPOTENCY_KEY_REUSED', error.message);
    throw error;
  }
}

function idempotencyKey(c: Context<ApiEnv>): string | null {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return null;
  if (!KEY.test(key)) {
    throw new ApiError('VALIDATION_FAILED', 'Idempotency-Key takes 1 to 200 printable characters', [
      { path: 'Idempotency-Key', message: 'Takes 1 to 200 printable characters' },
    ]);
  }
  return key;
}

/** How long the caller wants to wait, as RFC 7240 writes it: `Prefer: wait=30`, `Prefer: respond-async`. */
export function waitSeconds(c: Context<ApiEnv>): number {
  const preferences = (c.req.header('prefer') ?? '').split(',').map((preference) => preference.trim().toLowerCase());
  const wait = preferences.map((preference) => /^wait=(\d{1,4})$/.exec(preference)?.[1]).find((seconds) => seconds !== undefined);
  if (wait !== undefined) return Math.min(Number(wait), LONGEST_WAIT_SECONDS);
  return preferences.includes('respond-async') ? 0 : DEFAULT_WAIT_SECONDS;
}
