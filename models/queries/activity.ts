import type { InferAttributes } from 'sequelize';
import { addDays } from '../../domain/calendar/dates';
import type { IsoDate } from '../../domain/calendar/dates';
import { startOfLondonDay } from '../../domain/calendar/london';
import type { ActivityLog } from '../activityLog';
import type { Database } from '../database';
import { allOf, assignedUser, columnsOf, Values } from './statement';
import type { AssignedUser } from './statement';
import type { Viewer } from './visibility';
import { visibleEntries } from './visibility';

/** An entry of the activity log with who made it and the client that it is about. */
export interface ActivityRow extends Omit<InferAttributes<ActivityLog>, 'recordedAt'> {
  user: AssignedUser | null;
  client: { id: string; clientCode: string; companyName: string } | null;
}

/** Whom an entry `a` is by and about. */
export const ACTIVITY_JOINS = 'LEFT JOIN users u ON u.id = a.user_id LEFT JOIN clients c ON c.id = a.client_id';

/** The columns of an entry, with those of the joins. */
export function activityColumns(db: Database): string {
  return `${columnsOf(db.ActivityLog, 'a', ['recordedAt'])}, ${assignedUser('u', 'user')},
    CASE WHEN c.id IS NOT NULL
      THEN json_build_object('id', c.id, 'clientCode', c.client_code, 'companyName', c.company_name) END AS client`;
}

/** What happened to a client, the newest first. */
export async function clientActivity(db: Database, clientId: string, limit = 50): Promise<ActivityRow[]> {
  return readActivity(db, 'a.client_id = $1', [clientId, limit], 'LIMIT $2');
}

/** What a person did on a day of London, from midnight to midnight there, as far as the viewer may see it, the newest first. */
export async function userActivityOfDay(db: Database, viewer: Viewer, userId: string, date: IsoDate): Promise<ActivityRow[]> {
  const values = new Values();
  const conditions = [
    `a.user_id = ${values.add(userId)}`,
    `a.timestamp >= ${values.add(new Date(startOfLondonDay(date)))}`,
    `a.timestamp < ${values.add(new Date(startOfLondonDay(addDays(date, 1))))}`,
    ...visibleEntries(viewer, values, { user: 'a.user_id', client: 'a.client_id' }),
  ];
  return readActivity(db, allOf(conditions), values.list, '');
}

async function readActivity(db: Database, condition: string, values: unknown[], limit: string): Promise<ActivityRow[]> {
  const { rows } = await db.pool.query<ActivityRow>(
    `SELECT ${activityColumns(db)}
     FROM activity_logs a ${ACTIVITY_JOINS}
     WHERE ${condition} ORDER BY a.timestamp DESC, a.id DESC ${limit}`,
    values,
  );
  return rows;
}
