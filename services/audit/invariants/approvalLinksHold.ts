import { awaitsApproval } from '../../../domain/approvals/approval';
import { FILING_DEFINITIONS } from '../../../domain/filings/definitions';
import type { FilingKind } from '../../../domain/filings/stages';
import { FILING_KINDS } from '../../../domain/filings/stages';
import { FILING_TABLES } from '../../../models/filings/filingTables';
import type { AuditedDatabase, Finding, Violation } from './violation';

const INVARIANT = 'an approval link counts while its filing waits for the client, and its answer is a move';

/** A link that counts belongs to a filing that waits for its answer, one for each; an answered one has the client's decision in the history. */
export async function approvalLinksHold({ db }: AuditedDatabase): Promise<Finding> {
  const counted = await db.query<{ total: number }>('SELECT count(*) AS total FROM approval_links');
  const violations: Violation[] = [];
  for (const statement of [STRAY, ...FILING_KINDS.flatMap((kind) => [outlived(kind), several(kind), undecided(kind)])]) {
    const { rows } = await db.query<{ record: string; message: string }>(statement);
    for (const row of rows) violations.push({ invariant: INVARIANT, ...row });
  }
  return { checked: counted.rows[0]?.total ?? 0, violations };
}

const STRAY = `
  SELECT 'approval link ' || l.id AS record, 'there is no filing ' || l.filing_id AS message FROM approval_links l
  WHERE ${FILING_KINDS.map(
    (kind) => `NOT (l.filing_kind = '${kind}' AND EXISTS (SELECT FROM ${FILING_TABLES[kind].table} f WHERE f.id = l.filing_id))`,
  ).join(' AND ')}`;

const COUNTS = 'l.revoked_at IS NULL AND l.answered_at IS NULL';

function linksOf(kind: FilingKind): string {
  return `approval_links l JOIN ${FILING_TABLES[kind].table} f ON l.filing_kind = '${kind}' AND f.id = l.filing_id`;
}

/** Any move away, and the end of the filing, revokes what the client has not answered. */
function outlived(kind: FilingKind): string {
  const definition = FILING_DEFINITIONS[kind];
  const waiting = definition.stages.filter(({ stage }) => awaitsApproval(definition, stage)).map(({ stage }) => `'${stage}'`);
  return `
    SELECT 'approval link ' || l.id AS record, 'it still counts, for move ' || l.sequence || ', though ' || f.workflow_id
      || CASE WHEN f.is_cancelled THEN ' was cancelled in ' ELSE ' is in ' END || f.current_stage || ' after ' || f.sequence
      || ' moves' AS message
    FROM ${linksOf(kind)}
    WHERE ${COUNTS} AND (f.is_completed OR f.is_cancelled OR f.current_stage NOT IN (${waiting.join(', ')}) OR l.sequence <> f.sequence)`;
}

function several(kind: FilingKind): string {
  return `
    SELECT f.workflow_id AS record, count(*) || ' approval links count at once' AS message
    FROM ${linksOf(kind)} WHERE ${COUNTS} GROUP BY f.workflow_id HAVING count(*) > 1`;
}

/** What a reset decided again has its move a second time, under the same request. */
function undecided(kind: FilingKind): string {
  return `
    SELECT 'approval link ' || l.id AS record, 'it was answered on ' || l.answered_at || CASE
        WHEN r.id IS NULL THEN ' without a decision of the client'
        ELSE ' with ' || coalesce(r.payload->>'decision', r.type::text) || ', of which the history has no move' END AS message
    FROM ${linksOf(kind)} LEFT JOIN filing_requests r
      ON r.id = l.request_id AND r.filing_id = f.id AND r.type = 'clientDecision' AND r.payload->>'sendingId' = l.id
    WHERE l.answered_at IS NOT NULL AND (r.id IS NULL OR (r.status = 'APPLIED' AND NOT EXISTS (
      SELECT FROM ${FILING_TABLES[kind].historyTable} h
      WHERE h.filing_id = f.id AND split_part(h.transition_id, ':', 1) = r.id AND h.source = 'CLIENT'
        AND h.to_stage = CASE r.payload->>'decision' WHEN 'approved' THEN 'CLIENT_APPROVED' ELSE 'WORK_IN_PROGRESS' END::${FILING_TABLES[kind].stageType})))`;
}
