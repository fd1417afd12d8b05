import type { Context } from 'hono';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { z } from '@hono/zod-openapi';
import { AccountSchema } from '../api/auth/origin';
import type { ApiEnv } from '../api/context';
import type { ApiDependencies } from '../api/dependencies';
import type { Api } from '../api/endpoint';
import { address } from './addresses';
import { ApiClient, ApiFailure } from './apiClient';
import { csrfToken } from './csrf';
import type { Flash } from './flash';
import { leaveFlash, takeFlash } from './flash';
import type { FormFields } from './formFields';
import { Layout, OuterLayout } from './layout';
import { refusalPage, sentence, statusOf } from './refusalPage';

/** What pages are made from. */
export interface Web {
  app: Api;
  deps: ApiDependencies;
}

export type Me = z.infer<typeof AccountSchema>;

/** What a page of somebody who is signed in is made from. */
export interface PageContext extends VisitorContext {
  me: Me;
}

/** The same before anybody has signed in. */
export interface VisitorContext {
  c: Context<ApiEnv>;
  api: ApiClient;
  /** The token of the page's forms. */
  csrf: string;
  /** The query, each name once; what is empty is left out. */
  query: Record<string, string>;
  /** Path and query of the page, for links that come back to it; for a form, those of the page that it stands on. */
  here: string;
  /** Epoch ms. */
  now: number;
}

export interface Page {
  title: string;
  body: JSX.Element;
}

/** Where a form leads: another page, with a message. */
export interface Redirect {
  to: string;
  message?: string;
  kind?: Flash['kind'];
}

/** What a form's handler is given besides. */
export interface WithFields {
  fields: FormFields;
}

/** Declares a page of those who are signed in; others are sent to sign in first and come back. */
export function page(web: Web, path: string, render: (context: PageContext) => Promise<Page | Response>): void {
  pageOf(web, path, () => Promise.resolve(), render);
}

/** The same for a page whose parts can be asked for before it is known who asks: by `ask`, all at once. */
export function pageOf<Asked>(
  web: Web,
  path: string,
  ask: (context: VisitorContext) => Promise<Asked>,
  render: (context: PageContext, asked: Asked) => Promise<Page | Response>,
): void {
  web.app.get(path, async (c) => {
    const context = visitorContext(web, c);
    return await answered(context, async () => {
      const [me, unread, asked] = await Promise.all([
        context.api.get('/auth/me', AccountSchema),
        countUnread(context),
        ask(context),
      ]);
      c.set('logger', c.get('logger').child({ userId: me.id }));
      const made = await render({ ...context, me }, asked);
      return made instanceof Response ? made : await show(context, me, made, { unread });
    });
  });
}

/** Declares a page for those who have not signed in. */
export function visitorPage(web: Web, path: string, render: (context: VisitorContext) => Promise<Page | Response>): void {
  web.app.get(path, async (c) => {
    const context = visitorContext(web, c);
    return await answered(context, async () => {
      const made = await render(context);
      return made instanceof Response ? made : outer(context, made, 200);
    });
  });
}

/** What the pages and forms of a request are made from, before it is known who asks. */
export function visitorContext(web: Web, c: Context<ApiEnv>): VisitorContext {
  const url = new URL(c.req.url);
  return {
    c,
    api: new ApiClient(web.app, c),
    csrf: csrfToken(c, web.deps),
    query: Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== '')),
    here: url.pathname + url.search,
    now: web.deps.now(),
  };
}

/** Runs a handler; what the API refuses becomes a page that says what to do. */
export async function answered(context: VisitorContext, handle: () => Promise<Response>): Promise<Response> {
  context.c.header('Cache-Control', 'no-store');
  try {
    return await handle();
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 401) return toSignIn(context);
    return await refused(context, error instanceof ApiFailure ? error : unforeseen(context, error));
  }
}

/** The page of a refusal, with the way to everything else for those who are signed in. */
export async function refused(context: VisitorContext, failure: ApiFailure): Promise<Response> {
  const [made, status] = [refusalPage(failure, context.c.get('requestId')), statusOf(failure)];
  try {
    const me = await context.api.get('/auth/me', AccountSchema);
    return await show(context, me, made, { status });
  } catch {
    // Nobody is signed in, or what failed before keeps us from finding out who is.
    return outer(context, made, status);
  }
}

function unforeseen({ c }: VisitorContext, error: unknown): ApiFailure {
  c.get('logger').error({ code: 'INTERNAL', cause: error instanceof Error ? error.stack : String(error) }, 'page failed');
  return new ApiFailure(500, 'INTERNAL', 'Something went wrong on our side: try again, and tell us the request if it stays', []);
}

function toSignIn({ c, here }: VisitorContext): Response {
  const to = address('/sign-in', { next: c.req.method === 'GET' && here !== '/' ? here : undefined });
  // A part of a page cannot become the sign-in: the whole page goes there.
  if (c.req.header('hx-request') === 'true') return c.body(null, 200, { 'HX-Redirect': to });
  return c.redirect(to, 303);
}

interface Shown {
  /** 422 with a failure and else 200, where it is not given. */
  status?: ReturnType<typeof statusOf>;
  /** What the API refused: the page shows it, and a form with what was filled in. */
  failure?: ApiFailure;
  /** Notifications that were not read yet; asked for where it is not known. */
  unread?: number;
}

/** A page as those who are signed in see it. */
export async function show(
  context: VisitorContext,
  me: Me,
  { title, body }: Page,
  { failure, unread, status = failure ? 422 : undefined }: Shown = {},
): Promise<Response> {
  const { c, here, csrf } = context;
  const flash = failure ? { kind: 'refused' as const, text: sentence(failure) } : takeFlash(c);
  const isRefusedForm = status !== undefined && c.req.method === 'POST';
  const count = unread ?? (await countUnread(context));
  return c.html(
    <Layout title={title} me={me} here={here} isRefusedForm={isRefusedForm} csrf={csrf} flash={flash} unread={count}>
      {body}
    </Layout>,
    status ?? 200,
  );
}

async function countUnread({ api }: VisitorContext): Promise<number> {
  const { pagination } = await api.list('/notifications?unreadOnly=true&limit=1', z.unknown());
  return pagination.totalCount;
}

/** A page as those who have not signed in see it. */
export function outer(
  { c }: VisitorContext,
  { title, body }: Page,
  status: 200 | 403 | 404 | 422 | 429 | 500 | 503,
  flash = takeFlash(c),
): Response | Promise<Response> {
  return c.html(
    <OuterLayout title={title} flash={flash}>
      {body}
    </OuterLayout>,
    status,
  );
}

/** Leads to another page, which shows the message. */
export function redirect({ c }: VisitorContext, { to, message, kind = 'done' }: Redirect): Response {
  if (message !== undefined) leaveFlash(c, { kind, text: message });
  return c.redirect(to, 303);
}
