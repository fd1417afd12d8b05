import type { Pool } from 'pg';
import type { FilingKind, Stage } from '../../domain/filings/stages';
import { FILING_TABLES } from './filingTables';

/**
 * Lets a row count on over decisions that nobody remembers, so that the next one can be recorded. Moves among them are in the history
 * with nothing but their number: the filing is in `stage` after them.
 */
export async function skipRecords(
  db: Pool,
  kind: FilingKind,
  filingId: string,
  to: { revision: number; sequence: number; stage: Stage },
): Promise<void> {
  const { table, historyTable, stageType } = FILING_TABLES[kind];
  await db.query(
    `WITH before AS (
       SELECT id, current_stage, sequence FROM ${table} WHERE id = $1 AND revision < $2 FOR UPDATE
     ),
     history AS (
       INSERT INTO ${historyTable} (id, filing_id, from_stage, to_stage, stage_changed_at, user_name, user_role, notes, source,
         transition_id, sequence)
       SELECT 'lost:' || before.id || ':' || n, before.id, CASE WHEN n = before.sequence + 1 THEN before.current_stage ELSE $4::${stageType} END,
         $4::${stageType}, clock_timestamp(), 'db:reconcile', 'SYSTEM', 'Who made this move, and when, was lost in a restore', 'TEMPORAL',
         'lost:' || before.id || ':' || n, n
       FROM before, generate_series(before.sequence + 1, $3::int) n
     )
     UPDATE ${table} f SET revision = $2, sequence = greatest(f.sequence, $3),
       current_stage = CASE WHEN $3 > f.sequence THEN $4::${stageType} ELSE f.current_stage END
     FROM before WHERE f.id = before.id`,
    [filingId, to.revision, to.sequence, to.stage],
  );
}
