import type { IsoDate } from '../../../domain/calendar/dates';
import { FILING_DEFINITIONS, stageIndex } from '../../../domain/filings/definitions';
import type { FilingKind, Stage } from '../../../domain/filings/stages';
import type { Database } from '../../database';
import { FILING_TABLES } from '../../filings/filingTables';
import { Values, allOf, percentileOf } from '../statement';
import type { Viewer } from '../visibility';
import type { ReportFilter } from './reportFilter';
import { kindsOf, reportedFilings } from './reportFilter';

/** How long filings stayed in a stage before they moved on. */
export interface TimeInStage {
  kind: FilingKind;
  stage: Stage;
  /** Who moved them on; null in the row that counts everybody's moves. */
  userId: string | null;
  userName: string | null;
  /** Moves that were counted. */
  moves: number;
  /** Of whole days of London, to one decimal. */
  medianDays: number;
  percentile90Days: number;
}

export interface TimeInStageFilter extends ReportFilter {
  stages?: readonly Stage[] | undefined;
  /** Moves on these dates of London and between them. */
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
}

type Row = Omit<TimeInStage, 'kind'>;

/** The time in each stage, of everybody and then person by person, in the order of the stages. */
export async function reportTimeInStage(db: Database, viewer: Viewer, filter: TimeInStageFilter): Promise<TimeInStage[]> {
  const measured = kindsOf(filter).map(async (kind) => {
    const rows = await measure(db, kind, viewer, filter);
    const order = ({ stage }: Row): number => stageIndex(FILING_DEFINITIONS[kind], stage);
    return rows.toSorted((a, b) => order(a) - order(b)).map((row) => ({ kind, ...row }));
  });
  return (await Promise.all(measured)).flat();
}

/** A move within a stage, as when one of two authorities received a filing, ends no stay. What the client moved is theirs together. */
async function measure(db: Database, kind: FilingKind, viewer: Viewer, filter: TimeInStageFilter): Promise<Row[]> {
  const { table, historyTable, stageType } = FILING_TABLES[kind];
  const values = new Values();
  const conditions = ['h.from_stage <> h.to_stage', ...reportedFilings(kind, viewer, filter, values)];
  if (filter.stages) conditions.push(`h.from_stage = ANY (${values.add(filter.stages)}::${stageType}[])`);
  const day = `(h.stage_changed_at AT TIME ZONE 'Europe/London')::date`;
  if (filter.from !== undefined) conditions.push(`${day} >= ${values.add(filter.from)}::date`);
  if (filter.to !== undefined) conditions.push(`${day} <= ${values.add(filter.to)}::date`);
  const { rows } = await db.pool.query<Row>(
    `WITH moved AS (
       SELECT h.from_stage, h.days_in_previous_stage AS days, CASE WHEN h.source = 'CLIENT' THEN NULL ELSE h.user_id END AS user_id,
         CASE WHEN h.source = 'CLIENT' THEN 'Client' ELSE coalesce(u.name, h.user_name) END AS user_name
       FROM ${historyTable} h JOIN ${table} f ON f.id = h.filing_id LEFT JOIN users u ON u.id = h.user_id
       WHERE ${allOf(conditions)}
     )
     SELECT from_stage::text AS stage, user_id AS "userId", user_name AS "userName", count(*) AS moves,
       ${percentileOf(0.5, 'days')} AS "medianDays", ${percentileOf(0.9, 'days')} AS "percentile90Days"
     FROM moved
     GROUP BY GROUPING SETS ((from_stage), (from_stage, user_id, user_name))
     ORDER BY GROUPING(user_name) DESC, user_name`,
    values.list,
  );
  return rows;
}
