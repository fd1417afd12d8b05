import { FILING_KINDS } from '../../../domain/filings/stages';
import { FILING_TABLES } from '../../../models/filings/filingTables';
import type { AuditedDatabase, Finding } from './violation';

const INVARIANT = 'one history row per move, none missing';

interface Mismatch {
  workflow_id: string;
  sequence: number;
  moves: number;
  last_sequence: number;
  stage: string;
  last_stage: string | null;
}

/** Each filing has as many history rows as moves, numbered without a gap, and stands in the stage of the last one. */
export async function historyIsWhole({ db }: AuditedDatabase): Promise<Finding> {
  const finding: Finding = { checked: 0, violations: [] };
  for (const kind of FILING_KINDS) {
    const { table, historyTable } = FILING_TABLES[kind];
    const counted = await db.query<{ total: number }>(`SELECT count(*) AS total FROM ${historyTable}`);
    finding.checked += counted.rows[0]?.total ?? 0;
    const { rows } = await db.query<Mismatch>(
      `SELECT f.workflow_id, f.sequence, coalesce(h.moves, 0) AS moves, coalesce(h.last_sequence, 0) AS last_sequence,
         f.current_stage::text AS stage, h.last_stage
       FROM ${table} f LEFT JOIN (
         SELECT filing_id, count(DISTINCT sequence)::int AS moves, max(sequence) AS last_sequence, count(*)::int AS total,
           (array_agg(to_stage::text ORDER BY sequence DESC, stage_changed_at DESC))[1] AS last_stage
         FROM ${historyTable} GROUP BY filing_id
       ) h ON h.filing_id = f.id
       WHERE f.sequence <> coalesce(h.moves, 0) OR f.sequence <> coalesce(h.last_sequence, 0)
         OR h.total > h.moves OR (f.sequence > 0 AND f.current_stage::text <> h.last_stage)`,
    );
    for (const { workflow_id, sequence, moves, last_sequence, stage, last_stage } of rows) {
      finding.violations.push({
        invariant: INVARIANT,
        record: workflow_id,
        message: `the row counts ${sequence} moves and is in ${stage}; the history has ${moves}, up to number ${last_sequence}, and ends in ${last_stage ?? 'nothing'}`,
      });
    }
  }
  return finding;
}
