import { z } from '@hono/zod-openapi';
import type { IsoDate } from '../../domain/calendar/dates';
import { daysBetween } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import type { Database } from '../../models';
import { clientActivity } from '../../models/queries/activity';
import { findClient, listClients } from '../../models/queries/clientList';
import type { ClientRow } from '../../models/queries/clientRow';
import type { Viewer } from '../../models/queries/visibility';
import { archiveClient, restoreClient } from '../../services/clients/archiveClient';
import { createClient, updateClient } from '../../services/clients/clients';
import type { ClientFiling } from '../../services/filings/clientFilings';
import { clientFilings, isOpen } from '../../services/filings/clientFilings';
import type { SignedInUser } from '../../services/sessions/readSession';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { ClientFilingSchema } from '../filings/schemas';
import { IdParams, paginationOf } from '../schemas';
import { CorporationTaxSchema, DeadlineSchema } from './deadlineSchemas';
import { datesOfClient } from './deadlines';
import { explained } from './explained';
import {
  ClientListQuery,
  ClientSchema,
  CreateClientSchema,
  presentClient,
  requireFittingFields,
  UpdateClientSchema,
  withWorkDates,
} from './schemas';

const TAG = 'Clients';

/** A client with its open filings, deadlines and Corporation Tax, which only a limited company has. */
export const ClientWithFilings = ClientSchema.extend({
  openFilings: z.array(ClientFilingSchema),
  deadlines: z.array(DeadlineSchema),
  corporationTax: CorporationTaxSchema.nullable(),
});

/** Clients: whom the practice files for. */
export function clientRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;

  endpoint(
    api,
    {
      method: 'get',
      path: '/clients',
      tag: TAG,
      summary: 'A page of clients with the people of their assignments',
      permission: 'see clients',
      query: ClientListQuery,
      data: z.array(ClientSchema),
      isList: true,
    },
    async ({ query, user }) => {
      const page = await listClients(db, viewerOf(user), query);
      return { data: page.rows.map(presentClient), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/clients',
      tag: TAG,
      summary: 'Add a client; opens the filings that are due',
      permission: 'create clients',
      body: CreateClientSchema,
      data: ClientWithFilings,
      status: 201,
    },
    async ({ body, user }) => {
      requireFittingFields(body);
      const dated = withWorkDates(body, londonDateOf(deps.now()));
      const fields = user.role === 'STAFF' ? { ...dated, assignedUserId: user.id } : dated;
      const clientId = await explained(() => createClient(deps, user, fields));
      const data = await readClient(deps, user, clientId);
      return { data, message: `${data.companyName} was added as ${data.clientCode}` };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/clients/{id}',
      tag: TAG,
      summary: 'One client, with the four assigned people and its open filings',
      permission: 'see clients',
      params: IdParams,
      data: ClientWithFilings,
    },
    async ({ params, user }) => ({ data: await readClient(deps, user, params.id) }),
  );

  endpoint(
    api,
    {
      method: 'patch',
      path: '/clients/{id}',
      tag: TAG,
      summary: 'Change a client; opens what is due by the new dates',
      permission: 'edit clients',
      params: IdParams,
      body: UpdateClientSchema,
      data: ClientWithFilings,
    },
    async ({ params, body, user }) => {
      const before = await requireClient(db, user, params.id);
      requireFittingFields({ ...before, ...body });
      await explained(() => updateClient(deps, user, params.id, withWorkDates(body, londonDateOf(deps.now()))));
      const data = await readClient(deps, user, params.id);
      return { data, message: `${data.companyName} was changed` };
    },
  );

  for (const [verb, change, done] of [
    ['archive', archiveClient, 'was archived'],
    ['restore', restoreClient, 'was restored'],
  ] as const) {
    endpoint(
      api,
      {
        method: 'post',
        path: `/clients/{id}/${verb}`,
        tag: TAG,
        summary: verb === 'archive' ? 'Archive a client; cancels its open filings' : 'Restore an archived client and its filings',
        permission: 'archive clients',
        params: IdParams,
        data: ClientWithFilings,
      },
      async ({ params, user }) => {
        await requireClient(db, user, params.id);
        await explained(() => change(deps, user, params.id));
        const data = await readClient(deps, user, params.id);
        return { data, message: `${data.companyName} ${done}` };
      },
    );
  }

  endpoint(
    api,
    {
      method: 'get',
      path: '/clients/{id}/filings',
      tag: TAG,
      summary: 'All filings of a client, the soonest due first',
      permission: 'see filings',
      params: IdParams,
      data: z.array(ClientFilingSchema),
    },
    async ({ params, user }) => {
      await requireClient(db, user, params.id);
      const today = londonDateOf(deps.now());
      return { data: (await clientFilings(db.pool, params.id)).map((filing) => presentClientFiling(filing, today)) };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/clients/{id}/activity',
      tag: TAG,
      summary: 'What happened to a client, newest first',
      permission: 'see activity',
      params: IdParams,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
      data: z.array(z.looseObject({ id: z.string(), action: z.string() })),
    },
    async ({ params, query, user }) => {
      await requireClient(db, user, params.id);
      const rows = await clientActivity(db, params.id, query.limit);
      return { data: rows.map((row) => ({ ...row })) };
    },
  );
}

/** A client with its open filings. Throws NOT_FOUND where the person may not see it. */
export async function readClient(
  { db, now }: Pick<ApiDependencies, 'db' | 'now'>,
  user: SignedInUser,
  clientId: string,
): Promise<z.infer<typeof ClientWithFilings>> {
  const row = await requireClient(db, user, clientId);
  const filings = await clientFilings(db.pool, clientId);
  const today = londonDateOf(now());
  const dates = await datesOfClient(db, row, filings, today);
  const openFilings = filings.filter(isOpen).map((filing) => presentClientFiling(filing, today));
  return { ...presentClient(row), openFilings, ...dates };
}

/** The client, where the person may see it. Throws NOT_FOUND otherwise. */
export async function requireClient(db: Database, user: SignedInUser, clientId: string): Promise<ClientRow> {
  const row = await findClient(db, viewerOf(user), clientId);
  if (!row) throw notFound('client');
  return row;
}

export function viewerOf({ id, role }: SignedInUser): Viewer {
  return { userId: id, role };
}

function presentClientFiling(filing: ClientFiling, today: IsoDate): z.infer<typeof ClientFilingSchema> {
  const { kind, route, id, period, periodStart, periodEnd, currentStage, filingDueDate, workflowId } = filing;
  const { isCompleted, isCancelled, assignedUserId } = filing;
  const brief = { kind, route, id, period, periodStart, periodEnd, currentStage, filingDueDate, workflowId };
  const daysLeft = isOpen(filing) ? daysBetween(today, filingDueDate) : null;
  return { ...brief, daysLeft, isCompleted, isCancelled, assignedUserId };
}
