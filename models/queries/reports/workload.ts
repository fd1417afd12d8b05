import type { IsoDate } from '../../../domain/calendar/dates';
import type { FilingKind, Stage } from '../../../domain/filings/stages';
import type { Database } from '../../database';
import { FILING_TABLES } from '../../filings/filingTables';
import { OPEN } from '../filingRow';
import { Values, allOf } from '../statement';
import type { Viewer } from '../visibility';
import type { ReportFilter } from './reportFilter';
import { reportedFilings } from './reportFilter';

/** How many open filings a person has in the asked stages. */
export interface Workload {
  /** Null for filings that nobody is assigned to. */
  userId: string | null;
  name: string | null;
  email: string | null;
  count: number;
  /** Of these, how many are past their due date. */
  overdue: number;
}

/** Open filings of a kind by person, those with most first; of all stages unless some are named. `today` is the date in London. */
export async function workloadByPerson(
  db: Database,
  kind: FilingKind,
  viewer: Viewer,
  today: IsoDate,
  filter: ReportFilter & { stages?: readonly Stage[] | undefined } = {},
): Promise<Workload[]> {
  const { table, stageType } = FILING_TABLES[kind];
  const values = new Values();
  const conditions = [OPEN, ...reportedFilings(kind, viewer, filter, values)];
  if (filter.stages) conditions.push(`f.current_stage = ANY (${values.add(filter.stages)}::${stageType}[])`);
  const { rows } = await db.pool.query<Workload>(
    `SELECT load.assigned_user_id AS "userId", u.name, u.email, load.count, load.overdue
     FROM (
       SELECT f.assigned_user_id, count(*) AS count, count(*) FILTER (WHERE f.filing_due_date < ${values.add(today)}) AS overdue
       FROM ${table} f WHERE ${allOf(conditions)} GROUP BY f.assigned_user_id
     ) load
     LEFT JOIN users u ON u.id = load.assigned_user_id
     ORDER BY load.count DESC, u.name NULLS LAST`,
    values.list,
  );
  return rows;
}
