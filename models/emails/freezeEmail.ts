import type { Pool } from 'pg';
import type { RenderedEmail } from '../../domain/emails/email';

/** An e-mail that is to be sent, as its row has it. */
export interface StoredEmail {
  id: string;
  status: string;
  idempotency_key: string;
  template: string | null;
  recipient_email: string;
  subject: string;
  content: string;
  html: string | null;
  client_id: string | null;
  filing_kind: string | null;
  filing_id: string | null;
  company_name: string | null;
  contact_name: string | null;
  /** The first try whose outcome nobody knows. */
  first_attempt_at: Date | null;
}

/** Reads an e-mail with the client that it is for; undefined when there is none. */
export async function readEmail(db: Pool, emailId: string): Promise<StoredEmail | undefined> {
  const { rows } = await db.query<StoredEmail>(
    `SELECT e.id, e.status::text, e.idempotency_key, e.template, e.recipient_email, e.subject, e.content, e.html, e.client_id,
       e.filing_kind::text, e.filing_id, c.company_name, c.contact_name, e.first_attempt_at
     FROM email_logs e LEFT JOIN clients c ON c.id = e.client_id WHERE e.id = $1`,
    [emailId],
  );
  return rows[0];
}

/**
 * Keeps the text of an e-mail for good, from before its first try on: a provider refuses a key with another body. Ledger rows
 * that were overtaken meanwhile are suppressed in the same transaction. Gives the text that is kept: the first one wins.
 */
export async function freezeEmail(
  db: Pool,
  emailId: string,
  rendered: RenderedEmail,
  from: { email: string; name: string },
  overtaken: readonly { reminderId: string; reason: string | null }[],
): Promise<RenderedEmail> {
  const { rows } = await db.query<{ subject: string; content: string; html: string }>(
    `WITH frozen AS (
       UPDATE email_logs SET subject = $2, content = $3, html = $4, from_email = $5, from_name = $6
       WHERE id = $1 AND html IS NULL RETURNING subject, content, html
     ),
     overtaken AS (
       UPDATE chase_reminders r SET status = 'SUPPRESSED', reason = o.reason, email_id = NULL
       FROM jsonb_to_recordset($7::jsonb) AS o("reminderId" text, reason text), frozen
       WHERE r.id = o."reminderId" AND r.status = 'PLANNED'
     )
     SELECT subject, content, html FROM frozen
     UNION ALL
     SELECT subject, content, html FROM email_logs WHERE id = $1 AND html IS NOT NULL
     LIMIT 1`,
    [emailId, rendered.subject, rendered.text, rendered.html, from.email, from.name, JSON.stringify(overtaken)],
  );
  const [kept] = rows;
  return kept ? { subject: kept.subject, text: kept.content, html: kept.html } : rendered;
}

/** Marks a try that is about to be made: should nobody hear of its outcome, it counts as unknown from now on. */
export async function markAttempt(db: Pool, emailId: string): Promise<void> {
  await db.query(
    `UPDATE email_logs
     SET attempts = attempts + 1, last_attempt_at = clock_timestamp(), first_attempt_at = coalesce(first_attempt_at, clock_timestamp())
     WHERE id = $1`,
    [emailId],
  );
}
