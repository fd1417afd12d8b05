import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Every way in which the API refuses, and the status that goes with it. */
const STATUSES = {
  MALFORMED_JSON: 400,
  NOT_SIGNED_IN: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TRANSITION_REJECTED: 409,
  REQUEST_REJECTED: 409,
  TOO_LARGE: 413,
  NOT_JSON: 415,
  NOT_CSV: 415,
  VALIDATION_FAILED: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  PROVIDER_FAILED: 502,
  UNAVAILABLE: 503,
} as const satisfies Record<string, ContentfulStatusCode>;

export type ErrorCode = keyof typeof STATUSES;

/** What is wrong with one field of a request. */
export interface FieldError {
  path: string;
  message: string;
}

/** A refusal as the caller sees it: a stable code for programs, a sentence for people. Its cause is for the log only. */
export class ApiError extends Error {
  readonly status: ContentfulStatusCode;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly errors: readonly FieldError[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ApiError';
    this.status = STATUSES[code];
  }
}

/** The refusal of one field. */
export function invalidField(path: string, message: string): ApiError {
  return new ApiError('VALIDATION_FAILED', message, [{ path, message }]);
}

/** What is absent, or not to be seen by the caller: both look the same. */
export function notFound(what: string): ApiError {
  return new ApiError('NOT_FOUND', `There is no such ${what}`);
}
