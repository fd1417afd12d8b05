import type { Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { DeadlineDates } from '../../domain/deadlines/movedPeriod';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_TABLES } from './filingTables';

/** The period of a filing with its deadlines as they are in force. */
export interface DatesInForce {
  clientId: string;
  period: string;
  start: IsoDate;
  end: IsoDate;
  deadlines: DeadlineDates;
}

/** Reads it; undefined where there is no such filing. */
export async function readDatesInForce(db: Pool, kind: FilingKind, filingId: string): Promise<DatesInForce | undefined> {
  const { table, periodLabel, periodStart, periodEnd, deadlines } = FILING_TABLES[kind];
  const dates = Object.entries(deadlines).map(([name, column]) => `'${name}', f.${column}`);
  const { rows } = await db.query<DatesInForce>(
    `SELECT f.client_id AS "clientId", ${periodLabel} AS period, f.${periodStart} AS start, f.${periodEnd} AS end,
       jsonb_build_object(${dates.join(', ')}) AS deadlines
     FROM ${table} f WHERE f.id = $1`,
    [filingId],
  );
  return rows[0];
}
