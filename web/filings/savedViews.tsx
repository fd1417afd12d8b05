import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { SavedViewSchema } from '../../api/views/routes';
import { address, ownPath } from '../addresses';
import { Csrf } from '../layout';
import type { PageContext, VisitorContext, Web } from '../pages';
import { form } from '../forms';

type View = z.infer<typeof SavedViewSchema>;

/** My views of a list. */
export async function readViews({ api }: VisitorContext, page: string): Promise<View[]> {
  return await api.get(address('/saved-views', { page }), SavedViewSchema.array());
}

/** The views that I keep, and the way to keep this one. */
export function SavedViews({
  views,
  page,
  context,
}: {
  views: readonly View[];
  page: string;
  context: PageContext;
}): JSX.Element {
  const [, query = ''] = context.here.split('?');
  return (
    <div class="views">
      {views.length > 0 && (
        <nav class="chips" aria-label="My views">
          {views.map((view) => (
            <a href={`/${page}?${view.query}`} aria-current={view.query === query ? 'true' : undefined}>
              {view.name}
            </a>
          ))}
        </nav>
      )}
      <details>
        <summary>My views</summary>
        <form method="post" action="/saved-views" class="inline">
          <Csrf token={context.csrf} />
          <input type="hidden" name="back" value={context.here} />
          <input type="hidden" name="page" value={page} />
          <input type="hidden" name="query" value={query} data-query />
          <input name="name" placeholder="Name of this view" aria-label="Name of this view" required maxlength={60} />
          <button>Save this view</button>
        </form>
        {views.map((view) => (
          <form method="post" action="/saved-views/forget" class="inline">
            <Csrf token={context.csrf} />
            <input type="hidden" name="back" value={context.here} />
            <input type="hidden" name="id" value={view.id} />
            <span>{view.name}</span>
            <button class="small" aria-label={`Forget ${view.name}`}>
              Forget
            </button>
          </form>
        ))}
      </details>
    </div>
  );
}

/** Keeping and forgetting views. */
export function savedViewForms(web: Web): void {
  form(web, '/saved-views', async ({ api, fields }) => {
    const [page, query] = [fields.text('page'), fields.text('query')];
    const { message } = await api.send('POST', '/saved-views', { page, name: fields.text('name'), query });
    return { to: query === '' ? `/${page}` : `/${page}?${query}`, message: `${message}.` };
  });
  form(web, '/saved-views/forget', async ({ api, fields }) => {
    const { message } = await api.send('DELETE', `/saved-views/${encodeURIComponent(fields.text('id'))}`);
    return { to: ownPath(fields.text('back')), message: `${message}.` };
  });
}
