import type { FilingRequest } from '../../models/filingRequest';
import { filingAccess } from '../../models/queries/filingAccess';
import type { SignedInUser } from '../../services/sessions/readSession';
import { viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { IdParams } from '../schemas';
import { FilingRequestSchema } from './schemas';

/** How a stored request stands, for whoever got a 202. */
export function requestRoutes(api: Api, deps: ApiDependencies): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/filing-requests/{id}',
      tag: 'Requests',
      summary: 'PENDING, APPLIED, or REJECTED with the reason',
      permission: 'see filings',
      params: IdParams,
      data: FilingRequestSchema,
    },
    async ({ params, user }) => {
      const request = await deps.db.FilingRequest.findByPk(params.id);
      if (!request || !(await maySee(user, request))) throw notFound('request');
      const { id, type, kind, filingId, status, code, reason, createdAt, decidedAt } = request;
      const data = { id, type, kind, filingId, status, code, reason, createdAt: createdAt.toISOString() };
      return { data: { ...data, decidedAt: decidedAt?.toISOString() ?? null } };
    },
  );

  async function maySee(user: SignedInUser, { actorUserId, kind, filingId }: FilingRequest): Promise<boolean> {
    return actorUserId === user.id || (await filingAccess(deps.db, kind, viewerOf(user), filingId)) !== undefined;
  }
}
