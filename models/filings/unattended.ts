import type { Pool } from 'pg';
import type { Actor, RequestType } from '../../domain/filings/messages';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from './filingTables';

/** A stored request that Temporal may not have. */
export interface UnsentRequest {
  id: string;
  kind: FilingKind;
  filingId: string;
  workflowId: string;
  type: RequestType;
  payload: Record<string, unknown>;
  actor: Actor;
}

/**
 * Requests that are still pending and were not sent lately, oldest first: Temporal keeps what it acknowledged, so
 * hourly is enough. What else is asked of a filing waits until it is reopened.
 */
export async function unsentRequests(db: Pool, limit: number): Promise<UnsentRequest[]> {
  const { rows } = await db.query<UnsentRequest>(
    `SELECT id, kind::text, filing_id AS "filingId", workflow_id AS "workflowId", type::text, payload, actor
     FROM filing_requests r
     WHERE status = 'PENDING' AND created_at < clock_timestamp() - interval '15 seconds'
       AND (sent_at IS NULL OR sent_at < clock_timestamp() - interval '1 hour')
       AND NOT (type <> 'reopen' AND EXISTS (
         SELECT FROM filing_requests o WHERE o.filing_id = r.filing_id AND o.type = 'reopen' AND o.status = 'PENDING'
       ))
     ORDER BY created_at LIMIT $1`,
    [limit],
  );
  return rows;
}

/** Temporal acknowledged these requests. */
export async function markRequestsSent(db: Pool, requestIds: readonly string[]): Promise<void> {
  await db.query(`UPDATE filing_requests SET sent_at = clock_timestamp() WHERE id = ANY($1) AND status = 'PENDING'`, [
    requestIds,
  ]);
}

/** Open filings that no run of a workflow has taken charge of a while after their row was made. */
export async function unstartedFilings(db: Pool, limit: number): Promise<{ kind: FilingKind; filingId: string }[]> {
  const selects = FILING_KINDS.map(
    (kind) => `
      SELECT '${kind}' AS kind, id AS "filingId", created_at FROM ${FILING_TABLES[kind].table}
      WHERE run_id IS NULL AND NOT is_completed AND NOT is_cancelled AND created_at < clock_timestamp() - interval '10 seconds'`,
  );
  const { rows } = await db.query<{ kind: FilingKind; filingId: string }>(
    `SELECT kind, "filingId" FROM (${selects.join(' UNION ALL ')}) f ORDER BY created_at LIMIT $1`,
    [limit],
  );
  return rows;
}

/** E-mails that are still to be sent though nobody has tried for longer than a retry takes; of those to staff nobody else takes care. */
export async function unattendedEmails(db: Pool, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM email_logs
     WHERE status = 'PENDING' AND (
       coalesce(last_attempt_at, created_at) < clock_timestamp() - interval '11 minutes'
       OR (template IN ('notification', 'digest', 'assignment') AND last_attempt_at IS NULL)
     )
     ORDER BY created_at LIMIT $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}
