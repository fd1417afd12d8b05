import type { Pool } from 'pg';
import type { NotificationEmails } from '../../domain/notifications/emailChoice';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';

/** Sets how a person is told by e-mail of what comes from now on. */
export async function chooseNotificationEmails(db: Pool, userId: string, emails: NotificationEmails): Promise<void> {
  await inTransaction(db, async (client) => {
    const { rows } = await client.query<{ before: NotificationEmails }>(
      `WITH old AS (SELECT id, notification_emails FROM users WHERE id = $1 FOR UPDATE)
       UPDATE users u SET notification_emails = $2::notification_emails FROM old
       WHERE u.id = old.id AND old.notification_emails <> $2::notification_emails RETURNING old.notification_emails::text AS before`,
      [userId, emails],
    );
    const [changed] = rows;
    if (!changed) return;
    const details = { before: { notificationEmails: changed.before }, after: { notificationEmails: emails } };
    await logActivity(client, { action: 'NOTIFICATION_EMAILS_CHANGED', userId, details });
  });
}
