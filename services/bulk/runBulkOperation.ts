import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkActor, BulkProgress, BulkWork } from '../../domain/bulk/operations';
import { bulkProgress } from '../../models/bulk/bulkOperations';
import { inTransaction } from '../../models/transaction';
import type { ClientDependencies } from '../clients/clients';
import { storeBulkOperation, workOnBulkOperation } from './bulkOperation';
import { startBulkWorkflow } from './startBulkWorkflow';

/** So many records are done at once by whoever asks; more are a workflow's. */
const FEW_RECORDS = 100;
const LOOK_AGAIN_MS = 200;

/**
 * Stores an operation and does it; gives how far it has come within the time that the caller waits. It goes on to its end by itself.
 * The same key with the same work is the same operation. Throws IdempotencyKeyReusedError.
 */
export async function runBulkOperation(
  deps: ClientDependencies,
  by: BulkActor,
  work: BulkWork,
  recordIds: readonly string[],
  { waitMs, idempotencyKey }: { waitMs: number; idempotencyKey: string | null },
): Promise<BulkProgress & { operationId: string }> {
  const { id: operationId } = await inTransaction(deps.db.pool, (client) =>
    storeBulkOperation(client, by, work, recordIds, { idempotencyKey }),
  );
  return { operationId, ...(await carryOnBulkOperation(deps, operationId, recordIds.length, waitMs)) };
}

/** Goes on with a stored operation: here where its records are few, by its workflow where they are many or the time is up. */
export async function carryOnBulkOperation(
  deps: ClientDependencies,
  operationId: string,
  records: number,
  waitMs: number,
): Promise<BulkProgress> {
  const until = Date.now() + waitMs;
  const left = (): number => Math.max(0, until - Date.now());
  if (records <= FEW_RECORDS) {
    for (let isTime = true; isTime; isTime = left() > 0) {
      const progress = await workOnBulkOperation(deps, operationId, left());
      if (progress.isFinished) return progress;
    }
  }
  await startBulkWorkflow(deps.temporal, operationId).catch((error: unknown) => {
    deps.logger.warn({ operationId, cause: String(error) }, 'A bulk operation was not started yet: the relay starts it');
  });
  let progress = await bulkProgress(deps.db.pool, operationId);
  while (!progress.isFinished && left() > 0) {
    await sleep(LOOK_AGAIN_MS);
    progress = await bulkProgress(deps.db.pool, operationId);
  }
  return progress;
}
