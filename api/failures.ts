import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isPassing } from '../models/databaseFailure';
import { logActivity } from '../services/audit/logActivity';
import type { SignedInUser } from '../services/sessions/readSession';
import type { ApiEnv } from './context';
import type { ApiDependencies } from './dependencies';
import { ApiError, notFound } from './errors';

/** Answers a failure with its envelope; what nobody foresaw is logged with its cause and answered in general words. */
export function failureHandler({ db }: ApiDependencies): (error: Error, c: Context<ApiEnv>) => Promise<Response> {
  return async (error, c) => {
    const failure = toApiError(error);
    if (failure.status >= 500) c.get('logger').error({ code: failure.code, cause: withCauses(error) }, 'request failed');
    if (failure.code === 'FORBIDDEN') await logRefusal(c);
    for (const [name, value] of Object.entries(failure.headers)) c.header(name, value);
    return c.json(envelope(failure, c.get('requestId')), failure.status);
  };

  async function logRefusal(c: Context<ApiEnv>): Promise<void> {
    const details = { method: c.req.method, path: c.req.path, requestId: c.get('requestId') };
    // Nobody, where the refused call needs no sign-in.
    const user: SignedInUser | undefined = c.get('user');
    try {
      await logActivity(db.pool, { action: 'PERMISSION_REFUSED', userId: user?.id ?? null, details });
    } catch (error) {
      c.get('logger').error({ ...details, cause: String(error) }, 'A refusal was not written into the activity log');
    }
  }
}

/** The answer to a path that does not exist. */
export function notFoundHandler(c: Context<ApiEnv>): Response {
  const failure = notFound('page');
  return c.json(envelope(failure, c.get('requestId')), failure.status);
}

function envelope({ code, message, errors }: ApiError, requestId: string): Record<string, unknown> {
  return { success: false, code, message, errors, requestId };
}

/** Stacks only: what else an error of a library holds may be secret. */
function withCauses(error: Error): string {
  const stack = error.stack ?? String(error);
  return error.cause instanceof Error ? `${stack}\ncaused by ${withCauses(error.cause)}` : stack;
}

function toApiError(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof HTTPException && error.status < 500) return new ApiError('MALFORMED_JSON', 'The request is malformed');
  if (isPassing(error)) {
    return new ApiError('UNAVAILABLE', 'The database cannot be reached at the moment: try again', [], { 'Retry-After': '2' });
  }
  return new ApiError('INTERNAL', 'Something went wrong on our side. Try again, and tell us the request id if it stays');
}
