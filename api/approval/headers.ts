import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../context';

const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Stricter still for the client's page, whose address is a secret: no script at all, nothing kept, found by no search engine. */
export function approvalHeaders(): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await next();
    c.header('Content-Security-Policy', POLICY);
    c.header('Cache-Control', 'no-store');
    c.header('X-Robots-Tag', 'noindex, nofollow');
  };
}
