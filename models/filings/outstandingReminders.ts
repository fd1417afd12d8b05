import type { Pool } from 'pg';
import type { PlannedReminder } from '../../domain/chasing/reminderKinds';

/** What the chase ledger of a filing still has to come, e-mails that are under way apart. */
export async function outstandingReminders(db: Pool, filingId: string): Promise<PlannedReminder[]> {
  const { rows } = await db.query<PlannedReminder>(
    `SELECT kind, deadline, to_char(planned_for, 'YYYY-MM-DD') AS "plannedFor", extract(epoch FROM planned_at)::float8 * 1000 AS "plannedAt",
       recipient, number
     FROM chase_reminders WHERE filing_id = $1 AND status = 'PLANNED' AND email_id IS NULL`,
    [filingId],
  );
  return rows;
}
