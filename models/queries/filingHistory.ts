import { HISTORY_CHANGES } from '../../domain/filings/historySources';
import type { FilingKind } from '../../domain/filings/stages';
import type { Database } from '../database';
import { FILING_TABLES } from '../filings/filingTables';
import { columnsOf, modelOf } from './statement';

/** The moves of a filing, oldest first, as data of the API. */
export async function filingHistory(db: Database, kind: FilingKind, filingId: string): Promise<Record<string, unknown>[]> {
  const { historyTable } = FILING_TABLES[kind];
  const { rows } = await db.pool.query<Record<string, unknown>>(
    `SELECT ${columnsOf(modelOf(db, historyTable), 'h', ['recordedAt', 'filingId'])} FROM ${historyTable} h
     WHERE h.filing_id = $1 ORDER BY h.sequence, h.stage_changed_at`,
    [filingId],
  );
  return rows;
}

const MOST_CHANGES = 100;

/**
 * What was changed of a filing besides its moves, the newest first, as data of the API; a hand-over or a reopening that came with a move
 * is told as well, its note is the move's.
 */
export async function filingChanges(db: Database, clientId: string, filingId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await db.pool.query<Record<string, unknown>>(
    `SELECT a.id, a.timestamp AS at, coalesce(u.name, a.details->>'actorName') AS who, a.action, a.details,
       CASE WHEN a.details->'sequence' IS NULL THEN r.notes END AS note
     FROM activity_logs a LEFT JOIN users u ON u.id = a.user_id LEFT JOIN filing_requests r ON r.id = a.details->>'requestId'
     WHERE a.client_id = $1 AND a.details->>'filingId' = $2
       AND (a.action = ANY ($3) OR (a.action = 'FILING_STAGE_CHANGED' AND a.details->'assignedUserId' IS NOT NULL))
     ORDER BY a.timestamp DESC, a.id DESC LIMIT ${MOST_CHANGES}`,
    [clientId, filingId, HISTORY_CHANGES],
  );
  return rows;
}
