import { bodyLimit } from 'hono/body-limit';
import { AccountSchema } from '../api/auth/origin';
import type { Permission } from '../domain/permissions';
import { isPermitted } from '../domain/permissions';
import { ownPath } from './addresses';
import { ApiFailure } from './apiClient';
import { CSRF_FIELD, isOwnForm } from './csrf';
import { FormFields } from './formFields';
import type { Me, Page, PageContext, Redirect, VisitorContext, Web, WithFields } from './pages';
import { pageOfForm } from './formPages';
import { answered, outer, redirect, show, visitorContext } from './pages';
import { sentence } from './refusalPage';

const LARGEST_FORM_BYTES = 100 * 1024;

/**
 * Declares what a form does. It redirects with a message; where the API refuses, `again` shows the form with what was filled in, and
 * without it the page that the form came from shows the refusal.
 */
export function form(
  web: Web,
  path: string,
  act: (context: PageContext & WithFields) => Promise<Redirect | Page>,
  again?: (context: PageContext & WithFields, failure: ApiFailure) => Promise<Page>,
): void {
  receive(web, path, async (context, fields) => {
    const me = await context.api.get('/auth/me', AccountSchema);
    const given = { ...context, me, fields };
    try {
      const made = await act(given);
      return 'body' in made ? await show(context, me, made) : redirect(context, made);
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.status === 401) throw error;
      const back = fields.optional('back');
      if (again && back === undefined) return await show(context, me, await again(given, error), { failure: error });
      return redirect(context, { to: ownPath(back), message: sentence(error), kind: 'refused' });
    }
  });
}

/** A form that sends a file; whoever may not send it is refused before it is read. */
export function fileForm(
  web: Web,
  path: string,
  { permission, largestBytes }: { permission: Permission; largestBytes: number },
  act: (context: PageContext & WithFields) => Promise<Page>,
  again: (context: PageContext & WithFields, failure: ApiFailure) => Promise<Page>,
): void {
  web.app.post(path, async (c) => {
    const context = formContext(web, path, c);
    return await answered(context, async () => {
      const me = await context.api.get('/auth/me', AccountSchema);
      requirePermission(me, permission);
      const fields = await readForm(web, context, largestBytes);
      const given = { ...context, me, fields };
      try {
        return await show(context, me, await act(given));
      } catch (error) {
        if (!(error instanceof ApiFailure) || error.status === 401) throw error;
        return await show(context, me, await again(given, error), { failure: error });
      }
    });
  });
}

/** Throws the refusal that the API has for those who may not use what a page is for. */
export function requirePermission({ role }: Me, permission: Permission): void {
  if (!isPermitted(role, permission)) {
    throw new ApiFailure(403, 'FORBIDDEN', 'Your role may not do this: ask a partner', []);
  }
}

/** The same for those who have not signed in. */
export function visitorForm(
  web: Web,
  path: string,
  act: (context: VisitorContext & WithFields) => Promise<Redirect>,
  again: (context: VisitorContext & WithFields, failure: ApiFailure) => Promise<Page>,
): void {
  receive(web, path, async (context, fields) => {
    const given = { ...context, fields };
    try {
      return redirect(context, await act(given));
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const status = error.status === 429 ? 429 : 422;
      return outer(context, await again(given, error), status, { kind: 'refused', text: sentence(error) });
    }
  });
}

function receive(web: Web, path: string, handle: (context: VisitorContext, fields: FormFields) => Promise<Response>): void {
  web.app.post(path, async (c) => {
    const context = formContext(web, path, c);
    return await answered(context, async () => await handle(context, await readForm(web, context, LARGEST_FORM_BYTES)));
  });
}

/** A form has no page of its own at most addresses: what comes back to where it was sent from goes to the page that it stands on. */
function formContext(web: Web, path: string, c: VisitorContext['c']): VisitorContext {
  const context = visitorContext(web, c);
  const stands = pageOfForm(web.app, path, c.req.path);
  return stands === c.req.path ? context : { ...context, here: stands };
}

/** What was filled in. Throws ApiFailure where it is too large, or the form is none of ours. */
async function readForm(web: Web, { c }: VisitorContext, largestBytes: number): Promise<FormFields> {
  const limit = bodyLimit({ maxSize: largestBytes, onError: () => Promise.reject(tooLarge()) });
  await limit(c, () => Promise.resolve());
  const fields = await FormFields.read(c);
  if (!isOwnForm(c, web.deps, fields.text(CSRF_FIELD))) throw staleForm();
  return fields;
}

function tooLarge(): ApiFailure {
  return new ApiFailure(413, 'TOO_LARGE', 'The form holds more than can be taken at once', []);
}

function staleForm(): ApiFailure {
  return new ApiFailure(
    403,
    'FORBIDDEN',
    'This form is too old, or does not come from this site: open the page again and send it anew',
    [],
  );
}
