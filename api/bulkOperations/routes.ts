import { z } from '@hono/zod-openapi';
import type { StoredBulkOperation } from '../../models/bulk/bulkOperations';
import { bulkProgress, readBulkOperation, recentBulkOperations } from '../../models/bulk/bulkOperations';
import { bulkErrors, BulkOperationSchema } from '../bulk';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { notFound } from '../errors';
import { IdParams } from '../schemas';

const MOST_LISTED = 50;

/** Bulk operations, as they go on and how they ended; a staff member's own, for others everybody's. */
export function bulkOperationRoutes(api: Api, deps: ApiDependencies): void {
  const { pool } = deps.db;
  const common = { method: 'get', tag: 'Bulk operations', permission: 'see bulk operations' } as const;

  endpoint(
    api,
    {
      ...common,
      path: '/bulk-operations',
      summary: `The newest bulk operations, ${MOST_LISTED} at most`,
      data: z.array(BulkOperationSchema.omit({ errors: true })),
    },
    async ({ user }) => {
      const operations = await recentBulkOperations(pool, user.role === 'STAFF' ? user.id : null, MOST_LISTED);
      return { data: await Promise.all(operations.map(present)) };
    },
  );

  endpoint(
    api,
    {
      ...common,
      path: '/bulk-operations/{id}',
      summary: 'How far a bulk operation has come, and which records were refused',
      params: IdParams,
      data: BulkOperationSchema,
    },
    async ({ params, user }) => {
      const operation = await readBulkOperation(pool, params.id);
      if (!operation || (user.role === 'STAFF' && operation.actor.id !== user.id)) throw notFound('bulk operation');
      return { data: { ...(await present(operation)), errors: await bulkErrors(deps, operation.id) } };
    },
  );

  async function present(operation: StoredBulkOperation): Promise<Omit<z.infer<typeof BulkOperationSchema>, 'errors'>> {
    const { id, work, actor, createdAt, finishedAt } = operation;
    const { total, successful, failed, isFinished } = await bulkProgress(pool, id);
    const requestedBy = { id: actor.id, name: actor.name };
    const status = isFinished ? 'COMPLETED' : 'RUNNING';
    return { id, kind: work.kind, status, total, successful, failed, requestedBy, createdAt, finishedAt };
  }
}
