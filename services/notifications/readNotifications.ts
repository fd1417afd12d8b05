import type { Pool } from 'pg';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';

/** Marks one of a person's notifications as read; false where there is none of theirs. */
export async function readNotification(db: Pool, userId: string, notificationId: string): Promise<boolean> {
  if ((await markRead(db, userId, notificationId)) > 0) return true;
  const { rowCount } = await db.query('SELECT FROM notifications WHERE id = $1 AND user_id = $2', [notificationId, userId]);
  return rowCount === 1;
}

/** Marks all of a person's notifications as read; gives how many were not yet. */
export async function readAllNotifications(db: Pool, userId: string): Promise<number> {
  return await markRead(db, userId, null);
}

async function markRead(db: Pool, userId: string, notificationId: string | null): Promise<number> {
  return await inTransaction(db, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `UPDATE notifications SET is_read = true, read_at = clock_timestamp()
       WHERE user_id = $1 AND NOT is_read AND ($2::text IS NULL OR id = $2) RETURNING id`,
      [userId, notificationId],
    );
    if (rows.length > 0) {
      const details = { notifications: rows.length, ...(notificationId === null ? {} : { notificationId }) };
      await logActivity(client, { action: 'NOTIFICATIONS_READ', userId, details });
    }
    return rows.length;
  });
}
