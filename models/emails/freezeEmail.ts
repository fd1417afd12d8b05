import type { Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { PracticeIdentity, RenderedEmail } from '../../domain/emails/email';
import { unmailableReason } from './mailable';

/** The text and headers of an e-mail as they are kept for good. */
export interface FrozenEmail extends RenderedEmail {
  from: { name: string; email: string };
  replyTo: string | null;
}

/** An e-mail that is to be sent, as its row has it. */
export interface StoredEmail {
  id: string;
  status: string;
  idempotencyKey: string;
  template: string | null;
  recipientEmail: string;
  clientId: string | null;
  /** Why nothing may be sent to the recipient any more; null where mail may be sent. */
  unmailableReason: string | null;
  /** Null until its first try. */
  frozen: FrozenEmail | null;
  /** The first try whose outcome nobody knows. */
  firstAttemptAt: Date | null;
}

const FROZEN = `json_build_object('subject', subject, 'text', content, 'html', html,
  'from', json_build_object('name', from_name, 'email', from_email), 'replyTo', reply_to)`;

/** Reads an e-mail; undefined when there is none. */
export async function readEmail(db: Pool, emailId: string): Promise<StoredEmail | undefined> {
  const { rows } = await db.query<StoredEmail>({
    name: 'read-email',
    text: `SELECT id, status::text, idempotency_key AS "idempotencyKey", template, recipient_email AS "recipientEmail",
       client_id AS "clientId", ${unmailableReason('recipient_email')} AS "unmailableReason",
       CASE WHEN html IS NOT NULL THEN ${FROZEN} END AS frozen, first_attempt_at AS "firstAttemptAt"
     FROM email_logs WHERE id = $1`,
    values: [emailId],
  });
  return rows[0];
}

/** A ledger row that an e-mail no longer stands for. */
export interface OvertakenReminder {
  reminderId: string;
  reason: string | null;
}

/**
 * Keeps the text and headers of an e-mail for good, from before its first try on: a provider refuses a key with another body. Ledger
 * rows that were overtaken meanwhile are suppressed in the same transaction. Gives what is kept: the first one wins.
 */
export async function freezeEmail(
  db: Pool,
  emailId: string,
  rendered: RenderedEmail,
  practice: PracticeIdentity,
  overtaken: readonly OvertakenReminder[],
): Promise<FrozenEmail> {
  const { rows } = await db.query<{ frozen: FrozenEmail }>({
    name: 'freeze-email',
    text: `WITH frozen AS (
       UPDATE email_logs SET subject = $2, content = $3, html = $4, from_email = $5, from_name = $6, reply_to = $7
       WHERE id = $1 AND html IS NULL RETURNING ${FROZEN} AS frozen
     ),
     overtaken AS (
       UPDATE chase_reminders r SET status = 'SUPPRESSED', reason = o.reason, email_id = NULL
       FROM jsonb_to_recordset($8::jsonb) AS o("reminderId" text, reason text), frozen
       WHERE r.id = o."reminderId" AND r.status = 'PLANNED'
     )
     SELECT frozen FROM frozen
     UNION ALL
     SELECT ${FROZEN} FROM email_logs WHERE id = $1 AND html IS NOT NULL
     LIMIT 1`,
    values: [
      emailId,
      rendered.subject,
      rendered.text,
      rendered.html,
      practice.fromEmail,
      practice.name,
      practice.replyTo,
      JSON.stringify(overtaken),
    ],
  });
  const [kept] = rows;
  if (!kept) throw new Error(`There is no e-mail ${emailId}`);
  return kept.frozen;
}

/**
 * Marks a try that is about to be made: should nobody hear of its outcome, it counts as unknown from now on. A chase that goes out on
 * a later day than it was made for takes that day of its client, `today` in London, too. False where it is not to be sent any more.
 */
export async function markAttempt(db: Pool, emailId: string, today: IsoDate): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'mark-email-attempt',
    text: `WITH email AS (
       UPDATE email_logs
       SET attempts = attempts + 1, last_attempt_at = clock_timestamp(), first_attempt_at = coalesce(first_attempt_at, clock_timestamp())
       WHERE id = $1 AND status = 'PENDING' RETURNING id, client_id, idempotency_key
     ),
     day AS (
       INSERT INTO client_chase_days (client_id, date, email_id)
       SELECT client_id, $2::date, id FROM email WHERE idempotency_key LIKE 'chase:%' ON CONFLICT DO NOTHING
     )
     SELECT FROM email`,
    values: [emailId, today],
  });
  return rowCount === 1;
}
