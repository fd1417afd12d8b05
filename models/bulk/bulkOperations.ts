import type { ClientBase, Pool } from 'pg';
import type { BulkActor, BulkProgress, BulkRecordStatus, BulkStatus, BulkWork } from '../../domain/bulk/operations';
import type { AssignmentChange } from '../../domain/clients/assignmentNotice';
import type { ImportResult } from '../../domain/clients/importResult';
import { newId } from '../ids';

/** A bulk operation as its row has it. */
export interface StoredBulkOperation {
  id: string;
  work: BulkWork;
  actor: BulkActor;
  status: BulkStatus;
  total: number;
  createdAt: Date;
  finishedAt: Date | null;
}

/** A record that still waits. */
export interface PendingRecord {
  position: number;
  recordId: string;
  requestId: string | null;
}

/** What became of a record. */
export interface RecordOutcome {
  position: number;
  label: string | null;
  status: Exclude<BulkRecordStatus, 'PENDING'>;
  reason: string | null;
  changes: AssignmentChange[] | null;
}

const COLUMNS = `id, work, actor, status::text, total, created_at AS "createdAt", finished_at AS "finishedAt"`;

/** An operation before it is stored. */
interface NewBulkOperation {
  by: BulkActor;
  work: BulkWork;
  recordIds: readonly string[];
  /** Marks repetitions of the same request by the same person; null where there are none to tell. */
  idempotencyKey: string | null;
  bodyHash: string;
  /** What an import answers, and every repetition of it. */
  importResult: ImportResult | null;
}

/** An operation by the key that it was asked for with. */
export interface KeyedOperation {
  id: string;
  bodyHash: string;
  importResult: ImportResult | null;
}

