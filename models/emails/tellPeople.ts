import type { ClientBase } from 'pg';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../filings/filingTables';
import { newId } from '../ids';

/** What people are told of an e-mail that did not reach whom it was for. */
export interface EmailNotice {
  type: 'EMAIL_FAILED' | 'EMAIL_BOUNCED' | 'EMAIL_COMPLAINED';
  title: string;
  /** Follows the subject of the e-mail. */
  message: string;
}

/** Who looks after the filing of an e-mail, by its kind. */
const FILING_USERS = FILING_KINDS.map((kind) => {
  const { table, clientAssignment } = FILING_TABLES[kind];
  return `WHEN '${kind}' THEN coalesce((SELECT assigned_user_id FROM ${table} WHERE id = email.filing_id), c.${clientAssignment})`;
});

/**
 * Tells the person who looks after the filing of an e-mail, who wrote it or who looks after the client, once; else managers and partners. Whoever the e-mail was for is
 * not told: they can see it on screen as little as they got it.
 */
export async function tellPeopleOfEmail(db: ClientBase, emailId: string, { type, title, message }: EmailNotice): Promise<void> {
  await db.query(
    `WITH email AS (SELECT id, client_id, subject, filing_kind, filing_id, recipient_email, triggered_by FROM email_logs WHERE id = $1),
     client AS (
       SELECT c.company_name, c.assigned_user_id, CASE email.filing_kind
         ${FILING_USERS.join('\n         ')}
         END AS filing_user_id
       FROM email JOIN clients c ON c.id = email.client_id
     ),
     staff AS (SELECT u.id, u.role FROM users u, email WHERE u.is_active AND NOT u.is_system AND u.email <> email.recipient_email),
     people AS (
       SELECT s.id FROM staff s, client WHERE s.id = coalesce(client.filing_user_id,
         (SELECT w.id FROM staff w, email WHERE w.id = email.triggered_by AND email.filing_id IS NULL), client.assigned_user_id)
     )
     INSERT INTO notifications (id, user_id, type, title, message, client_id, filing_kind, filing_id, dedupe_key)
     SELECT $2 || s.id, s.id, $3, $4, coalesce(client.company_name || ': ', '') || email.subject || ' ' || $5,
       email.client_id, email.filing_kind, email.filing_id, $3 || '/' || email.id || '/' || s.id
     FROM email LEFT JOIN client ON true, staff s
     WHERE s.id IN (SELECT id FROM people) OR (NOT EXISTS (SELECT FROM people) AND s.role IN ('MANAGER', 'PARTNER'))
     ON CONFLICT (dedupe_key) DO NOTHING`,
    [emailId, newId(), type, title, message],
  );
}
