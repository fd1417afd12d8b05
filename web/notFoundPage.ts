import type { Context } from 'hono';
import type { ApiEnv } from '../api/context';
import { notFoundHandler } from '../api/failures';
import { ownPath } from './addresses';
import { ApiFailure } from './apiClient';
import type { Web } from './pages';
import { refused, visitorContext } from './pages';
import { NO_SUCH_PAGE } from './refusalPage';

/** People who open an address that does not exist get a page; programs get the API's answer. */
export function notFoundPage(web: Web): void {
  web.app.notFound(async (c) => {
    if (!isForPeople(c)) return notFoundHandler(c);
    const { pathname, search } = new URL(c.req.url);
    if (pathname.endsWith('/')) return c.redirect(ownPath(pathname.slice(0, -1) + search), 302);
    c.header('Cache-Control', 'no-store');
    return await refused(visitorContext(web, c), new ApiFailure(404, NO_SUCH_PAGE, 'There is no page at this address', []));
  });
}

function isForPeople(c: Context<ApiEnv>): boolean {
  return !/^\/api(\/|$)/.test(c.req.path) && (c.req.header('accept')?.includes('text/html') ?? false);
}
