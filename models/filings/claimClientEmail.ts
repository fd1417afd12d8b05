import type { ClientBase } from 'pg';
import type { SuppressionReason } from '../../domain/chasing/suppression';
import type { ReminderRecords, Unsent } from '../../domain/filings/record';
import { SYSTEM_USER_ID } from '../../domain/people';
import { isMailable, unmailableReason } from '../emails/mailable';
import { newId } from '../ids';

const REMINDER_SUBJECT = 'What we need from you';
const REMINDER_TEMPLATE = 'client-reminder';

const DAY_TAKEN: Unsent = { outcome: 'dayTaken', reason: 'CLIENT_ALREADY_EMAILED' };

const UNMAILABLE = `(SELECT ${unmailableReason('c.contact_email')} FROM clients c WHERE c.id = $1) AS "unmailableReason"`;

/** What came of the claim. */
export type Claim = { outcome: 'sent' } | Unsent;

/**
 * Takes the client's one e-mail of a day, if nobody did before: the day, the e-mail, and every reminder of the client that is due by
 * then and will be listed in it: of each filing the last one, which takes the number of the first that was missed. An e-mail of an
 * earlier day that the provider never took is not sent any more, this one stands for it; one that it may have taken comes first, so
 * the day is not given away. Foreign keys are checked at the statement's end, so one statement makes both rows.
 */
const CLAIM_DAY = `
WITH day AS (
  INSERT INTO client_chase_days (client_id, date, email_id)
  SELECT $1, $2::date, $3 WHERE EXISTS (SELECT FROM clients c WHERE c.id = $1 AND ${isMailable('c.contact_email')})
    AND NOT EXISTS (
      SELECT FROM email_logs WHERE client_id = $1 AND status = 'PENDING' AND idempotency_key LIKE 'chase:%' AND first_attempt_at IS NOT NULL
    )
  ON CONFLICT DO NOTHING RETURNING email_id
),
superseded AS (
  UPDATE email_logs e SET status = 'SUPPRESSED', failure_reason = 'A later e-mail went out in its place'
  FROM day WHERE e.client_id = $1 AND e.status = 'PENDING' AND e.idempotency_key LIKE 'chase:%' AND e.first_attempt_at IS NULL
  RETURNING e.id
),
email AS (
  INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, client_id, workflow_type,
    workflow_id, filing_kind, filing_id, triggered_by, idempotency_key)
  SELECT day.email_id, c.contact_email, c.contact_name, $4, '', 'WORKFLOW', $5, c.id, $6, $7, $8::filing_kind, $9, $10,
    'chase:' || c.id || ':' || $2
  FROM day, clients c WHERE c.id = $1
),
due AS (
  SELECT id, email_id IS NOT NULL AS was_listed, row_number() OVER later AS from_last,
    coalesce(min(number) FILTER (WHERE email_id IS NULL) OVER (PARTITION BY filing_id), number) AS number
  FROM chase_reminders
  WHERE client_id = $1 AND status = 'PLANNED' AND planned_for <= $2::date
    AND (email_id IS NULL OR email_id IN (SELECT id FROM superseded)) AND kind IN ('PAPERWORK_REMINDER', 'CLIENT_REMINDER')
  WINDOW later AS (PARTITION BY filing_id ORDER BY planned_for DESC)
),
listed AS (
  UPDATE chase_reminders r SET email_id = day.email_id, number = due.number, updated_at = clock_timestamp()
  FROM day, due
  WHERE r.id = due.id AND due.from_last = 1
),
missed AS (
  UPDATE chase_reminders r SET email_id = NULL, status = 'SUPPRESSED', reason = 'MISSED', updated_at = clock_timestamp()
  FROM due
  WHERE r.id = due.id AND due.from_last > 1 AND due.was_listed
)
SELECT ${UNMAILABLE}, EXISTS (SELECT FROM day) AS claimed`;

const COVERED = `
SELECT EXISTS (
  SELECT FROM chase_reminders
  WHERE filing_id = $1 AND kind = $2::reminder_kind AND planned_for = $3::date AND email_id IS NOT NULL
) AS covered`;

/** A second one on a day while the first is not sent yet would tell the client the same twice; a repetition of the first is none. */
const CHASE_NOW = `
WITH waiting AS (
  SELECT FROM chase_reminders WHERE filing_id = $9 AND kind = 'CHASE_NOW' AND planned_for = $2::date AND status = 'PLANNED'
),
email AS (
  INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, client_id, workflow_type,
    workflow_id, filing_kind, filing_id, triggered_by, idempotency_key)
  SELECT $3, c.contact_email, c.contact_name, $4, '', 'WORKFLOW', $5, c.id, $6, $7, $8::filing_kind, $9, $10, 'chase-now:' || $11
  FROM clients c WHERE c.id = $1 AND ${isMailable('c.contact_email')} AND NOT EXISTS (SELECT FROM waiting)
  ON CONFLICT (idempotency_key) DO NOTHING
  RETURNING id
),
listed AS (
  INSERT INTO chase_reminders (id, filing_kind, filing_id, client_id, kind, planned_for, planned_at, recipient, policy_version, email_id)
  SELECT $12, $8::filing_kind, $9, $1, 'CHASE_NOW', $2::date, clock_timestamp(), 'CLIENT', $13, email.id FROM email
)
SELECT ${UNMAILABLE},
  EXISTS (SELECT FROM email_logs WHERE idempotency_key = 'chase-now:' || $11) AS "isStored",
  EXISTS (SELECT FROM waiting) AS "isAnotherWaiting"`;

/**
 * Decides whether a reminder goes out now, in the transaction (of the connection) that records it: "sent" where it took the client's day or is
 * listed in the e-mail that did, "dayTaken" where the client had its e-mail without it, "unsendable" without an address that takes mail.
 */
export async function claimClientEmail(db: ClientBase, workflowId: string, records: ReminderRecords): Promise<Claim> {
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
    } = await db.query<{ unmailableReason: SuppressionReason | null; isStored: boolean; isAnotherWaiting: boolean }>(CHASE_NOW, [
      ...email,
      chaseNowRequestId,
      newId(),
      sent.policyVersion,
    ]);
    // By a lost try: it counts, whatever has become of the address since.
    if (asked?.isStored) return { outcome: 'sent' };
    if (!asked || asked.unmailableReason !== null) return unsendable(asked?.unmailableReason);
    return asked.isAnotherWaiting ? DAY_TAKEN : { outcome: 'sent' };
  }
  const {
    rows: [day],
  } = await db.query<{ unmailableReason: SuppressionReason | null; claimed: boolean }>({
    name: 'claim-client-email',
    text: CLAIM_DAY,
    values: email,
  });
  if (!day || day.unmailableReason !== null) return unsendable(day?.unmailableReason);
  if (day.claimed) return { outcome: 'sent' };
  const {
    rows: [row],
  } = await db.query<{ covered: boolean }>({
    name: 'covered-reminder',
    text: COVERED,
    values: [filingId, reminder.kind, reminder.plannedFor],
  });
  return row?.covered ? { outcome: 'sent' } : DAY_TAKEN;
}

function unsendable(reason: SuppressionReason | null | undefined): Claim {
  return { outcome: 'unsendable', reason: reason ?? 'NO_ADDRESS' };
}
