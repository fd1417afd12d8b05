import type { ClientBase, Pool } from 'pg';
import type { HistoryEntry } from '../../domain/filings/historyEntry';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import { newId } from '../ids';
import { FILING_TABLES } from './filingTables';

/** A filing that has ended, and the run that ended it. */
export interface EndedFiling {
  kind: FilingKind;
  filingId: string;
  clientId: string;
  workflowId: string;
  runId: string;
}

/** A history as it is kept with its filing. */
export interface KeptHistory {
  workflowId: string;
  runId: string;
  entries: HistoryEntry[];
  headHash: string;
  createdAt: Date;
}

/** Filings that have ended and whose history is not kept yet, those that ended first in front. */
export async function filingsToExport(db: Pool, limit: number): Promise<EndedFiling[]> {
  const selects = FILING_KINDS.map(
    (kind) => `
      SELECT '${kind}' AS kind, id AS "filingId", client_id AS "clientId", workflow_id AS "workflowId", run_id AS "runId", decided_at
      FROM ${FILING_TABLES[kind].table}
      WHERE (is_completed OR is_cancelled) AND run_id IS NOT NULL AND exported_run_id IS DISTINCT FROM run_id`,
  );
  const { rows } = await db.query<EndedFiling>(
    `SELECT kind, "filingId", "clientId", "workflowId", "runId" FROM (${selects.join(' UNION ALL ')}) f ORDER BY decided_at LIMIT $1`,
    [limit],
  );
  return rows;
}

/** Keeps a history with its filing; false where it was kept before, and nothing is changed then. */
export async function keepHistory(
  db: ClientBase,
  { kind, filingId, workflowId, runId }: EndedFiling,
  entries: readonly HistoryEntry[],
  headHash: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO history_exports (id, filing_kind, filing_id, workflow_id, run_id, entries, head_hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (filing_id, run_id) DO NOTHING`,
    [newId(), kind, filingId, workflowId, runId, JSON.stringify(entries), headHash],
  );
  await db.query(`UPDATE ${FILING_TABLES[kind].table} SET exported_run_id = $2 WHERE id = $1`, [filingId, runId]);
  return rowCount === 1;
}

/** The history that was kept of a filing last, with the hash that the activity log has of it; undefined where there is none. */
export async function keptHistory(
  db: Pool,
  kind: FilingKind,
  filingId: string,
): Promise<(KeptHistory & { loggedHash: string | null }) | undefined> {
  const { rows } = await db.query<KeptHistory & { loggedHash: string | null }>(
    `SELECT e.workflow_id AS "workflowId", e.run_id AS "runId", e.entries, e.head_hash AS "headHash", e.created_at AS "createdAt",
       (SELECT a.details->>'headHash' FROM activity_logs a
        WHERE a.client_id = f.client_id AND a.action = 'FILING_HISTORY_EXPORTED' AND a.details->>'runId' = e.run_id LIMIT 1)
         AS "loggedHash"
     FROM history_exports e JOIN ${FILING_TABLES[kind].table} f ON f.id = e.filing_id
     WHERE e.filing_id = $1 ORDER BY e.created_at DESC LIMIT 1`,
    [filingId],
  );
  return rows[0];
}
