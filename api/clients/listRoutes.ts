import { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import type { ClientRow } from '../../models/queries/clientRow';
import { clientsWithAssignments, overdueAccounts, searchClients } from '../../models/queries/clients';
import type { Page, PageRequest } from '../../models/queries/page';
import type { ApiDependencies } from '../dependencies';
import type { Answer, Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { pageFields, paginationOf } from '../schemas';
import { viewerOf } from './routes';
import { ClientSchema, presentClient } from './schemas';

const PageQuery = z.strictObject(pageFields);
const SearchQuery = z.strictObject({
  q: z.string().trim().min(1, 'Say what to search for').max(200, 'Search text too long'),
  ...pageFields,
});

/** The lists of clients that data-models.md names. Their paths come before `/clients/{id}`, which would take them for ids. */
export function clientListRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;
  const common = {
    method: 'get',
    tag: 'Clients',
    permission: 'see clients',
    data: z.array(ClientSchema),
    isList: true,
  } as const;

  endpoint(
    api,
    {
      ...common,
      path: '/clients/with-assignments',
      summary: 'Active clients by name, with the people of their assignments',
      query: PageQuery,
    },
    async ({ query, user }) => answer(await clientsWithAssignments(db, viewerOf(user), query), query),
  );

  endpoint(
    api,
    {
      ...common,
      path: '/clients/overdue-accounts',
      summary: 'Active clients whose accounts were due before today, the longest overdue first',
      query: PageQuery,
    },
    async ({ query, user }) => answer(await overdueAccounts(db, viewerOf(user), londonDateOf(deps.now()), query), query),
  );

  endpoint(
    api,
    {
      ...common,
      path: '/clients/search',
      summary: 'Active clients with a text in their name, company number, e-mail address or code',
      query: SearchQuery,
    },
    async ({ query, user }) => answer(await searchClients(db, viewerOf(user), query.q, query), query),
  );
}

function answer(page: Page<ClientRow>, request: PageRequest): Answer<z.infer<typeof ClientSchema>[]> {
  return { data: page.rows.map(presentClient), pagination: paginationOf(page, request) };
}
