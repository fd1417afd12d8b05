import { z } from '@hono/zod-openapi';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { deleteSavedView, listSavedViews, saveView } from '../../services/views/savedViews';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { IdParams } from '../schemas';

const TAG = 'Saved views';

/** An address with a filter of many conditions. */
const LONGEST_QUERY = 8000;

/** The lists of which views can be kept. */
const page = z.enum([...Object.values(FILING_DEFINITIONS).map(({ route }) => route), 'clients']);

export const SavedViewSchema = z
  .object({ id: z.string(), page: z.string(), name: z.string(), query: z.string() })
  .openapi('SavedView');

/** Lists under filters that a person keeps by a name. */
export function savedViewRoutes(api: Api, { db }: ApiDependencies): void {
  const common = { tag: TAG, permission: 'own views' } as const;

  endpoint(
    api,
    {
      ...common,
      method: 'get',
      path: '/saved-views',
      summary: 'My views of a list',
      query: z.strictObject({ page }),
      data: z.array(SavedViewSchema),
    },
    async ({ query, user }) => ({ data: await listSavedViews(db.pool, user.id, query.page) }),
  );

  endpoint(
    api,
    {
      ...common,
      method: 'post',
      path: '/saved-views',
      summary: 'Keep a view; one of the same name is kept anew',
      body: z.strictObject({
        page,
        name: z.string().trim().min(1, 'Give the view a name').max(60, 'Name too long'),
        query: z.string().max(LONGEST_QUERY, 'The view holds more conditions than can be kept'),
      }),
      data: SavedViewSchema,
      status: 201,
    },
    async ({ body, user }) => ({ data: await saveView(db.pool, user.id, body), message: 'The view was saved' }),
  );

  endpoint(
    api,
    { ...common, method: 'delete', path: '/saved-views/{id}', summary: 'Forget one of my views', params: IdParams },
    async ({ params, user }) => {
      if (!(await deleteSavedView(db.pool, user.id, params.id))) throw notFound('view');
      return { message: 'The view was forgotten' };
    },
  );
}
