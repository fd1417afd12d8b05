import type { Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../filings/filingTables';

/** How the practice is doing, in numbers that name nobody. */
export interface PracticeFigures {
  /** Open filings. */
  filings: { kind: FilingKind; stage: string; waitingFor: string; count: number; overdue: number }[];
  /** Reminders and alerts that were planned for today and are sent. */
  remindersSentToday: number;
  /** Those whose time was over an hour ago and that are still to come. */
  remindersLate: number;
  requestsPending: number;
  oldestRequestSeconds: number;
  emailsPending: number;
  oldestEmailSeconds: number;
  /** E-mails of the last day that were not delivered. */
  emailsFailed: number;
  /** Filings that have ended and whose history is not kept yet. */
  historiesToKeep: number;
}

/** Reads the figures; `today` is the date in London. */
export async function practiceFigures(db: Pool, today: IsoDate): Promise<PracticeFigures> {
  const ofKinds = FILING_KINDS.map(
    (kind) => `
      SELECT '${kind}' AS kind, current_stage::text AS stage, waiting_for::text AS "waitingFor", count(*)::int AS count,
        (count(*) FILTER (WHERE filing_due_date < $1))::int AS overdue
      FROM ${FILING_TABLES[kind].table} WHERE NOT is_completed AND NOT is_cancelled GROUP BY current_stage, waiting_for`,
  );
  const toKeep = FILING_KINDS.map(
    (kind) => `(SELECT count(*) FROM ${FILING_TABLES[kind].table}
      WHERE (is_completed OR is_cancelled) AND run_id IS NOT NULL AND exported_run_id IS DISTINCT FROM run_id)`,
  );
  const [filings, others] = await Promise.all([
    db.query<PracticeFigures['filings'][number]>(ofKinds.join(' UNION ALL '), [today]),
    db.query<Omit<PracticeFigures, 'filings'>>(
      `SELECT
         (SELECT count(*)::int FROM chase_reminders WHERE planned_for = $1 AND status = 'SENT') AS "remindersSentToday",
         (SELECT count(*)::int FROM chase_reminders
          WHERE status = 'PLANNED' AND planned_for <= $1 AND planned_at < clock_timestamp() - interval '1 hour') AS "remindersLate",
         requests.count AS "requestsPending", requests.seconds AS "oldestRequestSeconds",
         emails.count AS "emailsPending", emails.seconds AS "oldestEmailSeconds",
         (SELECT count(*)::int FROM email_logs WHERE status = 'FAILED' AND created_at > clock_timestamp() - interval '1 day')
           AS "emailsFailed",
         (${toKeep.join(' + ')})::int AS "historiesToKeep"
       FROM (SELECT count(*)::int AS count, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS seconds
             FROM filing_requests WHERE status = 'PENDING') requests,
            (SELECT count(*)::int AS count, coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS seconds
             FROM email_logs WHERE status = 'PENDING') emails`,
      [today],
    ),
  ]);
  const [rest] = others.rows;
  if (!rest) throw new Error('The figures of the practice came without a row');
  return { filings: filings.rows, ...rest };
}