/** Stores an operation with its records, each once, in the order in which they are given; or finds the one of the same key. */
export async function insertBulkOperation(
  db: ClientBase,
  { by, work, recordIds, idempotencyKey, bodyHash, importResult }: NewBulkOperation,
): Promise<KeyedOperation & { isNew: boolean }> {
  const id = newId();
  const records = [...new Set(recordIds)];
  const { rowCount } = await db.query(
    `INSERT INTO bulk_operations (id, kind, work, user_id, actor, total, idempotency_key, body_hash, import_result)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [
      id,
      work.kind,
      JSON.stringify(work),
      by.id,
      JSON.stringify(by),
      records.length,
      idempotencyKey ?? id,
      bodyHash,
      importResult && JSON.stringify(importResult),
    ],
  );
  if (rowCount === 0) {
    const known = idempotencyKey === null ? undefined : await findByKey(db, by.id, idempotencyKey);
    if (!known) throw new Error('A bulk operation was neither stored nor found');
    return { ...known, isNew: false };
  }
  await db.query(
    `INSERT INTO bulk_operation_records (operation_id, position, record_id)
     SELECT $1, position, record_id FROM unnest($2::text[]) WITH ORDINALITY AS r(record_id, position)`,
    [id, records],
  );
  return { id, bodyHash, importResult, isNew: true };
}

/** The operation that a person asked for with this key; undefined where there is none. */
export async function findByKey(
  db: Pool | ClientBase,
  userId: string,
  idempotencyKey: string,
): Promise<KeyedOperation | undefined> {
  const { rows } = await db.query<KeyedOperation>(
    `SELECT id, body_hash AS "bodyHash", import_result AS "importResult" FROM bulk_operations
     WHERE user_id = $1 AND idempotency_key = $2`,
    [userId, idempotencyKey],
  );
  return rows[0];
}

/** Reads an operation; undefined for an unknown one. */
export async function readBulkOperation(db: Pool | ClientBase, id: string): Promise<StoredBulkOperation | undefined> {
  const { rows } = await db.query<StoredBulkOperation>(`SELECT ${COLUMNS} FROM bulk_operations WHERE id = $1`, [id]);
  return rows[0];
}

/** The newest operations of a person, or of everybody where none is named. */
export async function recentBulkOperations(db: Pool, userId: string | null, limit: number): Promise<StoredBulkOperation[]> {
  const { rows } = await db.query<StoredBulkOperation>(
    `SELECT ${COLUMNS} FROM bulk_operations WHERE $1::text IS NULL OR user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2`,
    [userId, limit],
  );
  return rows;
}

/** How far an operation has come. */
export async function bulkProgress(db: Pool | ClientBase, id: string): Promise<BulkProgress> {
  const { rows } = await db.query<BulkProgress>(
    `SELECT o.total, o.status = 'COMPLETED' AS "isFinished",
       count(*) FILTER (WHERE r.status = 'SUCCEEDED') AS successful, count(*) FILTER (WHERE r.status = 'FAILED') AS failed
     FROM bulk_operations o LEFT JOIN bulk_operation_records r ON r.operation_id = o.id WHERE o.id = $1 GROUP BY o.id`,
    [id],
  );
  const [progress] = rows;
  if (!progress) throw new RangeError(`There is no bulk operation ${id}`);
  return progress;
}

/** What could not be done, in the order of the records: which, and why. */
export async function bulkFailures(db: Pool, id: string): Promise<{ record: string; reason: string }[]> {
  const { rows } = await db.query<{ record: string; reason: string }>(
    `SELECT coalesce(label, record_id) AS record, coalesce(reason, 'refused') AS reason FROM bulk_operation_records
     WHERE operation_id = $1 AND status = 'FAILED' ORDER BY position`,
    [id],
  );
  return rows;
}

/** The next records that wait, locked: who works on the same operation beside finds them done. */
export async function lockPendingRecords(db: ClientBase, id: string, limit: number): Promise<PendingRecord[]> {
  const { rows } = await db.query<PendingRecord>(
    `SELECT position, record_id AS "recordId", request_id AS "requestId" FROM bulk_operation_records
     WHERE operation_id = $1 AND status = 'PENDING' ORDER BY position LIMIT ${limit} FOR UPDATE`,
    [id],
  );
  return rows;
}

/** Writes down what became of records; those that have an outcome already keep it. */
export async function settleRecords(db: Pool | ClientBase, id: string, outcomes: readonly RecordOutcome[]): Promise<void> {
  await db.query(
    `UPDATE bulk_operation_records r SET label = o.label, status = o.status::bulk_record_status, reason = o.reason, changes = o.changes
     FROM jsonb_to_recordset($2::jsonb) AS o(position integer, label text, status text, reason text, changes jsonb)
     WHERE r.operation_id = $1 AND r.position = o.position AND r.status = 'PENDING'`,
    [id, JSON.stringify(outcomes)],
  );
}

/** Notes which request a filing was asked by, and what people are told should it be applied. */
export async function noteRequest(
  db: ClientBase,
  id: string,
  { position, label, requestId, changes }: { position: number; label: string; requestId: string; changes: AssignmentChange[] },
): Promise<void> {
  await db.query(
    `UPDATE bulk_operation_records SET label = $3, request_id = $4, changes = $5 WHERE operation_id = $1 AND position = $2`,
    [id, position, label, requestId, JSON.stringify(changes)],
  );
}

/** Takes over what filings answered; gives how many records were settled by it. */
export async function settleAnswered(db: Pool, id: string): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE bulk_operation_records r
     SET status = CASE q.status WHEN 'APPLIED' THEN 'SUCCEEDED' ELSE 'FAILED' END::bulk_record_status,
       reason = CASE q.status WHEN 'APPLIED' THEN NULL ELSE coalesce(q.reason, 'refused') END
     FROM filing_requests q
     WHERE r.operation_id = $1 AND r.status = 'PENDING' AND q.id = r.request_id AND q.status <> 'PENDING'`,
    [id],
  );
  return rowCount ?? 0;
}

/** Ends an operation none of whose records waits; false where it has ended before. */
export async function completeBulkOperation(db: ClientBase, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE bulk_operations SET status = 'COMPLETED', finished_at = clock_timestamp() WHERE id = $1 AND status = 'RUNNING'`,
    [id],
  );
  return rowCount === 1;
}

/** All that people are to be told of an operation. */
export async function bulkChanges(db: ClientBase, id: string): Promise<AssignmentChange[]> {
  const { rows } = await db.query<{ changes: AssignmentChange[] }>(
    `SELECT changes FROM bulk_operation_records WHERE operation_id = $1 AND status = 'SUCCEEDED' AND changes IS NOT NULL ORDER BY position`,
    [id],
  );
  return rows.flatMap(({ changes }) => changes);
}

/** Operations that have been running for a while, oldest first: somebody may have to go on with them. */
export async function unfinishedBulkOperations(db: Pool, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM bulk_operations WHERE status = 'RUNNING' AND created_at < clock_timestamp() - interval '30 seconds'
     ORDER BY created_at LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}
