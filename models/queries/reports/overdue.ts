import type { IsoDate } from '../../../domain/calendar/dates';
import type { Stage, WaitingFor } from '../../../domain/filings/stages';
import type { Database } from '../../database';
import { FILING_TABLES } from '../../filings/filingTables';
import { OPEN } from '../filingRow';
import { Values, allOf } from '../statement';
import type { Viewer } from '../visibility';
import type { ReportedAssignee, ReportedFiling, ReportFilter } from './reportFilter';
import { ASSIGNEE_COLUMNS, kindsOf, REPORT_JOINS, reportedColumns, reportedFilings } from './reportFilter';

/** An open filing whose due date has passed. */
export interface OverdueFiling extends ReportedFiling, ReportedAssignee {
  dueDate: IsoDate;
  daysOverdue: number;
  stage: Stage;
  waitingFor: WaitingFor;
  /** Whole days of London since the stage was entered. */
  daysInStage: number;
  remindersSent: number;
}

/** Open filings that were due before `today` (a date in London), the longest overdue first. */
export async function reportOverdue(
  db: Database,
  viewer: Viewer,
  filter: ReportFilter,
  today: IsoDate,
): Promise<OverdueFiling[]> {
  const values = new Values();
  const day = `${values.add(today)}::date`;
  const selects = kindsOf(filter).map((kind) => {
    const conditions = [OPEN, `f.filing_due_date < ${day}`, ...reportedFilings(kind, viewer, filter, values)];
    return `SELECT ${reportedColumns(kind)}, ${ASSIGNEE_COLUMNS}, f.filing_due_date AS "dueDate", ${day} - f.filing_due_date AS "daysOverdue",
        f.current_stage::text AS stage, f.waiting_for::text AS "waitingFor",
        greatest(${day} - (f.stage_entered_at AT TIME ZONE 'Europe/London')::date, 0) AS "daysInStage", f.reminders_sent AS "remindersSent"
      FROM ${FILING_TABLES[kind].table} f ${REPORT_JOINS} WHERE ${allOf(conditions)}`;
  });
  const { rows } = await db.pool.query<OverdueFiling>(
    `${selects.join(' UNION ALL ')} ORDER BY "dueDate", "companyName"`,
    values.list,
  );
  return rows;
}
