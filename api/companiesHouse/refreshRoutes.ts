import { z } from '@hono/zod-openapi';
import { ServiceError, WorkflowFailedError } from '@temporalio/client';
import { findClient } from '../../models/queries/clientList';
import type { ClientRow } from '../../models/queries/clientRow';
import { logActivity } from '../../services/audit/logActivity';
import { CompaniesHouseError } from '../../services/companiesHouse/companiesHouseError';
import type { RefreshStatus } from '../../services/companiesHouse/refreshWorkflow';
import { refreshResult, refreshStatus, startRefresh } from '../../services/companiesHouse/refreshWorkflow';
import type { SignedInUser } from '../../services/sessions/readSession';
import { BulkOutcome, BulkResultsSchema } from '../bulk';
import { requireClient, viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, invalidField, notFound } from '../errors';
import { IdParams } from '../schemas';
import { refusalOf } from './explained';

const TAG = 'Companies House';
const WAIT_MS = 20_000;
const MOST_CLIENTS = 1000;

const ChangeSchema = z.object({
  field: z.string(),
  oldValue: z.union([z.string(), z.boolean()]).nullable(),
  newValue: z.union([z.string(), z.boolean()]).nullable(),
  isProposed: z.boolean(),
});
const ProgressSchema = z
  .object({
    id: z.string(),
    status: z.string(),
    total: z.int().nullable(),
    done: z.int(),
    changed: z.int(),
    proposals: z.int(),
    failed: z.int(),
    failures: z.array(z.object({ clientId: z.string(), failure: z.string(), reason: z.string() })),
    stopped: z.string().nullable(),
    changes: z.array(ChangeSchema),
  })
  .openapi('CompaniesHouseRefresh');

const RefreshBody = z
  .strictObject({
    clientIds: z
      .array(z.string().min(1).max(50))
      .min(1, 'Name at least one')
      .max(MOST_CLIENTS, `At most ${MOST_CLIENTS} at a time`),
    dryRun: z.boolean().default(false),
  })
  .openapi('RefreshClientsRequest');

/** What a dry run says of a client that can be refreshed. */
const REFRESHED = 'Read again at Companies House: what changed is taken over, changed statutory dates are proposed';

function whyNotRefreshed(client: Pick<ClientRow, 'companyNumber' | 'isActive'> | null): string | null {
  if (!client) return 'there is no such client';
  if (client.companyNumber === null) return 'the client has no company number';
  return client.isActive ? null : 'the client is archived';
}

