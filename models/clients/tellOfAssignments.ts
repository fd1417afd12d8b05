import type { ClientBase, Pool } from 'pg';
import type { AssignmentChange } from '../../domain/clients/assignmentNotice';
import { assignmentNotices, firstLines } from '../../domain/clients/assignmentNotice';
import type { EmailTemplateName } from '../../domain/emails/templates';
import { newId } from '../ids';

const TEMPLATE: EmailTemplateName = 'assignment';

const MOST_LINES_ON_SCREEN = 20;

/**
 * Tells each person concerned by changes, in the transaction that makes them: a notification, and an e-mail that the relay hands to
 * its workflow; one of each, however much has changed. `key` is the same for the same changes, so that they are told once.
 */
export async function tellOfAssignments(
  db: ClientBase,
  byUserId: string,
  changes: readonly AssignmentChange[],
  key: string,
): Promise<void> {
  const notices = assignmentNotices(changes, byUserId).map(({ userId, title, lines }) => ({
    userId,
    title,
    message: firstLines(lines, MOST_LINES_ON_SCREEN).join('\n'),
    content: lines.join('\n'),
    notificationId: newId(),
    emailId: newId(),
  }));
  if (notices.length === 0) return;
  await db.query(
    `WITH told AS (
       SELECT n.*, u.email, u.name FROM jsonb_to_recordset($1::jsonb) AS n("userId" text, title text, message text, content text,
         "notificationId" text, "emailId" text)
       JOIN users u ON u.id = n."userId" AND u.is_active AND NOT u.is_system
     ),
     notified AS (
       INSERT INTO notifications (id, user_id, type, title, message, dedupe_key, email_id)
       SELECT "notificationId", "userId", 'ASSIGNMENT', title, message, 'ASSIGNMENT/' || $2 || '/' || "userId", "emailId" FROM told
       ON CONFLICT (dedupe_key) DO NOTHING RETURNING email_id
     )
     INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, triggered_by, idempotency_key)
     SELECT "emailId", email, name, title, content, 'ASSIGNMENT', $3, $4, 'assignment:' || $2 || ':' || "userId" FROM told
     WHERE "emailId" IN (SELECT email_id FROM notified)`,
    [JSON.stringify(notices), key, TEMPLATE, byUserId],
  );
}

/** What an e-mail about assignments has to say, as it was stored. */
export async function assignmentsOfEmail(
  db: Pool,
  emailId: string,
): Promise<{ name: string; title: string; lines: string[] } | undefined> {
  const { rows } = await db.query<{ name: string; title: string; lines: string[] }>(
    `SELECT coalesce(recipient_name, '') AS name, subject AS title, string_to_array(content, E'\\n') AS lines FROM email_logs WHERE id = $1`,
    [emailId],
  );
  return rows[0];
}
