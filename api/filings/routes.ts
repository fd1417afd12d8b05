import { z } from '@hono/zod-openapi';
import { londonDateOf } from '../../domain/calendar/london';
import type { FilingDefinition } from '../../domain/filings/definition';
import type { FilingKind } from '../../domain/filings/stages';
import type { FilingAccess } from '../../models/queries/filingAccess';
import { filingAccess } from '../../models/queries/filingAccess';
import { filingCounts } from '../../models/queries/filingCounts';
import { filingChanges, filingHistory } from '../../models/queries/filingHistory';
import { findFiling, listFilings } from '../../models/queries/filingList';
import type { SignedInUser } from '../../services/sessions/readSession';
import { DeadlineSchema } from '../clients/deadlineSchemas';
import { datesOfFiling } from '../clients/deadlines';
import { viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { IdParams, paginationOf } from '../schemas';
import { liveWorkflow } from './liveWorkflow';
import { presentFiling } from './present';
import {
  FilingChangeSchema,
  FilingCountsSchema,
  filingFilterQuery,
  FilingHistorySchema,
  filingListQuery,
  FilingSchema,
  filterOf,
} from './schemas';

/** What can be read of the filings of a kind. */
export function filingRoutes(api: Api, deps: ApiDependencies, definition: FilingDefinition): void {
  const { db } = deps;
  const { kind, route, label } = definition;
  const common = { method: 'get', tag: label, permission: 'see filings' } as const;

  endpoint(
    api,
    {
      ...common,
      path: `/${route}`,
      summary: 'A page of filings with client, assignee, days left, days in stage and next reminder',
      query: filingListQuery(definition),
      data: z.array(FilingSchema),
      isList: true,
    },
    async ({ query, user }) => {
      const page = await listFilings(db, kind, viewerOf(user), filterOf(query, user.id), londonDateOf(deps.now()));
      return { data: page.rows.map(presentFiling), pagination: paginationOf(page, query) };
    },
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/counts`,
      summary: 'How many filings there are under a filter, and under each choice of stage, month and person',
      query: filingFilterQuery(definition),
      data: FilingCountsSchema,
    },
    async ({ query, user }) => ({
      data: await filingCounts(db, kind, viewerOf(user), filterOf(query, user.id), londonDateOf(deps.now())),
    }),
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}`,
      summary: 'One filing with its client and assignee',
      params: IdParams,
      data: FilingSchema,
    },
    async ({ params, user }) => ({ data: await readFiling(deps, kind, user, params.id) }),
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}/deadlines`,
      summary: 'The deadlines of the filing: in force, computed and official, with source and when it was read',
      params: IdParams,
      data: z.array(DeadlineSchema),
    },
    async ({ params, user }) => {
      const today = londonDateOf(deps.now());
      const row = await findFiling(db, kind, viewerOf(user), params.id, today);
      if (!row) throw notFound('filing');
      return { data: await datesOfFiling(db, row, today) };
    },
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}/history`,
      summary: 'Every move of the filing, oldest first',
      params: IdParams,
      data: z.array(FilingHistorySchema),
    },
    async ({ params, user }) => {
      await requireFiling(deps, kind, user, params.id);
      return { data: FilingHistorySchema.array().parse(await filingHistory(db, kind, params.id)) };
    },
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}/changes`,
      summary: 'The last hand-overs, pauses, changed dates, cancelling and reopening of the filing, newest first',
      params: IdParams,
      data: z.array(FilingChangeSchema),
    },
    async ({ params, user }) => {
      const { clientId } = await requireFiling(deps, kind, user, params.id);
      return { data: FilingChangeSchema.array().parse(await filingChanges(db, clientId, params.id)) };
    },
  );

  endpoint(
    api,
    {
      ...common,
      path: `/${route}/{id}/workflow`,
      summary: 'What the filing’s workflow says of itself, live',
      params: IdParams,
      data: z.looseObject({
        workflowId: z.string(),
        runId: z.string(),
        status: z.string(),
        temporalUiUrl: z.string().nullable(),
      }),
    },
    async ({ params, user }) => {
      const { workflowId } = await requireFiling(deps, kind, user, params.id);
      return { data: await liveWorkflow(deps, workflowId) };
    },
  );
}

/** Who may see and act on the filing, and how it is theirs. Throws NOT_FOUND where the person may not see it. */
export async function requireFiling(
  { db }: ApiDependencies,
  kind: FilingKind,
  user: SignedInUser,
  filingId: string,
): Promise<FilingAccess> {
  const access = await filingAccess(db, kind, viewerOf(user), filingId);
  if (!access) throw notFound('filing');
  return access;
}

/** The filing as its row has it now. Throws NOT_FOUND where the person may not see it. */
export async function readFiling(
  { db, now }: ApiDependencies,
  kind: FilingKind,
  user: SignedInUser,
  filingId: string,
): Promise<z.infer<typeof FilingSchema>> {
  const row = await findFiling(db, kind, viewerOf(user), filingId, londonDateOf(now()));
  if (!row) throw notFound('filing');
  return presentFiling(row);
}
