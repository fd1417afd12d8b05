import type { InferAttributes } from 'sequelize';
import { addDays } from '../../domain/calendar/dates';
import type { IsoDate } from '../../domain/calendar/dates';
import { startOfLondonDay } from '../../domain/calendar/london';
import type { ActivityLog } from '../activityLog';
import type { Database } from '../database';
import { assignedUser, columnsOf } from './statement';
import type { AssignedUser } from './statement';

/** An entry of the activity log with who made it. */
export interface ActivityRow extends Omit<InferAttributes<ActivityLog>, 'recordedAt'> {
  user: AssignedUser | null;
}

/** What happened to a client, the newest first. */
export async function clientActivity(db: Database, clientId: string, limit = 50): Promise<ActivityRow[]> {
  return readActivity(db, 'a.client_id = $1', [clientId, limit], 'LIMIT $2');
}

/** What a person did on a day of London, from midnight to midnight there, the newest first. */
export async function userActivityOfDay(db: Database, userId: string, date: IsoDate): Promise<ActivityRow[]> {
  const from = new Date(startOfLondonDay(date));
  const to = new Date(startOfLondonDay(addDays(date, 1)));
  return readActivity(db, 'a.user_id = $1 AND a.timestamp >= $2 AND a.timestamp < $3', [userId, from, to], '');
}

async function readActivity(db: Database, condition: string, values: unknown[], limit: string): Promise<ActivityRow[]> {
  const { rows } = await db.pool.query<ActivityRow>(
    `SELECT ${columnsOf(db.ActivityLog, 'a', ['recordedAt'])}, ${assignedUser('u', 'user')}
     FROM activity_logs a LEFT JOIN users u ON u.id = a.user_id
     WHERE ${condition} ORDER BY a.timestamp DESC, a.id DESC ${limit}`,
    values,
  );
  return rows;
}
