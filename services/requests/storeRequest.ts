import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Actor, RequestType } from '../../domain/filings/messages';
import type { FilingKind } from '../../domain/filings/stages';
import { newId } from '../../models/ids';

/** What somebody asks of a filing, before it is stored. */
export interface NewRequest {
  kind: FilingKind;
  filingId: string;
  workflowId: string;
  type: RequestType;
  /** The signal's body without requestId and actor. */
  payload: Record<string, unknown>;
  /** Free text: stays in the database, never goes into a signal. */
  notes: string | null;
  actor: Actor;
  /** Marks repetitions of the same request, per person and route; made here when the caller gave none. */
  idempotencyKey: string | null;
  route: string;
  httpRequestId: string | null;
}

export interface StoredRequest {
  id: string;
  kind: FilingKind;
  filingId: string;
  workflowId: string;
  type: RequestType;
  payload: Record<string, unknown>;
  actor: Actor;
  /** False for a repetition: the first one has been, or is being, delivered. */
  isNew: boolean;
}

/** The key was used before, for something else. */
export class IdempotencyKeyReusedError extends Error {}

/** Stores a request, PENDING, or finds the one that the same key stored before. Throws IdempotencyKeyReusedError. */
export async function storeRequest(db: Pool, request: NewRequest): Promise<StoredRequest> {
  const { kind, filingId, workflowId, type, payload, notes, actor, route, httpRequestId } = request;
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([type, payload, notes]))
    .digest('hex');
  const id = newId();
  const key = request.idempotencyKey ?? id;
  const { rows } = await db.query<{ id: string; body_hash: string }>(
    `INSERT INTO filing_requests (id, idempotency_key, actor_user_id, route, body_hash, kind, filing_id, workflow_id, type, payload, notes,
       actor, http_request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT DO NOTHING RETURNING id, body_hash`,
    [
      ...[id, key, actor.userId, route, bodyHash, kind, filingId, workflowId, type],
      ...[JSON.stringify(payload), notes, JSON.stringify(actor), httpRequestId],
    ],
  );
  const stored = { id, kind, filingId, workflowId, type, payload, actor };
  if (rows.length > 0) return { ...stored, isNew: true };
  const known = await db.query<{ id: string; body_hash: string }>(
    `SELECT id, body_hash FROM filing_requests WHERE actor_user_id IS NOT DISTINCT FROM $1 AND route = $2 AND idempotency_key = $3`,
    [actor.userId, route, key],
  );
  const [first] = known.rows;
  if (!first || first.body_hash !== bodyHash) {
    throw new IdempotencyKeyReusedError('This Idempotency-Key was used before with another body: use a new one');
  }
  return { ...stored, id: first.id, isNew: false };
}
