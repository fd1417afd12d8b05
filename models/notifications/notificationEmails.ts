import type { ClientBase, Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { FilingKind } from '../../domain/filings/stages';
import type { NotificationEmails } from '../../domain/notifications/emailChoice';
import { SYSTEM_USER_ID } from '../../domain/people';
import { newId } from '../ids';
import { inTransaction } from '../transaction';

/** Of the notification `n` of the user `u`: how it is told was chosen when it came, whether by e-mail at all counts now. */
const TO_MAIL = `n.email_id IS NULL AND n.email_choice <> 'NONE' AND u.notification_emails <> 'NONE' AND NOT n.is_read`;

interface Due {
  id: string;
  userId: string;
}

/** How many e-mails were made, and of how many notifications. */
export interface MadeEmails {
  emails: number;
  notifications: number;
}

/**
 * Makes the e-mails of notifications that people want at once, one for each person, to be sent by the relay; a page of notifications at
 * a time. Safe to run twice, also at once.
 */
export async function makeNotificationEmails(db: Pool, limit: number): Promise<MadeEmails> {
  return await inTransaction(db, async (client) => {
    const { rows } = await client.query<Due>(
      `SELECT n.id, n.user_id AS "userId" FROM notifications n JOIN users u ON u.id = n.user_id
       WHERE ${TO_MAIL} AND n.email_choice = 'AT_ONCE' AND u.is_active
       ORDER BY n.created_at, n.id LIMIT $1 FOR UPDATE OF n SKIP LOCKED`,
      [limit],
    );
    return await makeEmails(client, rows, 'notification', ([first]) => `notification:${first?.id}`);
  });
}

/** Whose digest is due, a page of people by their ids. */
export async function peopleWithDigest(db: Pool, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT DISTINCT u.id FROM notifications n JOIN users u ON u.id = n.user_id
     WHERE ${TO_MAIL} AND n.email_choice = 'DAILY_DIGEST' AND u.is_active AND ($1::text IS NULL OR u.id > $1)
     ORDER BY u.id LIMIT $2`,
    [after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Makes a person's digest of a day of London, once; what comes after it is in the next one. */
export async function makeDigest(db: Pool, userId: string, date: IsoDate): Promise<MadeEmails> {
  return await inTransaction(db, async (client) => {
    const { rows } = await client.query<Due>(
      `SELECT n.id, n.user_id AS "userId" FROM notifications n JOIN users u ON u.id = n.user_id
       WHERE ${TO_MAIL} AND n.email_choice = 'DAILY_DIGEST' AND n.user_id = $1 ORDER BY n.created_at, n.id FOR UPDATE OF n`,
      [userId],
    );
    return await makeEmails(client, rows, 'digest', () => `digest:${userId}:${date}`);
  });
}

async function makeEmails(
  db: ClientBase,
  due: readonly Due[],
  template: 'notification' | 'digest',
  keyOf: (due: readonly Due[]) => string,
): Promise<MadeEmails> {
  const made: MadeEmails = { emails: 0, notifications: 0 };
  for (const userId of new Set(due.map((notification) => notification.userId))) {
    const own = due.filter((notification) => notification.userId === userId);
    const emailId = newId();
    const { rowCount } = await db.query(
      `INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, triggered_by, idempotency_key)
       SELECT $1, email, name, 'Notifications', '', 'NOTIFICATION', $2, $3, $4 FROM users WHERE id = $5
       ON CONFLICT (idempotency_key) DO NOTHING`,
      [emailId, template, SYSTEM_USER_ID, keyOf(own), userId],
    );
    if (rowCount === 0) continue;
    await db.query('UPDATE notifications SET email_id = $2 WHERE id = ANY($1)', [own.map(({ id }) => id), emailId]);
    made.emails += 1;
    made.notifications += own.length;
  }
  return made;
}

/** A notification as an e-mail lists it. */
export interface ListedNotification {
  userName: string;
  title: string;
  message: string;
  filingKind: FilingKind | null;
  filingId: string | null;
}

/** What an e-mail stands for and was not read on screen meanwhile, oldest first. */
export async function notificationsOfEmail(db: Pool, emailId: string): Promise<ListedNotification[]> {
  const { rows } = await db.query<ListedNotification>(
    `SELECT u.name AS "userName", n.title, n.message, n.filing_kind::text AS "filingKind", n.filing_id AS "filingId"
     FROM notifications n JOIN users u ON u.id = n.user_id WHERE n.email_id = $1 AND NOT n.is_read ORDER BY n.created_at, n.id`,
    [emailId],
  );
  return rows;
}

/** How a person wants to be told by e-mail. */
export async function readEmailChoice(db: Pool, userId: string): Promise<NotificationEmails> {
  const { rows } = await db.query<{ choice: NotificationEmails }>(
    'SELECT notification_emails::text AS choice FROM users WHERE id = $1',
    [userId],
  );
  return rows[0]?.choice ?? 'NONE';
}
