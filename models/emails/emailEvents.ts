import type { ClientBase, Pool } from 'pg';
import type { EmailEvent, SuppressionReason } from '../../domain/emails/delivery';
import { deliveryOf } from '../../domain/emails/delivery';
import { newId } from '../ids';
import { inTransaction } from '../transaction';
import type { EmailNotice } from './tellPeople';
import { tellPeopleOfEmail } from './tellPeople';

/** An event as the provider sent it. */
export interface ReceivedEvent extends EmailEvent {
  /** The provider's id of its message. */
  id: string;
  providerMessageId: string;
}

const COMPLAINT: EmailNotice = {
  type: 'EMAIL_COMPLAINED',
  title: 'A client calls our e-mails spam',
  message: 'was reported as spam. Nothing more is sent to this address: talk to the client.',
};
const BOUNCE: EmailNotice = {
  type: 'EMAIL_BOUNCED',
  title: 'An e-mail came back',
  message: 'came back. Nothing more is sent to this address until it is changed: find out the right one.',
};
const FAILURE: EmailNotice = {
  type: 'EMAIL_FAILED',
  title: 'An e-mail could not be delivered',
  message: 'was not delivered. Check the address, or write by hand.',
};

/**
 * Stores what the provider told of an e-mail, and what follows from it; safe to repeat, in any order. An event may come before the
 * e-mail is known to be sent: then it waits for `markSent`.
 */
export async function recordEmailEvent(db: Pool, event: ReceivedEvent): Promise<void> {
  await inTransaction(db, async (client) => {
    await client.query(`SELECT ${holdMessage('$1')}`, [event.providerMessageId]);
    const { rowCount } = await client.query(
      `INSERT INTO email_events (id, type, provider_message_id, reason, occurred_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO NOTHING`,
      [event.id, event.type, event.providerMessageId, event.reason, event.occurredAt],
    );
    if (rowCount) await applyEmailEvents(client, event.providerMessageId);
  });
}

/** SQL: holds what is known of a provider's message until the end of the transaction, so that sending and webhook do not pass each other. */
export function holdMessage(messageId: string): string {
  return `pg_advisory_xact_lock(hashtext('email-message'), hashtext(${messageId}))`;
}

/** Brings an e-mail that is known to be sent to what was told of it. */
export async function applyEmailEvents(db: ClientBase, messageId: string): Promise<void> {
  const { rows } = await db.query<EmailEvent>({
    name: 'email-events',
    text: `SELECT type, occurred_at AS "occurredAt", reason FROM email_events WHERE provider_message_id = $1`,
    values: [messageId],
  });
  const { status, deliveredAt, failedAt, reason, suppression } = deliveryOf(rows);
  if (status === null) return;
  const {
    rows: [email],
  } = await db.query<{ id: string; recipientEmail: string; clientId: string | null }>(
    `UPDATE email_logs SET status = $2, delivered_at = $3, failed_at = $4, failure_reason = $5
     WHERE provider_message_id = $1 AND status <> 'PENDING'
     RETURNING id, recipient_email AS "recipientEmail", client_id AS "clientId"`,
    [messageId, status, deliveredAt, failedAt, reason],
  );
  if (!email) return;
  if (status === 'FAILED') {
    await db.query(`UPDATE chase_reminders SET status = 'FAILED', reason = $2 WHERE email_id = $1 AND status = 'SENT'`, [
      email.id,
      suppression === null ? 'EMAIL_FAILED' : `EMAIL_${suppression}`,
    ]);
  }
  if (suppression !== null) await suppressAddress(db, email, suppression);
  const notice = suppression === 'COMPLAINED' ? COMPLAINT : suppression === 'BOUNCED' ? BOUNCE : FAILURE;
  if (status === 'FAILED' || suppression !== null) await tellPeopleOfEmail(db, email.id, notice);
}

async function suppressAddress(
  db: ClientBase,
  email: { id: string; recipientEmail: string; clientId: string | null },
  reason: SuppressionReason,
): Promise<void> {
  await db.query(
    `WITH suppressed AS (
       INSERT INTO suppressed_addresses (id, address, reason, email_id) VALUES ($1, lower($2), $3::suppression_reason, $4)
       ON CONFLICT (address) DO NOTHING RETURNING id
     )
     INSERT INTO activity_logs (id, action, client_id, details)
     SELECT $5, 'ADDRESS_SUPPRESSED', $6, jsonb_build_object('reason', $3::text, 'emailId', $4::text) FROM suppressed`,
    [newId(), email.recipientEmail, reason, email.id, newId(), email.clientId],
  );
}
