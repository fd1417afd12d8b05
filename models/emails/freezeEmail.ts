import type { Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { PracticeIdentity, RenderedEmail } from '../../domain/emails/email';
import type { FilingKind } from '../../domain/filings/stages';
import { isPending } from '../isPending';
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
  /** The client that it goes to, by its names; null where it goes to somebody of the practice. */
  client: { companyName: string; contactName: string } | null;
  /** The filing of a chase that did not go out when it was made; null for any other e-mail. */
  lateFiling: { kind: FilingKind; filingId: string } | null;
  /** Why nothing may be sent to the recipient any more; null where mail may be sent. */
  unmailableReason: string | null;
  /** Null until its first try. */
  frozen: FrozenEmail | null;
  /** The first try whose outcome nobody knows. */
  firstAttemptAt: Date | null;
}

const LATE = '5 minutes';

const FROZEN = `json_build_object('subject', subject, 'text', content, 'html', html,
  'from', json_build_object('name', from_name, 'email', from_email), 'replyTo', reply_to)`;

/** Reads an e-mail; undefined when there is none. */
export async function readEmail(db: Pool, emailId: string): Promise<StoredEmail | undefined> {
  const { rows } = await db.query<StoredEmail>({
    name: 'read-email',
    text: `SELECT e.id, status::text, idempotency_key AS "idempotencyKey", template, recipient_email AS "recipientEmail",
       CASE WHEN c.id IS NOT NULL THEN json_build_object('companyName', company_name, 'contactName', contact_name) END AS client,
       CASE WHEN idempotency_key LIKE 'chase:%' AND (attempts > 0 OR e.created_at < clock_timestamp() - interval '${LATE}')
         THEN json_build_object('kind', filing_kind, 'filingId', filing_id) END AS "lateFiling",
       ${unmailableReason('recipient_email')} AS "unmailableReason",
       CASE WHEN html IS NOT NULL THEN ${FROZEN} END AS frozen, first_attempt_at AS "firstAttemptAt"
     FROM email_logs e LEFT JOIN clients c ON c.id = e.client_id WHERE e.id = $1`,
    values: [emailId],
  });
  return rows[0];
}

/** A ledger row that an e-mail no longer stands for. */
export interface OvertakenReminder {
  reminderId: string;
  reason: string | null;
}

/** A try counts as one whose outcome nobody knows, until it is known that the provider did not take the e-mail. */
const ATTEMPT = `attempts = attempts + 1, last_attempt_at = clock_timestamp(), first_attempt_at = coalesce(first_attempt_at, clock_timestamp()),
  unknown_attempts = CASE WHEN first_attempt_at IS NULL THEN 1 ELSE greatest(unknown_attempts, 1) + 1 END`;

/** A chase that goes out on a later day than it was made for takes that day of its client, too. */
const TAKEN_DAY = `
  INSERT INTO client_chase_days (client_id, date, email_id)
  SELECT client_id, $2::date, id FROM email WHERE idempotency_key LIKE 'chase:%' ON CONFLICT DO NOTHING`;

/**
 * Keeps the text and headers of an e-mail for good and marks its first try, which is about to be made: a provider refuses a key with
 * another body, and should nobody hear of the outcome, it counts as unknown from now on. Ledger rows that were overtaken meanwhile are
 * suppressed with it. `today` is the date in London. Gives what is kept; undefined, and nothing is changed, where the e-mail
 * is not to be sent any more or another try has kept its text before.
 */
export async function freezeAndMarkAttempt(
  db: Pool,
  emailId: string,
  today: IsoDate,
  rendered: RenderedEmail,
  practice: PracticeIdentity,
  overtaken: readonly OvertakenReminder[],
): Promise<FrozenEmail | undefined> {
  const { rows } = await db.query<{ frozen: FrozenEmail }>({
    name: 'freeze-email',
    text: `WITH email AS (
       UPDATE email_logs SET subject = $3, content = $4, html = $5, from_email = $6, from_name = $7, reply_to = $8, ${ATTEMPT}
       WHERE id = $1 AND ${isPending('status')} AND html IS NULL RETURNING id, client_id, idempotency_key, ${FROZEN} AS frozen
     ),
     overtaken AS (
       UPDATE chase_reminders r SET status = 'SUPPRESSED', reason = o.reason, email_id = NULL
       FROM jsonb_to_recordset($9::jsonb) AS o("reminderId" text, reason text), email
       WHERE r.id = o."reminderId" AND r.status = 'PLANNED'
     ),
     day AS (${TAKEN_DAY})
     SELECT frozen FROM email`,
    values: [
      emailId,
      today,
      rendered.subject,
      rendered.text,
      rendered.html,
      practice.fromEmail,
      practice.name,
      practice.replyTo,
      JSON.stringify(overtaken),
    ],
  });
  return rows[0]?.frozen;
}

/** Marks another try of an e-mail whose text is kept; `today` is the date in London. False, and nothing is changed, where it is not to be sent any more. */
export async function markAttempt(db: Pool, emailId: string, today: IsoDate): Promise<boolean> {
  const { rows } = await db.query({
    name: 'mark-email-attempt',
    text: `WITH email AS (
       UPDATE email_logs SET ${ATTEMPT} WHERE id = $1 AND ${isPending('status')} RETURNING id, client_id, idempotency_key
     ),
     day AS (${TAKEN_DAY})
     SELECT FROM email`,
    values: [emailId, today],
  });
  return rows.length > 0;
}
