import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { BulkActor, BulkProgress, BulkWork } from '../../domain/bulk/operations';
import type { ImportResult } from '../../domain/clients/importResult';
import type { KeyedOperation } from '../../models/bulk/bulkOperations';
import {
  bulkChanges,
  bulkProgress,
  completeBulkOperation,
  findByKey,
  insertBulkOperation,
  readBulkOperation,
} from '../../models/bulk/bulkOperations';
import { tellOfAssignments } from '../../models/clients/tellOfAssignments';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import type { ClientDependencies } from '../clients/clients';
import { IdempotencyKeyReusedError } from '../requests/storeRequest';
import { followImport } from './followImport';
import type { ClientWork } from './clientWork';
import { workOnClients } from './clientWork';
import { workOnFilings } from './filingWork';

/** What tells a repetition of an operation. */
export interface Repeatable {
  /** Null where nobody repeats it. */
  idempotencyKey: string | null;
  /** What the caller asked for, where it is not the work and its records. */
  asked?: unknown;
}

/**
 * Stores an operation in the caller's transaction, and logs it; or finds the one that the same key stored before. Throws
 * IdempotencyKeyReusedError.
 */
export async function storeBulkOperation(
  client: ClientBase,
  by: BulkActor,
  work: BulkWork,
  recordIds: readonly string[],
  { idempotencyKey, asked = [work, recordIds] }: Repeatable,
  importResult: ImportResult | null = null,
): Promise<KeyedOperation & { isNew: boolean }> {
  const bodyHash = hashOf(asked);
  const stored = await insertBulkOperation(client, { by, work, recordIds, idempotencyKey, bodyHash, importResult });
  requireSame(stored, bodyHash);
  if (stored.isNew) {
    const details = { operationId: stored.id, ...work, records: recordIds.length };
    await logActivity(client, { action: 'BULK_OPERATION_STARTED', userId: by.id, details });
  }
  return stored;
}

/** The operation that the same person asked for with the same key before, if any. Throws IdempotencyKeyReusedError. */
export async function repeatedOperation(
  db: Pool,
  by: BulkActor,
  { idempotencyKey, asked }: Repeatable,
): Promise<KeyedOperation | undefined> {
  const stored = idempotencyKey === null ? undefined : await findByKey(db, by.id, idempotencyKey);
  if (stored) requireSame(stored, hashOf(asked));
  return stored;
}

function hashOf(asked: unknown): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}

function requireSame(stored: KeyedOperation, bodyHash: string): void {
  if (stored.bodyHash !== bodyHash) {
    throw new IdempotencyKeyReusedError('This Idempotency-Key was used before with another body: use a new one');
  }
}

/**
 * Does the next records of an operation, and ends it when there are none: then the people concerned are told, once. Waits so long at
 * most for filings to decide. Safe to repeat, also by two at once. Throws a RangeError for an unknown operation.
 */
export async function workOnBulkOperation(
  deps: ClientDependencies,
  operationId: string,
  waitMs: number,
): Promise<BulkProgress & { hasMoved: boolean }> {
  const { pool } = deps.db;
  const operation = await readBulkOperation(pool, operationId);
  if (!operation) throw new RangeError(`There is no bulk operation ${operationId}`);
  if (operation.status === 'COMPLETED') return { ...(await bulkProgress(pool, operationId)), hasMoved: false };
  const { work, actor } = operation;
  const settled =
    'filingKind' in work
      ? await workOnFilings(deps, operationId, actor, work, waitMs)
      : work.kind === 'FOLLOW_IMPORT'
        ? await followImport(deps, operationId, actor)
        : await workOnClients(deps, operationId, actor, work satisfies ClientWork);
  const progress = await bulkProgress(pool, operationId);
  if (progress.successful + progress.failed < progress.total) return { ...progress, hasMoved: settled > 0 };
  await inTransaction(pool, async (client) => {
    if (!(await completeBulkOperation(client, operationId))) return;
    await tellOfAssignments(client, actor.id, await bulkChanges(client, operationId), `bulk/${operationId}`);
  });
  return { ...progress, isFinished: true, hasMoved: true };
}
