import type { InferAttributes } from 'sequelize';
import type { ChaseReminder } from '../chaseReminder';
import type { Database } from '../database';
import { columnsOf } from './statement';

/** The chase ledger of one filing: what was planned and what became of it, the soonest first. */
export async function filingReminders(db: Database, filingId: string): Promise<InferAttributes<ChaseReminder>[]> {
  const { rows } = await db.pool.query<InferAttributes<ChaseReminder>>(
    `SELECT ${columnsOf(db.ChaseReminder, 'r')} FROM chase_reminders r WHERE r.filing_id = $1
     ORDER BY r.planned_at, r.kind, r.deadline, r.id`,
    [filingId],
  );
  return rows;
}
