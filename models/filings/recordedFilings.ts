import type { Pool } from 'pg';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_TABLES } from './filingTables';

/** How far a filing is, as its row says. */
export interface RecordedFiling {
  id: string;
  workflowId: string;
  /** The run that recorded last; null where none has taken charge yet. */
  runId: string | null;
  revision: number;
  isOpen: boolean;
}

/** Filings of a kind after an id, in pages. */
export async function recordedFilings(db: Pool, kind: FilingKind, after: string, limit: number): Promise<RecordedFiling[]> {
  const { rows } = await db.query<RecordedFiling>(`${select(kind)} WHERE id > $1 ORDER BY id LIMIT $2`, [after, limit]);
  return rows;
}

/** One filing as it is now. Throws when there is no such filing. */
export async function recordedFiling(db: Pool, kind: FilingKind, id: string): Promise<RecordedFiling> {
  const { rows } = await db.query<RecordedFiling>(`${select(kind)} WHERE id = $1`, [id]);
  const [row] = rows;
  if (!row) throw new RangeError(`There is no filing ${id}`);
  return row;
}

/** Those of these workflows that have an open filing. */
export async function openWorkflowIds(db: Pool, kind: FilingKind, workflowIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT workflow_id AS id FROM ${FILING_TABLES[kind].table} WHERE workflow_id = ANY($1) AND NOT is_completed AND NOT is_cancelled`,
    [workflowIds],
  );
  return new Set(rows.map(({ id }) => id));
}

function select(kind: FilingKind): string {
  return `SELECT id, workflow_id AS "workflowId", run_id AS "runId", revision, NOT is_completed AND NOT is_cancelled AS "isOpen"
    FROM ${FILING_TABLES[kind].table}`;
}
