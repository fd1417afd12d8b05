import { ApplicationFailure } from '@temporalio/common';
import type { Pool } from 'pg';
import { londonDateOf } from '../../domain/calendar/london';
import { renderClientReminder } from '../../domain/emails/clientReminder';
import type { RenderedEmail } from '../../domain/emails/email';
import type { StoredEmail } from '../../models/emails/freezeEmail';
import { freezeEmail, markAttempt, readEmail } from '../../models/emails/freezeEmail';
import { listedReminders } from '../../models/emails/remindedFilings';
import { markFailed, markSent, markSuppressed, markTried } from '../../models/emails/settleEmail';
import type { EmailProvider } from './provider';

/** Resend forgets a key after 24 hours; a try after that could send the e-mail twice. */
const KEY_REMEMBERED_MS = 23 * 60 * 60 * 1000;
const OUTCOME_UNKNOWN = 'Outcome unknown: the provider never confirmed it, and asking again could send it twice.';

export interface SendResult {
  status: 'SENT' | 'FAILED' | 'SUPPRESSED' | 'DELIVERED';
}

interface Dependencies {
  db: Pool;
  provider: EmailProvider;
  practice: { name: string; fromEmail: string };
  now?: () => number;
}

/**
 * Sends an e-mail that is stored, by its id; repeating it sends nothing twice. Throws a retryable failure while the provider cannot
 * be reached or did not answer; a refusal that will not change ends as FAILED and people are told.
 */
export function createSendEmail({
  db,
  provider,
  practice,
  now = Date.now,
}: Dependencies): (emailId: string) => Promise<SendResult> {
  return async (emailId) => {
    const email = await readEmail(db, emailId);
    if (!email) throw ApplicationFailure.nonRetryable(`There is no e-mail ${emailId}`, 'UNKNOWN_EMAIL');
    if (email.status !== 'PENDING') return ended(email.status);
    const unknownSince = email.first_attempt_at;
    if (unknownSince !== null && now() - unknownSince.getTime() > KEY_REMEMBERED_MS) {
      await markFailed(db, emailId, OUTCOME_UNKNOWN);
      return { status: 'FAILED' };
    }
    const text = await finalText(email);
    if (text === null) return { status: 'SUPPRESSED' };
    await markAttempt(db, emailId);
    const answer = await provider.send({
      idempotencyKey: email.idempotency_key,
      from: `${practice.name} <${practice.fromEmail}>`,
      to: email.recipient_email,
      ...text,
    });
    if (answer.outcome === 'accepted') {
      await markSent(db, emailId, answer.messageId);
      return { status: 'SENT' };
    }
    if (answer.outcome === 'refused') {
      await markFailed(db, emailId, answer.reason);
      return { status: 'FAILED' };
    }
    await markTried(db, emailId, answer.reason, unknownSince, answer.outcome === 'notSent');
    throw ApplicationFailure.create({
      message: 'The e-mail provider did not take the e-mail: it is tried again',
      type: answer.outcome,
      ...(answer.outcome === 'notSent' && answer.retryAfterMs !== undefined ? { nextRetryDelay: answer.retryAfterMs } : {}),
    });
  };

  /** The text that is kept for good; null when nothing of it is wanted any more. */
  async function finalText(email: StoredEmail): Promise<RenderedEmail | null> {
    const kept = email.html === null ? null : { subject: email.subject, text: email.content, html: email.html };
    // Once a try may have been accepted, only asking again can tell.
    if (kept && email.first_attempt_at !== null) return kept;
    const listed = await listedReminders(db, email.id, londonDateOf(now()));
    const wanted = listed.flatMap(({ filing }) => (filing ? [filing] : []));
    const overtaken = listed.filter(({ filing }) => filing === null).map(({ reminderId, reason }) => ({ reminderId, reason }));
    if (wanted.length === 0) {
      await markSuppressed(db, email.id, overtaken);
      return null;
    }
    if (kept) return kept;
    const client = { companyName: email.company_name ?? '', contactName: email.contact_name ?? '' };
    const from = { email: practice.fromEmail, name: practice.name };
    return await freezeEmail(db, email.id, renderClientReminder(client, practice.name, wanted), from, overtaken);
  }
}

function ended(status: string): SendResult {
  if (status === 'SENT' || status === 'FAILED' || status === 'SUPPRESSED' || status === 'DELIVERED') return { status };
  throw new RangeError(`An e-mail cannot be ${status}`);
}
