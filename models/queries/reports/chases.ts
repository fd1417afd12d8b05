import type { IsoDate } from '../../../domain/calendar/dates';
import type { ReminderKind, ReminderRecipient, ReminderStatus } from '../../../domain/chasing/reminderKinds';
import { explainSuppression } from '../../../domain/chasing/suppression';
import type { ReminderOutcome } from '../../../domain/reports/reminderOutcome';
import { OUTCOMES } from '../../../domain/reports/reminderOutcome';
import type { Database } from '../../database';
import { FILING_TABLES } from '../../filings/filingTables';
import { Values, allOf } from '../statement';
import type { Viewer } from '../visibility';
import type { ReportedAssignee, ReportedFiling, ReportFilter } from './reportFilter';
import { ASSIGNEE_COLUMNS, kindsOf, REPORT_JOINS, reportedColumns, reportedFilings } from './reportFilter';

/** One planned row of the chase ledger, and how it ended. */
export interface ReportedChase extends ReportedFiling, ReportedAssignee {
  id: string;
  reminder: ReminderKind;
  /** Which deadline a warning is about; empty for the rest. */
  deadline: string;
  /** 1st, 2nd, 3rd … reminder to the client; null for alerts to the staff. */
  number: number | null;
  recipient: ReminderRecipient;
  plannedFor: IsoDate;
  plannedAt: Date;
  policyVersion: number;
  status: ReminderOutcome;
  /** Why it was suppressed, as a code and as a sentence; null for the rest. */
  reason: string | null;
  explanation: string | null;
  sentAt: Date | null;
  emailId: string | null;
}

export interface ChaseFilter extends ReportFilter {
  recipient?: ReminderRecipient | undefined;
  reminder?: ReminderKind | undefined;
  status?: ReminderOutcome | undefined;
}

type Row = Omit<ReportedChase, 'status' | 'explanation'> & { ended: ReminderStatus; failure: string | null };

/** Every chase that was planned for a date of London, with what became of it, in the order of their times. */
export async function reportChases(db: Database, viewer: Viewer, filter: ChaseFilter, date: IsoDate): Promise<ReportedChase[]> {
  const values = new Values();
  const day = values.add(date);
  const narrowed: string[] = [];
  if (filter.recipient !== undefined) narrowed.push(`r.recipient = ${values.add(filter.recipient)}::reminder_recipient`);
  if (filter.reminder !== undefined) narrowed.push(`r.kind = ${values.add(filter.reminder)}::reminder_kind`);
  const selects = kindsOf(filter).map((kind) => {
    const conditions = [`r.planned_for = ${day}::date`, `r.filing_kind = '${kind}'`, ...narrowed];
    return `SELECT r.id, ${reportedColumns(kind)}, ${ASSIGNEE_COLUMNS}, r.kind::text AS reminder, r.deadline, r.number,
        r.recipient::text AS recipient, r.planned_for AS "plannedFor", r.planned_at AS "plannedAt", r.policy_version AS "policyVersion",
        r.status::text AS ended, r.reason, r.sent_at AS "sentAt", r.email_id AS "emailId",
        CASE WHEN r.status = 'FAILED' THEN e.failure_reason END AS failure
      FROM chase_reminders r JOIN ${FILING_TABLES[kind].table} f ON f.id = r.filing_id ${REPORT_JOINS}
        LEFT JOIN email_logs e ON e.id = r.email_id
      WHERE ${allOf([...conditions, ...reportedFilings(kind, viewer, filter, values)])}`;
  });
  const { rows } = await db.pool.query<Row>(
    `${selects.join(' UNION ALL ')} ORDER BY "plannedAt", "companyName", reminder, id`,
    values.list,
  );
  const chases = rows.map(({ ended, failure, reason, ...row }) => ({
    ...row,
    reason,
    status: OUTCOMES[ended],
    explanation: reason === null ? null : [explainSuppression(reason), failure].filter((text) => text !== null).join(': '),
  }));
  return chases.filter(({ status }) => filter.status === undefined || status === filter.status);
}
