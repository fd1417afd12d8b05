import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import type { ApprovalContent } from '../../domain/approvals/approval';
import type { Actor, RequestType } from '../../domain/filings/messages';
import type { FilingKind } from '../../domain/filings/stages';
import type { UnsentRequest } from '../../models/filings/unattended';
import { newId } from '../../models/ids';

/** What somebody asks of a filing, before it is stored. */
export interface NewRequest {
  kind: FilingKind;
  filingId: string;
  workflowId: string;
  type: RequestType;
  /** The signal's body without requestId and actor. */
  payload: Record<string, unknown>;
  /** What the caller asked for, where the payload has more that follows from it: a repetition is told by it. */
  asked?: Record<string, unknown> | undefined;
  /** Free text: stays in the database, never goes into a signal. */
  notes: string | null;
  /** What the client is to see, for a move that sends the filing to them; likewise. */
  approval?: ApprovalContent | null;
  actor: Actor;
  /** Marks repetitions of the same request, per person and route; made here when the caller gave none. */
  idempotencyKey: string | null;
  route: string;
  httpRequestId: string | null;
}

export interface StoredRequest extends UnsentRequest {
  /** False for a repetition: the first one has been, or is being, delivered. */
  isNew: boolean;
}

/** The key was used before, for something else. */
export class IdempotencyKeyReusedError extends Error {}

/** Stores a request, PENDING, or finds the one that the same key stored before. Throws IdempotencyKeyReusedError. */
export async function storeRequest(db: Pool | ClientBase, request: NewRequest): Promise<StoredRequest> {
  const { kind, filingId, workflowId, type, payload, notes, approval = null, actor, route, httpRequestId } = request;
  const asked = request.asked ?? payload;
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(approval === null ? [type, asked, notes] : [type, asked, notes, approval]))
    .digest('hex');
  const id = newId();
  const key = request.idempotencyKey ?? id;
  const { rows } = await db.query<{ id: string; body_hash: string }>({
    name: 'store-request',
    text: `INSERT INTO filing_requests (id, idempotency_key, actor_user_id, route, body_hash, kind, filing_id, workflow_id, type, payload, notes,
       actor, http_request_id, approval)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT DO NOTHING RETURNING id, body_hash`,
    values: [
      id,
      key,
      actor.userId,
      route,
      bodyHash,
      kind,
      filingId,
      workflowId,
      type,
      JSON.stringify(payload),
      notes,
      JSON.stringify(actor),
      httpRequestId,
      approval === null ? null : JSON.stringify(approval),
    ],
  });
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
