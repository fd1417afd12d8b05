import { assignClient, setChaseTeam } from '../../services/clients/assignClient';
import { answerBulk, BULK_STATUSES_DOCUMENTED, BulkResultsSchema } from '../bulk';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { IdParams } from '../schemas';
import { explained } from './explained';
import { requireClient } from './routes';
import {
  AssignClientBody,
  AssignmentParams,
  BulkAssignBody,
  BulkChaseTeamBody,
  BulkClientsBody,
  ChaseTeamBody,
  ClientSchema,
  presentClient,
} from './schemas';

const TAG = 'Clients';

/** Who looks after a client: four assignments and a chase team. */
export function assignmentRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;

  endpoint(
    api,
    {
      method: 'put',
      path: '/clients/{id}/assignments/{assignment}',
      tag: TAG,
      summary: 'Assign a client for one kind of work, or to nobody',
      permission: 'assign clients',
      params: AssignmentParams,
      body: AssignClientBody,
      data: ClientSchema,
    },
    async ({ params, body, user }) => {
      await requireClient(db, user, params.id);
      await explained(() => assignClient(deps, user, params.id, params.assignment, body.userId));
      const row = await requireClient(db, user, params.id);
      return { data: presentClient(row), message: body.userId === null ? 'Nobody is assigned now' : 'Assigned' };
    },
  );

  endpoint(
    api,
    {
      method: 'put',
      path: '/clients/{id}/chase-team',
      tag: TAG,
      summary: 'Say who chases a client’s paperwork beside the assigned people',
      permission: 'assign clients',
      params: IdParams,
      body: ChaseTeamBody,
      data: ClientSchema,
    },
    async ({ params, body, user }) => {
      await requireClient(db, user, params.id);
      await explained(() => setChaseTeam(deps, user, params.id, body.userIds));
      return { data: presentClient(await requireClient(db, user, params.id)), message: 'The chase team was set' };
    },
  );

  const bulk = { method: 'post', tag: TAG, results: BulkResultsSchema, otherStatuses: BULK_STATUSES_DOCUMENTED } as const;

  endpoint(
    api,
    {
      ...bulk,
      path: '/clients/bulk-assign',
      summary: 'Assign many clients at once, or to nobody; with dryRun only tell what would happen',
      permission: 'assign clients',
      body: BulkAssignBody,
    },
    ({ body: { clientIds, userId, assignment, dryRun }, user, c }) =>
      answerBulk(deps, c, user, { kind: 'ASSIGN_CLIENTS', assignment, userId }, clientIds, dryRun),
  );

  endpoint(
    api,
    {
      ...bulk,
      path: '/clients/bulk-chase-team',
      summary: 'Set the chase team of many clients; with dryRun only tell what would happen',
      permission: 'assign clients',
      body: BulkChaseTeamBody,
    },
    ({ body: { clientIds, userIds, dryRun }, user, c }) =>
      answerBulk(deps, c, user, { kind: 'SET_CHASE_TEAMS', userIds }, clientIds, dryRun),
  );

  for (const [verb, kind] of [
    ['archive', 'ARCHIVE_CLIENTS'],
    ['restore', 'RESTORE_CLIENTS'],
  ] as const) {
    endpoint(
      api,
      {
        ...bulk,
        path: `/clients/bulk-${verb}`,
        summary: `${verb === 'archive' ? 'Archive' : 'Restore'} many clients; with dryRun only tell what would happen`,
        permission: 'archive clients',
        body: BulkClientsBody,
      },
      ({ body: { clientIds, dryRun }, user, c }) => answerBulk(deps, c, user, { kind }, clientIds, dryRun),
    );
  }
}
