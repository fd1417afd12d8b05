import type { Pool } from 'pg';
import { isPending } from '../isPending';
import { inTransaction } from '../transaction';
import { applyEmailEvents, holdMessage } from './emailEvents';
import type { OvertakenReminder } from './freezeEmail';
import { tellPeopleOfEmail } from './tellPeople';

/** The provider accepted an e-mail: so did what it stands for in the chase ledger go out. What the provider told of it already follows. */
export async function markSent(db: Pool, emailId: string, messageId: string): Promise<void> {
  await inTransaction(db, async (client) => {
    const { rowCount } = await client.query({
      name: 'mark-email-sent',
      text: `WITH message AS (SELECT ${holdMessage('$2')}),
       email AS (
         UPDATE email_logs SET status = 'SENT', sent_at = clock_timestamp(), provider_message_id = $2, failure_reason = NULL
         FROM message WHERE id = $1 AND ${isPending('status')} RETURNING id, sent_at
       ),
       communication AS (UPDATE communications m SET sent_at = email.sent_at FROM email WHERE m.email_id = email.id),
       reminders AS (
         UPDATE chase_reminders r SET status = 'SENT', sent_at = email.sent_at FROM email
         WHERE r.email_id = email.id AND r.status = 'PLANNED'
       )
       SELECT FROM email`,
      values: [emailId, messageId],
    });
    // A statement of its own, for one sees nothing that was committed while it waited for the message.
    if (rowCount === 1) await applyEmailEvents(client, messageId);
  });
}

/**
 * A try did not succeed. `isKnownNotSent` takes back what this try made: the mark that its outcome might be unknown and, where no other
 * try may have been accepted, the claim to a later day of the client, who has had nothing on it.
 */
export async function markTried(db: Pool, emailId: string, reason: string, isKnownNotSent: boolean): Promise<void> {
  await db.query(
    `WITH tried AS (
       UPDATE email_logs SET failure_reason = $2, unknown_attempts = greatest(unknown_attempts - $3::int, 0),
         first_attempt_at = CASE WHEN $3::int = 1 AND unknown_attempts = 1 THEN NULL ELSE first_attempt_at END
       WHERE id = $1 AND status = 'PENDING' RETURNING id, first_attempt_at
     )
     DELETE FROM client_chase_days d USING tried
     WHERE d.email_id = tried.id AND tried.first_attempt_at IS NULL
       AND d.date > (SELECT min(date) FROM client_chase_days WHERE email_id = $1)`,
    [emailId, reason, isKnownNotSent ? 1 : 0],
  );
}

/** An e-mail will not be sent (again): its ledger rows failed, and the people who look after the client are told. */
export async function markFailed(db: Pool, emailId: string, reason: string): Promise<void> {
  await inTransaction(db, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE email_logs SET status = 'FAILED', failed_at = clock_timestamp(), failure_reason = $2
       WHERE id = $1 AND status = 'PENDING'`,
      [emailId, reason],
    );
    if (rowCount === 0) return;
    await client.query(
      `UPDATE chase_reminders SET status = 'FAILED', reason = 'EMAIL_FAILED' WHERE email_id = $1 AND status = 'PLANNED'`,
      [emailId],
    );
    await tellPeopleOfEmail(client, emailId, {
      type: 'EMAIL_FAILED',
      title: 'An e-mail could not be sent',
      message: 'was not sent. Check the address, or write by hand.',
    });
  });
}

/**
 * Nothing of what an e-mail stood for is wanted any more; the client's day is free again, and so is its key: the provider never took an
 * e-mail under it.
 */
export async function markSuppressed(db: Pool, emailId: string, overtaken: readonly OvertakenReminder[]): Promise<void> {
  await db.query(
    `WITH email AS (
       UPDATE email_logs SET status = 'SUPPRESSED', failure_reason = 'What it asks for has come meanwhile',
         idempotency_key = idempotency_key || ':suppressed:' || id
       WHERE id = $1 AND status = 'PENDING' AND first_attempt_at IS NULL RETURNING id
     ),
     day AS (DELETE FROM client_chase_days d USING email WHERE d.email_id = email.id)
     UPDATE chase_reminders r SET status = 'SUPPRESSED', reason = o.reason, email_id = NULL
     FROM email, jsonb_to_recordset($2::jsonb) AS o("reminderId" text, reason text)
     WHERE r.id = o."reminderId" AND r.status = 'PLANNED'`,
    [emailId, JSON.stringify(overtaken)],
  );
}

/**
 * The address takes no more mail: `reason` is what the ledger says of its reminders. People are told of any other e-mail. Nothing is changed
 * where a try may have been accepted.
 */
export async function markUnmailable(db: Pool, emailId: string, reason: string): Promise<void> {
  await inTransaction(db, async (client) => {
    const { rows } = await client.query<{ isTold: boolean }>(
      `UPDATE email_logs SET status = 'SUPPRESSED', failure_reason = 'Nothing is sent to this address until it is changed'
       WHERE id = $1 AND status = 'PENDING' AND first_attempt_at IS NULL
       RETURNING template NOT IN ('client-reminder', 'notification', 'digest') AS "isTold"`,
      [emailId],
    );
    const [suppressed] = rows;
    if (!suppressed) return;
    await client.query(
      `UPDATE chase_reminders SET status = 'SUPPRESSED', reason = $2, email_id = NULL WHERE email_id = $1 AND status = 'PLANNED'`,
      [emailId, reason],
    );
    if (!suppressed.isTold) return;
    await tellPeopleOfEmail(client, emailId, {
      type: 'EMAIL_FAILED',
      title: 'An e-mail was not sent',
      message: 'was not sent: mail to this address came back before. Change the address, then send it again.',
    });
  });
}
