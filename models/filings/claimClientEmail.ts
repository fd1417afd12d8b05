import type { ClientBase } from 'pg';
import type { ReminderOutcome, ReminderRecords } from '../../domain/filings/record';
import { SYSTEM_USER_ID } from '../../domain/people';
import { newId } from '../ids';

export const REMINDER_SUBJECT = 'What we need from you';
export const REMINDER_TEMPLATE = 'client-reminder';

/**
 * Takes the client's one e-mail of a day, if nobody did before: the day, the e-mail, and every reminder of the client
 * that is due by then and will be listed in it. Foreign keys are checked at the statement's end, so one statement makes both rows.
 */
const CLAIM_DAY = `
WITH day AS (
  INSERT INTO client_chase_days (client_id, date, email_id)
  SELECT $1, $2::date, $3 WHERE EXISTS (SELECT FROM clients WHERE id = $1 AND contact_email <> '')
  ON CONFLICT DO NOTHING RETURNING email_id
),
email AS (
  INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, client_id, workflow_type,
    workflow_id, filing_kind, filing_id, triggered_by, idempotency_key)
  SELECT day.email_id, c.contact_email, c.contact_name, $4, '', 'WORKFLOW', $5, c.id, $6, $7, $8::filing_kind, $9, $10,
    'chase:' || c.id || ':' || $2
  FROM day, clients c WHERE c.id = $1
),
listed AS (
  UPDATE chase_reminders r SET email_id = day.email_id, updated_at = clock_timestamp()
  FROM day
  WHERE r.client_id = $1 AND r.status = 'PLANNED' AND r.planned_for <= $2::date AND r.email_id IS NULL
    AND r.kind IN ('PAPERWORK_REMINDER', 'CLIENT_REMINDER')
)
SELECT (SELECT contact_email <> '' FROM clients WHERE id = $1) AS "hasAddress", EXISTS (SELECT FROM day) AS claimed`;

const COVERED = `
SELECT EXISTS (
  SELECT FROM chase_reminders
  WHERE filing_id = $1 AND kind = $2::reminder_kind AND planned_for = $3::date AND email_id IS NOT NULL
) AS covered`;

const CHASE_NOW = `
WITH email AS (
  INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, client_id, workflow_type,
    workflow_id, filing_kind, filing_id, triggered_by, idempotency_key)
  SELECT $3, c.contact_email, c.contact_name, $4, '', 'WORKFLOW', $5, c.id, $6, $7, $8::filing_kind, $9, $10, 'chase-now:' || $11
  FROM clients c WHERE c.id = $1 AND c.contact_email <> ''
  ON CONFLICT (idempotency_key) DO NOTHING
  RETURNING id
),
listed AS (
  INSERT INTO chase_reminders (id, filing_kind, filing_id, client_id, kind, planned_for, planned_at, recipient, policy_version, email_id)
  SELECT $12, $8::filing_kind, $9, $1, 'CHASE_NOW', $2::date, clock_timestamp(), 'CLIENT', $13, email.id FROM email
)
SELECT (SELECT contact_email <> '' FROM clients WHERE id = $1) AS "hasAddress"`;

/**
 * Decides whether a reminder goes out now, in the transaction (of the connection) that records it: "sent" where it took the client's day or is
 * listed in the e-mail that did, "dayTaken" where the client had its e-mail without it, "unsendable" without an address.
 */
export async function claimClientEmail(db: ClientBase, workflowId: string, records: ReminderRecords): Promise<ReminderOutcome> {
  const { reminder, today, chaseNowRequestId, sent } = records;
  const { kind, filingId, clientId } = sent.state;
  const email = [
    clientId,
    today,
    newId(),
    REMINDER_SUBJECT,
    REMINDER_TEMPLATE,
    kind,
    workflowId,
    kind,
    filingId,
    sent.actor.userId ?? SYSTEM_USER_ID,
  ];
  if (chaseNowRequestId !== null) {
    const {
      rows: [asked],
    } = await db.query<{ hasAddress: boolean }>(CHASE_NOW, [...email, chaseNowRequestId, newId(), sent.policyVersion]);
    return asked?.hasAddress ? 'sent' : 'unsendable';
  }
  const {
    rows: [day],
  } = await db.query<{ hasAddress: boolean; claimed: boolean }>(CLAIM_DAY, email);
  if (!day?.hasAddress) return 'unsendable';
  if (day.claimed) return 'sent';
  const {
    rows: [row],
  } = await db.query<{ covered: boolean }>(COVERED, [filingId, reminder.kind, reminder.plannedFor]);
  return row?.covered ? 'sent' : 'dayTaken';
}
