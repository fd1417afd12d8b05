import type { IsoDate } from '../../../domain/calendar/dates';
import { FILING_DEFINITIONS } from '../../../domain/filings/definitions';
import type { FilingKind, Stage } from '../../../domain/filings/stages';
import type { Database } from '../../database';
import { FILING_TABLES } from '../../filings/filingTables';
import { OPEN } from '../filingRow';
import { Values, allOf } from '../statement';
import type { Viewer } from '../visibility';
import type { ReportFilter } from './reportFilter';
import { kindsOf, reportedFilings } from './reportFilter';

/** How many open filings are in a stage. */
export interface StageCount {
  kind: FilingKind;
  stage: Stage;
  count: number;
  /** Of these, how many are past their due date. */
  overdue: number;
}

/** Open filings by stage, every stage that a filing can be open in, in the order in which they are passed. `today` is the date in London. */
export async function reportStages(db: Database, viewer: Viewer, filter: ReportFilter, today: IsoDate): Promise<StageCount[]> {
  const counted = kindsOf(filter).map((kind) => countStages(db, kind, viewer, filter, today));
  return (await Promise.all(counted)).flat();
}

async function countStages(
  db: Database,
  kind: FilingKind,
  viewer: Viewer,
  filter: ReportFilter,
  today: IsoDate,
): Promise<StageCount[]> {
  const values = new Values();
  const conditions = [OPEN, ...reportedFilings(kind, viewer, filter, values)];
  const { rows } = await db.pool.query<{ stage: Stage; count: number; overdue: number }>(
    `SELECT f.current_stage::text AS stage, count(*) AS count,
       count(*) FILTER (WHERE f.filing_due_date < ${values.add(today)}::date) AS overdue
     FROM ${FILING_TABLES[kind].table} f WHERE ${allOf(conditions)} GROUP BY f.current_stage`,
    values.list,
  );
  const counts = new Map(rows.map((row) => [row.stage, row]));
  const open = FILING_DEFINITIONS[kind].stages.slice(0, -1);
  return open.map(({ stage }) => ({
    kind,
    stage,
    count: counts.get(stage)?.count ?? 0,
    overdue: counts.get(stage)?.overdue ?? 0,
  }));
}
