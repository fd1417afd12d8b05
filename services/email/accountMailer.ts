import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { RenderedEmail } from '../../domain/emails/email';
import { fromHeader } from '../../domain/emails/email';
import type { EmailTemplateName, TemplateValues } from '../../domain/emails/templates';
import { SYSTEM_USER_ID } from '../../domain/people';
import { newId } from '../../models/ids';
import type { Logger } from '../../settings/logger';
import type { EmailProvider } from './provider';
import type { EmailRenderer } from './renderer';

const MOST_KEPT = 50;

/** The templates whose e-mails hold a secret, or tell of one, with the subject by which the log names them: theirs may hold it too. */
const ACCOUNT_TEMPLATES = {
  'sign-in-code': 'Code for signing in',
  'password-reset': 'Password reset',
  invitation: 'Invitation',
  'account-changed': 'Account changed',
} as const satisfies Partial<Record<EmailTemplateName, string>>;
type AccountTemplate = keyof typeof ACCOUNT_TEMPLATES;

/** An e-mail with a secret, as the mailbox of this machine shows it. */
export interface KeptEmail extends RenderedEmail {
  to: string;
  at: Date;
}

/** The provider did not take the e-mail; asking again makes a new one. */
export class MailNotSentError extends Error {}

interface Dependencies {
  db: Pool;
  provider: EmailProvider;
  renderer: EmailRenderer;
  logger: Logger;
  /** Whether the text is kept in memory for the mailbox of this machine; never where mail really goes out. */
  keepsText: boolean;
}

/**
 * Mails what holds a code or link at once, from this process: no log, workflow or table sees the secret. The e-mail log tells that it
 * was sent, to whom and about what.
 */
export class AccountMailer {
  readonly kept: KeptEmail[] = [];

  constructor(private readonly deps: Dependencies) {}

  /** Throws MailNotSentError. */
  async send<Name extends AccountTemplate>(
    to: { name: string; email: string },
    template: Name,
    values: TemplateValues<Name>,
  ): Promise<void> {
    const { db, provider, renderer, logger } = this.deps;
    const { practice } = renderer;
    const email = await renderer.render(template, values);
    const id = newId();
    const idempotencyKey = `account:${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
    const from = fromHeader(practice.name, practice.fromEmail);
    const answer = await provider.send({ idempotencyKey, from, to: to.email, replyTo: practice.replyTo, ...email });
    const isSent = answer.outcome === 'accepted';
    if (this.deps.keepsText) this.keep({ ...email, to: to.email, at: new Date() });
    await db.query(
      `INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, status, sent_at, failed_at,
         failure_reason, triggered_by, idempotency_key, provider_message_id, first_attempt_at, last_attempt_at, attempts)
       VALUES ($1, $2, $3, $4, '(not kept: it held a secret)', 'NOTIFICATION', $10, $5::email_status,
         CASE WHEN $5 = 'SENT' THEN clock_timestamp() END, CASE WHEN $5 = 'FAILED' THEN clock_timestamp() END,
         $6, $7, $8, $9, clock_timestamp(), clock_timestamp(), 1)`,
      [
        id,
        to.email,
        to.name,
        ACCOUNT_TEMPLATES[template],
        isSent ? 'SENT' : 'FAILED',
        isSent ? null : answer.reason,
        SYSTEM_USER_ID,
        idempotencyKey,
        isSent ? answer.messageId : null,
        template,
      ],
    );
    if (isSent) return;
    logger.warn({ emailId: id, cause: answer.reason }, 'An account e-mail was not sent');
    throw new MailNotSentError('The e-mail could not be sent: try again in a minute');
  }

  private keep(email: KeptEmail): void {
    this.kept.unshift(email);
    this.kept.length = Math.min(this.kept.length, MOST_KEPT);
  }
}
