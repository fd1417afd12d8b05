import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_TABLES } from './filingTables';

/** A period for which there is a filing, whatever became of it. */
export interface OpenedPeriod {
  label: string;
  start: IsoDate;
  end: IsoDate;
}

/** The periods of a kind for which a client has filings; one that is asked to begin or end on another day counts as if it did so already. */
export async function openedPeriods(db: ClientBase, kind: FilingKind, clientId: string): Promise<OpenedPeriod[]> {
  const { table, periodLabel, periodStart, periodEnd } = FILING_TABLES[kind];
  const asked = (name: 'periodStart' | 'periodEnd', column: string): string => `coalesce((
    SELECT (r.payload->>'${name}')::date FROM filing_requests r
    WHERE r.filing_id = f.id AND r.status = 'PENDING' AND r.type = 'deadlinesChanged' AND r.payload ? '${name}'
    ORDER BY r.created_at DESC LIMIT 1
  ), f.${column})`;
  const { rows } = await db.query<OpenedPeriod>(
    `SELECT ${periodLabel} AS label, ${asked('periodStart', periodStart)} AS start, ${asked('periodEnd', periodEnd)} AS end
     FROM ${table} f WHERE f.client_id = $1`,
    [clientId],
  );
  return rows;
}
