import type { Pool } from 'pg';
import type { RejectionRecord } from '../../domain/filings/record';
import { newId } from '../ids';
import { OUTCOMES_CHANNEL } from './outcomesChannel';

const STATEMENT = `
WITH request AS (
  UPDATE filing_requests SET status = 'REJECTED', code = $3, reason = $4, decided_at = clock_timestamp()
  WHERE id = $2 AND status = 'PENDING'
  RETURNING id
),
activity AS (
  INSERT INTO activity_logs (id, action, user_id, client_id, details)
  SELECT $1, 'FILING_REQUEST_REJECTED', (SELECT id FROM users WHERE id = $5), $6, $7::jsonb
  WHERE EXISTS (SELECT FROM request) OR NOT EXISTS (SELECT FROM filing_requests WHERE id = $2)
  ON CONFLICT (id) DO NOTHING
)
SELECT (SELECT pg_notify('${OUTCOMES_CHANNEL}', id) FROM request)::text AS notified`;

/** Answers a refused request and logs the refusal, in one transaction; safe to repeat. */
export async function recordRejection(
  db: Pool,
  filing: { kind: string; filingId: string; clientId: string },
  rejection: RejectionRecord,
): Promise<void> {
  const { requestId, name, actor, code, reason } = rejection;
  const details = {
    filingKind: filing.kind,
    filingId: filing.filingId,
    message: name,
    code,
    reason,
    ...(requestId ? { requestId } : {}),
    ...(actor ? { actorName: actor.name, actorRole: actor.role } : {}),
  };
  await db.query(STATEMENT, [newId(), requestId, code, reason, actor?.userId ?? null, filing.clientId, JSON.stringify(details)]);
}
