import type { FilingKind } from '../../domain/filings/stages';
import type { Database } from '../database';
import { FILING_TABLES } from '../filings/filingTables';
import { columnsOf } from './statement';

/** The moves of a filing, oldest first, as data of the API. */
export async function filingHistory(db: Database, kind: FilingKind, filingId: string): Promise<Record<string, unknown>[]> {
  const model = kind === 'VAT_QUARTER' ? db.VATWorkflowHistory : db.LtdAccountsWorkflowHistory;
  const { historyTable } = FILING_TABLES[kind];
  const { rows } = await db.pool.query<Record<string, unknown>>(
    `SELECT ${columnsOf(model, 'h', ['recordedAt', 'filingId'])} FROM ${historyTable} h
     WHERE h.filing_id = $1 ORDER BY h.sequence, h.stage_changed_at`,
    [filingId],
  );
  return rows;
}
