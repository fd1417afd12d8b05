import { z } from '@hono/zod-openapi';
import { chainState } from '../../models/queries/chainState';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { InstantSchema } from '../schemas';

export const ChainStateSchema = z
  .object({ position: z.int(), hash: z.string().nullable(), chainedAt: InstantSchema.nullable(), waiting: z.int() })
  .openapi('AuditChainState');

/** How far the audit trail is chained; npm run db:audit checks that the chain holds. */
export function chainRoutes(api: Api, { db }: ApiDependencies): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/activity-logs/chain',
      tag: 'Logs',
      summary: 'How far the hash chain over activity log and histories reaches, and what is still to be chained',
      permission: 'see the audit chain',
      data: ChainStateSchema,
    },
    async () => ({ data: await chainState(db.pool) }),
  );
}
