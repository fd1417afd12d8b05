import { addDays } from '../../domain/calendar/dates';
import type { IsoDate } from '../../domain/calendar/dates';
import type { VatStage } from '../../domain/filings/stages';
import type { Database } from '../database';
import { FILING_ROW_JOINS, OPEN, filingRowColumns } from './filingRow';
import type { VATQuarterRow } from './filingRow';
import { Values, allOf } from './statement';
import { visibleFilings } from './visibility';
import type { Viewer } from './visibility';

/** Open quarters in a stage that are due from `today` (a date in London) to so many days later, the soonest first. */
export async function vatQuartersDue(
  db: Database,
  viewer: Viewer,
  stage: VatStage,
  today: IsoDate,
  withinDays: number,
): Promise<VATQuarterRow[]> {
  const values = new Values();
  const conditions = [
    OPEN,
    `f.current_stage = ${values.add(stage)}::vat_workflow_stage`,
    `f.filing_due_date BETWEEN ${values.add(today)} AND ${values.add(addDays(today, withinDays))}`,
    ...visibleFilings('VAT_QUARTER', viewer, values, 'f'),
  ];
  const { rows } = await db.pool.query<VATQuarterRow>(
    `SELECT ${filingRowColumns(db, 'VAT_QUARTER', values.add(today))} FROM vat_quarters f ${FILING_ROW_JOINS}
     WHERE ${allOf(conditions)} ORDER BY f.filing_due_date, f.id`,
    values.list,
  );
  return rows;
}
