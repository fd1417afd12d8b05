import type { Pool } from 'pg';
import type { CommunicationType } from '../../domain/email';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import type { Logger } from '../../settings/logger';
import { changedFields, logActivity } from '../audit/logActivity';
import type { TemporalGateway } from '../temporalGateway';
import { setTimer } from './setTimer';

interface Dependencies {
  db: Pool;
  temporal: TemporalGateway;
  logger: Logger;
}

/** What somebody logs, or wants to be sent at a time. */
export interface NewCommunication {
  clientId: string;
  type: CommunicationType;
  subject: string;
  content: string;
  /** When it took place; null for one that is scheduled. */
  sentAt: Date | null;
  scheduledAt: Date | null;
}

/** What can be changed of one that waits for its time. */
export interface CommunicationChange {
  subject?: string | undefined;
  content?: string | undefined;
  scheduledAt?: Date | undefined;
}

/** It has gone out, was cancelled, or never had a time. */
export class NotScheduledError extends Error {}

const WAITING = 'scheduled_at IS NOT NULL AND email_id IS NULL AND cancelled_at IS NULL AND failure_reason IS NULL';

/** Logs a communication, or schedules an e-mail; gives its id. */
export async function addCommunication(deps: Dependencies, by: { id: string }, communication: NewCommunication): Promise<string> {
  const { clientId, type, subject, content, sentAt, scheduledAt } = communication;
  const id = newId();
  await inTransaction(deps.db, async (client) => {
    await client.query(
      `INSERT INTO communications (id, type, subject, content, sent_at, scheduled_at, client_id, sent_by_user_id)
       VALUES ($1, $2::communication_type, $3, $4, $5, $6, $7, $8)`,
      [id, type, subject, content, sentAt, scheduledAt, clientId, by.id],
    );
    const action = scheduledAt === null ? 'COMMUNICATION_LOGGED' : 'COMMUNICATION_SCHEDULED';
    const details = { communicationId: id, type, subject, sentAt, scheduledAt };
    await logActivity(client, { action, userId: by.id, clientId, details });
  });
  if (scheduledAt !== null) await trySetTimer(deps, { id, scheduledAt });
  return id;
}

/** Changes an e-mail that has not gone out yet. Throws NotScheduledError. */
export async function changeCommunication(
  deps: Dependencies,
  by: { id: string },
  id: string,
  change: CommunicationChange,
): Promise<void> {
  const scheduledAt = await inTransaction(deps.db, async (client) => {
    const { rows } = await client.query<{ clientId: string; subject: string; content: string; scheduledAt: Date }>(
      `SELECT client_id AS "clientId", subject, content, scheduled_at AS "scheduledAt" FROM communications
       WHERE id = $1 AND ${WAITING} FOR UPDATE`,
      [id],
    );
    const [before] = rows;
    if (!before) throw notScheduled();
    const { clientId, ...fields } = before;
    const after = {
      subject: change.subject ?? fields.subject,
      content: change.content ?? fields.content,
      scheduledAt: change.scheduledAt ?? fields.scheduledAt,
    };
    await client.query(
      'UPDATE communications SET subject = $2, content = $3, scheduled_at = $4, timer_set_at = NULL WHERE id = $1',
      [id, after.subject, after.content, after.scheduledAt],
    );
    const details = { communicationId: id, ...changedFields(fields, after) };
    await logActivity(client, { action: 'COMMUNICATION_CHANGED', userId: by.id, clientId, details });
    return after.scheduledAt;
  });
  await trySetTimer(deps, { id, scheduledAt });
}

/** Cancels an e-mail that has not gone out yet. Throws NotScheduledError. */
export async function cancelCommunication(deps: Dependencies, by: { id: string }, id: string): Promise<void> {
  const scheduledAt = await inTransaction(deps.db, async (client) => {
    const { rows } = await client.query<{ clientId: string; subject: string; scheduledAt: Date }>(
      `UPDATE communications SET cancelled_at = clock_timestamp() WHERE id = $1 AND ${WAITING}
       RETURNING client_id AS "clientId", subject, scheduled_at AS "scheduledAt"`,
      [id],
    );
    const [cancelled] = rows;
    if (!cancelled) throw notScheduled();
    const { clientId, ...details } = cancelled;
    await logActivity(client, {
      action: 'COMMUNICATION_CANCELLED',
      userId: by.id,
      clientId,
      details: { communicationId: id, ...details },
    });
    return cancelled.scheduledAt;
  });
  await trySetTimer(deps, { id, scheduledAt });
}

function notScheduled(): NotScheduledError {
  return new NotScheduledError('It has gone out, was cancelled, or never had a time: only a scheduled e-mail can be changed');
}

/** The row decides: where its workflow cannot be told now, the relay tells it, and one that waits in vain finds it cancelled. */
async function trySetTimer({ logger, ...deps }: Dependencies, communication: { id: string; scheduledAt: Date }): Promise<void> {
  await setTimer(deps, communication).catch((error: unknown) => {
    logger.warn(
      { communicationId: communication.id, cause: String(error) },
      'The timer of a scheduled e-mail was not set yet: the relay sets it',
    );
  });
}
