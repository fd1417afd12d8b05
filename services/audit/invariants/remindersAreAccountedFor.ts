import { FILING_KINDS } from '../../../domain/filings/stages';
import { FILING_TABLES } from '../../../models/filings/filingTables';
import type { AuditedDatabase, Finding, Violation } from './violation';

const INVARIANT = 'every planned reminder is sent, suppressed or still to come';
/** A late reminder waits for the next working day at most: four days off in a row happen at Easter and Christmas. */
const LONGEST_DELAY = '6 days';

/** The ledger's outstanding rows are the workflows' plans; nothing that is due lies forgotten; what was sent has its e-mail. */
export async function remindersAreAccountedFor({ db, isAtRest = false }: AuditedDatabase): Promise<Finding> {
  const counted = await db.query<{ total: number }>('SELECT count(*) AS total FROM chase_reminders');
  const violations: Violation[] = [];
  const found = (rows: readonly { record: string; message: string }[]): void => {
    for (const row of rows) violations.push({ invariant: INVARIANT, ...row });
  };
  for (const kind of FILING_KINDS) {
    const { rows } = await db.query<{ record: string; message: string }>(
      `WITH ledger AS (
         SELECT filing_id, kind::text, deadline, planned_for::text AS planned_for FROM chase_reminders
         WHERE filing_kind = '${kind}' AND status = 'PLANNED' AND email_id IS NULL
       ), plan AS (
         SELECT f.id AS filing_id, p.kind, p.deadline, p."plannedFor" AS planned_for
         FROM ${FILING_TABLES[kind].table} f,
           jsonb_to_recordset(f.workflow_state->'plan') AS p(kind text, deadline text, "plannedFor" text)
         WHERE NOT f.is_completed AND NOT f.is_cancelled
       )
       SELECT f.workflow_id AS record,
         kind || ' of ' || planned_for || CASE WHEN in_plan THEN ' is planned but has no row' ELSE ' has a row but is not planned' END AS message
       FROM (
         (SELECT *, true AS in_plan FROM plan EXCEPT SELECT *, true FROM ledger)
         UNION ALL (SELECT *, false FROM ledger EXCEPT SELECT *, false FROM plan)
       ) d JOIN ${FILING_TABLES[kind].table} f ON f.id = d.filing_id`,
    );
    found(rows);
  }
  const late = await db.query<{ record: string; message: string }>(
    `SELECT 'reminder ' || id AS record, kind::text || ' was planned for ' || planned_at || ' and is still to come' AS message
     FROM chase_reminders WHERE NOT $1 AND status = 'PLANNED' AND planned_at < clock_timestamp() - interval '${LONGEST_DELAY}'`,
    [isAtRest],
  );
  found(late.rows);
  const unsent = await db.query<{ record: string; message: string }>(
    `SELECT 'reminder ' || c.id AS record, 'it is SENT without an e-mail that was sent' AS message
     FROM chase_reminders c LEFT JOIN email_logs e ON e.id = c.email_id
     WHERE c.status = 'SENT' AND c.recipient = 'CLIENT' AND (e.id IS NULL OR e.status NOT IN ('SENT', 'DELIVERED'))
     UNION ALL
     SELECT 'reminder ' || id, 'it is ' || status || ' without a reason' FROM chase_reminders
     WHERE status IN ('SUPPRESSED', 'FAILED') AND coalesce(reason, '') = ''
     UNION ALL
     SELECT 'e-mail ' || id, 'it was tried a day ago and nobody knows its fate' FROM email_logs
     WHERE NOT $1 AND status = 'PENDING' AND first_attempt_at < clock_timestamp() - interval '25 hours'
     UNION ALL
     SELECT 'client ' || client_id, 'it was sent ' || count(*) || ' chase e-mails on ' || (sent_at AT TIME ZONE 'Europe/London')::date
     FROM email_logs WHERE idempotency_key LIKE 'chase:%' AND sent_at IS NOT NULL
     GROUP BY client_id, (sent_at AT TIME ZONE 'Europe/London')::date HAVING count(*) > 1`,
    [isAtRest],
  );
  found(unsent.rows);
  return { checked: counted.rows[0]?.total ?? 0, violations };
}
