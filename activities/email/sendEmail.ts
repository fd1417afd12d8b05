import { ApplicationFailure } from '@temporalio/common';
import type { Pool } from 'pg';
import { londonDateOf } from '../../domain/calendar/london';
import { fromHeader } from '../../domain/emails/email';
import type { EndedEmailStatus } from '../../domain/email';
import { isTemplateName } from '../../domain/emails/templates';
import type { FrozenEmail, StoredEmail } from '../../models/emails/freezeEmail';
import { freezeAndMarkAttempt, markAttempt, readEmail } from '../../models/emails/freezeEmail';
import { markFailed, markSent, markSuppressed, markTried, markUnmailable } from '../../models/emails/settleEmail';
import { withApprovalTokens } from '../../services/approvals/approvalAddress';
import type { EmailProvider } from '../../services/email/provider';
import type { EmailRenderer } from '../../services/email/renderer';
import { COMPOSERS } from './composers';
import { lateChaseDelay } from './lateChase';

/** Resend forgets a key after 24 hours; a try after that could send the e-mail twice. */
const KEY_REMEMBERED_MS = 23 * 60 * 60 * 1000;
const OUTCOME_UNKNOWN = 'Outcome unknown: the provider never confirmed it, and asking again could send it twice.';

export interface SendResult {
  status: EndedEmailStatus;
}

export interface SendEmailDependencies {
  db: Pool;
  provider: EmailProvider;
  renderer: EmailRenderer;
  publicUrl: string;
  /** Makes the tokens of links, which are in no stored text. */
  appSecret: string;
  now?: () => number;
}

/**
 * Sends an e-mail that is stored, by its id; repeating it sends nothing twice. Throws a retryable failure while the provider cannot
 * be reached or did not answer; a refusal that will not change ends as FAILED and people are told.
 */
export function createSendEmail({
  db,
  provider,
  renderer,
  publicUrl,
  appSecret,
  now = Date.now,
}: SendEmailDependencies): (emailId: string) => Promise<SendResult> {
  return send;

  async function send(emailId: string): Promise<SendResult> {
    const email = await readEmail(db, emailId);
    if (!email) throw ApplicationFailure.nonRetryable(`There is no e-mail ${emailId}`, 'UNKNOWN_EMAIL');
    if (email.status !== 'PENDING') return ended(email.status);
    const unknownSince = email.firstAttemptAt;
    if (unknownSince !== null && now() - unknownSince.getTime() > KEY_REMEMBERED_MS) {
      await markFailed(db, emailId, OUTCOME_UNKNOWN);
      return { status: 'FAILED' };
    }
    // Where a try may have been accepted before the address was given up, only asking again can tell.
    if (email.unmailableReason !== null && unknownSince === null) {
      await markUnmailable(db, emailId, email.unmailableReason);
      return await send(emailId);
    }
    const frozen = await beginTry(email);
    // What has become of it, by this try or by another meanwhile, is in its row.
    if (frozen === undefined) return await send(emailId);
    const { from, ...message } = frozen;
    const answer = await provider.send({
      idempotencyKey: email.idempotencyKey,
      from: fromHeader(from.name, from.email),
      to: email.recipientEmail,
      ...message,
      text: withApprovalTokens(message.text, appSecret),
      html: withApprovalTokens(message.html, appSecret),
    });
    if (answer.outcome === 'accepted') {
      await markSent(db, emailId, answer.messageId);
      return { status: 'SENT' };
    }
    if (answer.outcome === 'refused') {
      await markFailed(db, emailId, answer.reason);
      return { status: 'FAILED' };
    }
    await markTried(db, emailId, answer.reason, answer.outcome === 'notSent');
    throw ApplicationFailure.create({
      message: 'The e-mail provider did not take the e-mail: it is tried again',
      type: answer.outcome,
      ...(answer.outcome === 'notSent' && answer.retryAfterMs !== undefined ? { nextRetryDelay: answer.retryAfterMs } : {}),
    });
  }

  /**
   * Marks a try that is about to be made, and gives the text that is kept for good; undefined where none is to be made. Throws a failure
   * that waits for the next send time.
   */
  async function beginTry(email: StoredEmail): Promise<FrozenEmail | undefined> {
    const { id, frozen, template } = email;
    // Once a try may have been accepted, only asking again can tell.
    if (frozen && email.firstAttemptAt !== null) return await beginAgain(id, frozen);
    const compose = template !== null && isTemplateName(template) ? COMPOSERS[template] : undefined;
    if (!compose) throw ApplicationFailure.nonRetryable(`Nobody knows what to write in e-mail ${id}`, 'UNKNOWN_TEMPLATE');
    const { render, overtaken } = await compose({ db, renderer, publicUrl, now }, email);
    if (render === null) {
      // One that counts as tried and has no text is of a backup: what was sent after it was taken, nobody knows.
      if (email.firstAttemptAt === null) await markSuppressed(db, id, overtaken);
      else await markFailed(db, id, OUTCOME_UNKNOWN);
      return undefined;
    }
    const delay = await lateChaseDelay(db, email, now());
    if (delay > 0)
      throw ApplicationFailure.create({ message: 'It is late: it goes out at the next send time', nextRetryDelay: delay });
    if (frozen) return await beginAgain(id, frozen);
    const rendered = await render();
    return await freezeAndMarkAttempt(db, id, londonDateOf(now()), rendered, renderer.practice, overtaken);
  }

  async function beginAgain(emailId: string, frozen: FrozenEmail): Promise<FrozenEmail | undefined> {
    return (await markAttempt(db, emailId, londonDateOf(now()))) ? frozen : undefined;
  }
}

function ended(status: string): SendResult {
  if (status === 'SENT' || status === 'FAILED' || status === 'SUPPRESSED' || status === 'DELIVERED') return { status };
  throw new RangeError(`An e-mail cannot be ${status}`);
}