/** Clients read again at Companies House: by a workflow, which tries again and waits where it must. */
export function refreshRoutes(api: Api, deps: ApiDependencies): void {
  endpoint(
    api,
    {
      method: 'post',
      path: '/clients/{id}/companies-house/refresh',
      tag: TAG,
      summary: 'Read a client’s company again: what changed is taken over, changed statutory dates are proposed',
      permission: 'edit clients',
      params: IdParams,
      data: z.object({ id: z.string(), changes: z.array(ChangeSchema) }),
      otherStatuses: { 202: 'Still under way: see /companies-house/refreshes/{id}' },
    },
    async ({ params, user }) => {
      const client = await requireClient(deps.db, user, params.id);
      requireSetUp();
      if (client.companyNumber === null) throw invalidField('companyNumber', 'The client has no company number: add it first');
      const id = await answered(() => startRefresh(deps.temporal, user, [client.id], false));
      const progress = await answered(() => refreshResult(deps.temporal, id, WAIT_MS));
      const headers = { Location: `/api/v1/companies-house/refreshes/${id}` };
      if (!progress)
        return { status: 202, message: 'Companies House is slow: the refresh goes on', data: { id, changes: [] }, headers };
      const [failure] = progress.failures;
      if (failure) throw refusal(failure);
      const { changes } = progress;
      return { data: { id, changes }, message: told(changes.length, progress.proposals), headers };
    },
  );

  endpoint(
    api,
    {
      method: 'post',
      path: '/clients/companies-house/refresh',
      tag: TAG,
      summary: 'Read many clients’ companies again; goes on by itself, see /companies-house/refreshes/{id}',
      permission: 'edit clients',
      body: RefreshBody,
      data: z.object({ id: z.string().nullable() }),
      results: BulkResultsSchema,
      status: 202,
      otherStatuses: { 200: 'What a dry run found' },
    },
    async ({ body, user }) => {
      requireSetUp();
      const records = [];
      for (const clientId of new Set(body.clientIds)) {
        const client = await findClient(deps.db, viewerOf(user), clientId);
        const refusal = whyNotRefreshed(client);
        records.push({ id: clientId, label: client?.clientCode ?? null, refusal, change: refusal === null ? REFRESHED : null });
      }
      const outcome = new BulkOutcome();
      for (const { id, label, refusal } of records) {
        if (refusal === null) outcome.succeed();
        else outcome.fail(label ?? id, refusal);
      }
      if (body.dryRun) return { ...outcome.answer('ready to be refreshed', records), data: { id: null }, status: 200 };
      const ids = records.filter(({ refusal }) => refusal === null).map(({ id }) => id);
      const id = ids.length > 0 ? await answered(() => startRefresh(deps.temporal, user, ids, true)) : null;
      if (id !== null) {
        const details = { refreshId: id, clients: ids.length };
        await logActivity(deps.db.pool, { action: 'CLIENTS_REFRESH_REQUESTED', userId: user.id, details });
      }
      const headers: Record<string, string> = id === null ? {} : { Location: `/api/v1/companies-house/refreshes/${id}` };
      return { ...outcome.answer('taken to be refreshed'), data: { id }, headers };
    },
  );

  endpoint(
    api,
    {
      method: 'get',
      path: '/companies-house/refreshes/{id}',
      tag: TAG,
      summary: 'How far a refresh has come',
      permission: 'edit clients',
      params: IdParams,
      data: ProgressSchema,
    },
    async ({ params, user }) => {
      const found = await answered(() => refreshStatus(deps.temporal, params.id));
      if (!found || !maySee(user, found)) throw notFound('refresh');
      return { data: { id: found.id, status: found.status, ...found.progress } };
    },
  );

  function requireSetUp(): void {
    if (deps.settings.COMPANIES_HOUSE_API_KEY === undefined) throw refusalOf(new CompaniesHouseError('NOT_CONFIGURED'));
  }
}

function maySee({ id, role }: SignedInUser, { requestedByUserId }: RefreshStatus): boolean {
  return role !== 'STAFF' || requestedByUserId === id;
}

/** Asks Temporal. Throws UNAVAILABLE where it, or its workers, do not answer, or somebody stopped the refresh. */
async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkflowFailedError) throw new ApiError('UNAVAILABLE', 'The refresh was stopped: try again');
    if (!(error instanceof ServiceError)) throw error;
    throw new ApiError('UNAVAILABLE', 'Temporal or its workers do not answer: try again', [], { 'Retry-After': '5' });
  }
}

function refusal({ failure, reason }: { failure: string; reason: string }): ApiError {
  switch (failure) {
    case 'NOT_FOUND':
      return new ApiError('CONFLICT', `${reason}: correct the client’s company number`, [
        { path: 'companyNumber', message: reason },
      ]);
    case 'NOT_REFRESHABLE':
      return new ApiError('CONFLICT', reason);
    case 'NOT_CONFIGURED':
      return new ApiError('UNAVAILABLE', reason);
    default:
      return new ApiError('PROVIDER_FAILED', reason);
  }
}

function told(changes: number, proposals: number): string {
  if (changes === 0) return 'Nothing has changed';
  const proposed = proposals === 0 ? '' : `, ${proposals} of them dates that wait to be accepted`;
  return `${changes} ${changes === 1 ? 'change' : 'changes'} found${proposed}`;
}
