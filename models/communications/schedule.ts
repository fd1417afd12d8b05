import type { ClientBase, Pool } from 'pg';
import type { CommunicationClaim, CommunicationTimer } from '../../domain/communications/communication';
import { unmailableReason } from '../emails/mailable';
import { newId } from '../ids';
import { inTransaction } from '../transaction';

const IS_WAITING = 'scheduled_at IS NOT NULL AND email_id IS NULL AND cancelled_at IS NULL AND failure_reason IS NULL';

/** What the communication's workflow has to wait for. */
export async function readTimer(db: Pool, communicationId: string): Promise<CommunicationTimer> {
  const { rows } = await db.query<{ at: Date }>(`SELECT scheduled_at AS at FROM communications WHERE id = $1 AND ${IS_WAITING}`, [
    communicationId,
  ]);
  const [waiting] = rows;
  return waiting ? { state: 'WAITING', at: waiting.at.getTime() } : { state: 'OVER' };
}

interface Claimed {
  scheduledAt: Date;
  emailId: string | null;
  isWaiting: boolean;
  isActive: boolean;
  unmailableReason: string | null;
  sentByUserId: string | null;
  subject: string;
}

/** Makes an e-mail of a communication whose time has come (epoch ms), once: from now on nobody can move or cancel it. */
export async function claimCommunication(db: Pool, communicationId: string, now: number): Promise<CommunicationClaim> {
  return await inTransaction(db, async (client): Promise<CommunicationClaim> => {
    const { rows } = await client.query<Claimed>(
      `SELECT m.scheduled_at AS "scheduledAt", m.email_id AS "emailId", ${IS_WAITING} AS "isWaiting", c.is_active AS "isActive",
         ${unmailableReason('c.contact_email')} AS "unmailableReason", m.sent_by_user_id AS "sentByUserId", m.subject
       FROM communications m JOIN clients c ON c.id = m.client_id WHERE m.id = $1 FOR UPDATE OF m`,
      [communicationId],
    );
    const [claimed] = rows;
    if (!claimed) return { state: 'OVER' };
    if (claimed.emailId !== null) return { state: 'CLAIMED', emailId: claimed.emailId };
    if (!claimed.isWaiting) return { state: 'OVER' };
    if (claimed.scheduledAt.getTime() > now) return { state: 'MOVED' };
    const reason = claimed.isActive ? claimed.unmailableReason : 'CLIENT_ARCHIVED';
    if (reason === null) return { state: 'CLAIMED', emailId: await makeEmail(client, communicationId) };
    await fail(client, communicationId, claimed, reason);
    return { state: 'OVER' };
  });
}

async function makeEmail(db: ClientBase, communicationId: string): Promise<string> {
  const emailId = newId();
  await db.query(
    `INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, client_id, workflow_type,
       workflow_id, triggered_by, idempotency_key)
     SELECT $2, c.contact_email, c.contact_name, m.subject, '', 'NOTIFICATION', 'communication', c.id, 'communicationWorkflow',
       'communication:' || m.id, m.sent_by_user_id, 'communication:' || m.id
     FROM communications m JOIN clients c ON c.id = m.client_id WHERE m.id = $1`,
    [communicationId, emailId],
  );
  await db.query('UPDATE communications SET email_id = $2 WHERE id = $1', [communicationId, emailId]);
  return emailId;
}

const REASONS: Record<string, string> = {
  CLIENT_ARCHIVED: 'the client was archived',
  NO_ADDRESS: 'the client has no e-mail address',
};

/** It cannot be sent: whoever wrote it is told. */
async function fail(db: ClientBase, communicationId: string, { sentByUserId, subject }: Claimed, reason: string): Promise<void> {
  const because = REASONS[reason] ?? 'mail to the client’s address came back before, or was called spam';
  await db.query('UPDATE communications SET failure_reason = $2 WHERE id = $1', [communicationId, reason]);
  await db.query(
    `INSERT INTO notifications (id, user_id, type, title, message, client_id, dedupe_key)
     SELECT $2, $3, 'EMAIL_FAILED', 'An e-mail was not sent', $4, client_id, 'COMMUNICATION_FAILED/' || id
     FROM communications WHERE id = $1
     ON CONFLICT (dedupe_key) DO NOTHING`,
    [communicationId, newId(), sentByUserId, `“${subject}” was not sent: ${because}.`],
  );
}

/** Its workflow has been told of the time that is in the row, unless that has changed again. */
export async function markTimerSet(db: Pool, communicationId: string, scheduledAt: Date): Promise<void> {
  await db.query('UPDATE communications SET timer_set_at = clock_timestamp() WHERE id = $1 AND scheduled_at = $2', [
    communicationId,
    scheduledAt,
  ]);
}

/** Communications whose workflow may not know of their time, or is late. */
export async function unattendedCommunications(db: Pool, limit: number): Promise<{ id: string; scheduledAt: Date }[]> {
  const { rows } = await db.query<{ id: string; scheduledAt: Date }>(
    `SELECT id, scheduled_at AS "scheduledAt" FROM communications
     WHERE ${IS_WAITING} AND updated_at < clock_timestamp() - interval '10 seconds'
       AND (timer_set_at IS NULL OR scheduled_at < clock_timestamp() - interval '1 minute')
     ORDER BY scheduled_at LIMIT $1`,
    [limit],
  );
  return rows;
}
