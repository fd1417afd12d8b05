import type { Pool } from 'pg';
import { newId } from '../ids';

/** The provider accepted an e-mail: so did what it stands for in the chase ledger go out. */
export async function markSent(db: Pool, emailId: string, messageId: string): Promise<void> {
  await db.query(
    `WITH email AS (
       UPDATE email_logs SET status = 'SENT', sent_at = clock_timestamp(), provider_message_id = $2, failure_reason = NULL
       WHERE id = $1 AND status = 'PENDING' RETURNING id
     )
     UPDATE chase_reminders r SET status = 'SENT', sent_at = clock_timestamp() FROM email
     WHERE r.email_id = email.id AND r.status = 'PLANNED'`,
    [emailId, messageId],
  );
}

/** A try did not succeed; `isKnownNotSent` takes back the mark that its outcome might be unknown, where this try made it. */
export async function markTried(
  db: Pool,
  emailId: string,
  reason: string,
  unknownSince: Date | null,
  isKnownNotSent: boolean,
): Promise<void> {
  await db.query(
    `UPDATE email_logs SET failure_reason = $2, first_attempt_at = CASE WHEN $4 THEN $3 ELSE first_attempt_at END
     WHERE id = $1 AND status = 'PENDING'`,
    [emailId, reason, unknownSince, isKnownNotSent],
  );
}

/** An e-mail will not be sent (again): its ledger rows failed, and the people who look after the client are told. */
export async function markFailed(db: Pool, emailId: string, reason: string): Promise<void> {
  await db.query(
    `WITH email AS (
       UPDATE email_logs SET status = 'FAILED', failed_at = clock_timestamp(), failure_reason = $2
       WHERE id = $1 AND status = 'PENDING' RETURNING id, client_id, subject, filing_kind, filing_id
     ),
     rows AS (
       UPDATE chase_reminders r SET status = 'FAILED', reason = 'EMAIL_FAILED' FROM email
       WHERE r.email_id = email.id AND r.status = 'PLANNED'
     ),
     client AS (
       SELECT c.company_name, c.assigned_user_id, CASE email.filing_kind
         WHEN 'VAT_QUARTER' THEN coalesce((SELECT assigned_user_id FROM vat_quarters WHERE id = email.filing_id), c.vat_assigned_user_id)
         WHEN 'LTD_ACCOUNTS'
           THEN coalesce((SELECT assigned_user_id FROM ltd_accounts_workflows WHERE id = email.filing_id), c.ltd_company_assigned_user_id)
         END AS filing_user_id
       FROM email JOIN clients c ON c.id = email.client_id
     ),
     staff AS (SELECT id, role FROM users WHERE is_active AND NOT is_system),
     people AS (
       SELECT s.id FROM staff s, client WHERE s.id = coalesce(client.filing_user_id, client.assigned_user_id)
     )
     INSERT INTO notifications (id, user_id, type, title, message, client_id, filing_kind, filing_id, dedupe_key)
     SELECT $3 || s.id, s.id, 'EMAIL_FAILED', 'An e-mail could not be sent',
       coalesce(client.company_name || ': ', '') || email.subject || ' was not sent. ' || $4, email.client_id, email.filing_kind, email.filing_id,
       'EMAIL_FAILED/' || email.id || '/' || s.id
     FROM email LEFT JOIN client ON true, staff s
     WHERE s.id IN (SELECT id FROM people) OR (NOT EXISTS (SELECT FROM people) AND s.role IN ('MANAGER', 'PARTNER'))
     ON CONFLICT (dedupe_key) DO NOTHING`,
    [emailId, reason, newId(), 'Check the address, or write by hand.'],
  );
}

/** Nothing of what an e-mail stood for is wanted any more; the client's day is free again. */
export async function markSuppressed(
  db: Pool,
  emailId: string,
  overtaken: readonly { reminderId: string; reason: string | null }[],
): Promise<void> {
  await db.query(
    `WITH email AS (
       UPDATE email_logs SET status = 'SUPPRESSED', failure_reason = 'What it asks for has come meanwhile'
       WHERE id = $1 AND status = 'PENDING' AND first_attempt_at IS NULL RETURNING id
     ),
     day AS (DELETE FROM client_chase_days d USING email WHERE d.email_id = email.id)
     UPDATE chase_reminders r SET status = 'SUPPRESSED', reason = o.reason, email_id = NULL
     FROM email, jsonb_to_recordset($2::jsonb) AS o("reminderId" text, reason text)
     WHERE r.id = o."reminderId" AND r.status = 'PLANNED'`,
    [emailId, JSON.stringify(overtaken)],
  );
}
