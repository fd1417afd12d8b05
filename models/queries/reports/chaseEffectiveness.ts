import type { IsoDate } from '../../../domain/calendar/dates';
import type { FilingKind } from '../../../domain/filings/stages';
import type { Database } from '../../database';
import { FILING_TABLES } from '../../filings/filingTables';
import { OPEN } from '../filingRow';
import { Values, allOf, percentileOf } from '../statement';
import type { Viewer } from '../visibility';
import type { ReportFilter } from './reportFilter';
import { kindsOf, reportedFilings } from './reportFilter';

export const PAPERWORK_STATES = ['RECEIVED', 'WAITING'] as const;
export type PaperworkState = (typeof PAPERWORK_STATES)[number];

/** How many filings took, or have taken so far, so many reminders until their paperwork came. */
export interface ChaseEffectiveness {
  kind: FilingKind;
  paperwork: PaperworkState;
  /** E-mails to the client, those sent by hand included. */
  reminders: number;
  filings: number;
  /** From the period's end until the paperwork came; null while it is waited for. */
  medianDays: number | null;
}

export interface ChaseEffectivenessFilter extends ReportFilter {
  /** Paperwork that came on these dates of London and between them. */
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
}

/** Filings by the reminders that their paperwork took, the fewest first; of filings that wait, those whose period has ended by `today`. */
export async function reportChaseEffectiveness(
  db: Database,
  viewer: Viewer,
  filter: ChaseEffectivenessFilter,
  today: IsoDate,
): Promise<ChaseEffectiveness[]> {
  const values = new Values();
  const from = filter.from === undefined ? undefined : values.add(filter.from);
  const to = filter.to === undefined ? undefined : values.add(filter.to);
  const day = values.add(today);
  const selects = kindsOf(filter).map((kind) => {
    const { table, periodEnd } = FILING_TABLES[kind];
    const received = `(f.paperwork_received_date AT TIME ZONE 'Europe/London')::date`;
    const cameInTime = [
      'f.paperwork_received_date IS NOT NULL',
      ...(from === undefined ? [] : [`${received} >= ${from}::date`]),
      ...(to === undefined ? [] : [`${received} <= ${to}::date`]),
    ];
    const waits = ['f.paperwork_received_date IS NULL', OPEN, `f.${periodEnd} < ${day}::date`];
    const conditions = [`${allOf(cameInTime)} OR ${allOf(waits)}`, ...reportedFilings(kind, viewer, filter, values)];
    return `SELECT '${kind}' AS kind, f.paperwork_received_date IS NOT NULL AS came, greatest(${received} - f.${periodEnd}, 0) AS days,
        (SELECT count(*) FROM chase_reminders r WHERE r.filing_id = f.id AND r.status = 'SENT'
          AND r.kind IN ('PAPERWORK_REMINDER', 'CHASE_NOW') AND (f.paperwork_received_date IS NULL OR r.sent_at <= f.paperwork_received_date)
        ) AS reminders
      FROM ${table} f WHERE ${allOf(conditions)}`;
  });
  const { rows } = await db.pool.query<ChaseEffectiveness>(
    `SELECT kind, CASE WHEN came THEN 'RECEIVED' ELSE 'WAITING' END AS paperwork, reminders, count(*) AS filings,
       ${percentileOf(0.5, 'days', 'FILTER (WHERE came)')} AS "medianDays"
     FROM (${selects.join(' UNION ALL ')}) chased
     GROUP BY kind, came, reminders ORDER BY kind DESC, came DESC, reminders`,
    values.list,
  );
  return rows;
}
