import { z } from '@hono/zod-openapi';
import { listClients } from '../../models/queries/clientList';
import {
  changeFilter,
  deleteFilter,
  FilterNameTakenError,
  findFilter,
  listFilters,
  saveFilter,
} from '../../services/clients/savedFilters';
import type { SavedFilter } from '../../services/clients/savedFilters';
import type { SignedInUser } from '../../services/sessions/readSession';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, notFound } from '../errors';
import { IdParams, paginationOf } from '../schemas';
import { FilterClientsBody, SavedFilterSchema, SaveFilterBody, typedFilter } from './filterSchemas';
import { viewerOf } from './routes';
import { ClientSchema, presentClient } from './schemas';

const TAG = 'Client filters';

/** AdvancedFilters: clients that meet one, and the ones that people keep. */
export function clientFilterRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;
  const saved = { tag: TAG, permission: 'save client filters' } as const;

  endpoint(
    api,
    {
      method: 'post',
      path: '/clients/filter',
      tag: TAG,
      summary: 'A page of the clients that meet an AdvancedFilter, and the plain filters of the list where they are given',
      permission: 'see clients',
      body: FilterClientsBody,
      data: z.array(ClientSchema),
      isList: true,
    },
    async ({ body: { filter, ...request }, user }) => {
      const advanced = typedFilter(filter, 'filter.');
      const page = await listClients(db, viewerOf(user), { ...request, advanced });
      return { data: page.rows.map(presentClient), pagination: paginationOf(page, request) };
    },
  );

  endpoint(
    api,
    {
      ...saved,
      method: 'get',
      path: '/client-filters',
      summary: 'My saved filters, and those that are shared with the practice',
      data: z.array(SavedFilterSchema),
    },
    async ({ user }) => ({ data: (await listFilters(db, user)).map(presentFilter) }),
  );

  endpoint(
    api,
    {
      ...saved,
      method: 'post',
      path: '/client-filters',
      summary: 'Save a filter, for me or shared with the practice',
      body: SaveFilterBody,
      data: SavedFilterSchema,
      status: 201,
    },
    async ({ body: { name, isShared, groups, groupOperator }, user }) => {
      typedFilter({ groups, groupOperator });
      const filter = { groups, groupOperator };
      const filterId = await nameExplained(() => saveFilter(db, user, { name, isShared, filter }));
      return { data: await readFilter(user, filterId), message: 'The filter was saved' };
    },
  );

  endpoint(
    api,
    {
      ...saved,
      method: 'put',
      path: '/client-filters/{id}',
      summary: 'Change a saved filter: an own one, or as a manager or partner a shared one',
      params: IdParams,
      body: SaveFilterBody,
      data: SavedFilterSchema,
    },
    async ({ params, body: { name, isShared, groups, groupOperator }, user }) => {
      typedFilter({ groups, groupOperator });
      const filter = { groups, groupOperator };
      const isChanged = await nameExplained(() => changeFilter(db, user, params.id, { name, isShared, filter }));
      if (!isChanged) throw await refusal(user, params.id);
      return { data: await readFilter(user, params.id), message: 'The filter was changed' };
    },
  );

  endpoint(
    api,
    {
      ...saved,
      method: 'delete',
      path: '/client-filters/{id}',
      summary: 'Delete a saved filter',
      params: IdParams,
    },
    async ({ params, user }) => {
      if (!(await deleteFilter(db, user, params.id))) throw await refusal(user, params.id);
      return { message: 'The filter was deleted' };
    },
  );

  async function readFilter(user: SignedInUser, filterId: string): Promise<z.infer<typeof SavedFilterSchema>> {
    const filter = await findFilter(db, user, filterId);
    if (!filter) throw notFound('filter');
    return presentFilter(filter);
  }

  /** A shared filter is seen by all, but changed by its owner, managers and partners only. */
  async function refusal(user: SignedInUser, filterId: string): Promise<ApiError> {
    return (await findFilter(db, user, filterId))
      ? new ApiError('CONFLICT', 'This filter is somebody else’s: save one of your own')
      : notFound('filter');
  }
}

async function nameExplained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FilterNameTakenError) {
      throw new ApiError('CONFLICT', error.message, [{ path: 'name', message: error.message }]);
    }
    throw error;
  }
}

function presentFilter({ filter, ...saved }: SavedFilter): z.infer<typeof SavedFilterSchema> {
  return SavedFilterSchema.parse({ ...saved, ...filter });
}
