import type { SendEmailDependencies } from '../../activities/email/sendEmail';
import { newId } from '../../models/ids';
import { EmailRenderer } from '../../services/email/renderer';
import { ResendProvider } from '../../services/email/resendProvider';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { ResendStandIn } from '../harness/resendStandIn';

const PRACTICE = { name: 'Smith, Jones', address: null, fromEmail: 'practice@example.com', replyTo: 'desk@example.com' };

export interface Reminder {
  emailId: string;
  clientId: string;
  address: string;
}

/** A ledger of e-mails in a database of its own, and a stand-in of Resend that takes them. */
export class MailLedger {
  /** How far the sender's clock is ahead (ms). */
  ahead = 0;

  private constructor(
    readonly test: TestDatabase,
    readonly resend: ResendStandIn,
  ) {}

  static async create(): Promise<MailLedger> {
    const ledger = new MailLedger(await createTestDatabase(), await ResendStandIn.start());
    await makeUser(ledger.test.db, 'Mo Manager', 'MANAGER');
    return ledger;
  }

  /** What sends from this ledger to the stand-in. */
  get sender(): SendEmailDependencies {
    const { pool } = this.test.db;
    return {
      db: pool,
      provider: new ResendProvider('re_test', this.resend.url),
      renderer: new EmailRenderer(pool, PRACTICE),
      publicUrl: 'https://practice.example.com',
      appSecret: 'a secret for tests, and for tests alone',
      now: () => Date.now() + this.ahead,
    };
  }

  /** A reminder of a quarter that waits to be sent. */
  async reminder(): Promise<Reminder> {
    const { db } = this.test;
    const client = await makeClient(db, 'Acme Ltd');
    const quarter = await makeVatQuarter(db, client, {
      period: '2024-Q1',
      start: '2024-01-01',
      end: '2024-03-31',
      due: '2024-05-07',
    });
    const emailId = newId();
    const address = `${client.id}@client.example.com`;
    await db.pool.query(
      `WITH email AS (
         INSERT INTO email_logs (id, recipient_email, subject, content, email_type, template, client_id, triggered_by, idempotency_key)
         SELECT $1, $2, 'What we need', '', 'WORKFLOW', 'client-reminder', $3, id, $1 FROM users LIMIT 1
       )
       INSERT INTO chase_reminders (id, filing_kind, filing_id, client_id, kind, planned_for, planned_at, recipient, policy_version, email_id)
       VALUES ($4, 'VAT_QUARTER', $5, $3, 'PAPERWORK_REMINDER', '2024-04-01', now(), 'CLIENT', 0, $1)`,
      [emailId, address, client.id, newId(), quarter.filingId],
    );
    return { emailId, clientId: client.id, address };
  }

  async statusOf({ emailId }: Reminder): Promise<string> {
    const { rows } = await this.test.db.pool.query<{ status: string }>(
      `SELECT concat_ws(' ', e.status, r.status, r.reason) AS status
       FROM email_logs e LEFT JOIN chase_reminders r ON r.email_id = e.id WHERE e.id = $1`,
      [emailId],
    );
    return rows[0]?.status ?? '';
  }

  /** How many e-mails to the reminder's address the provider accepted. */
  acceptedTo({ address }: Reminder): number {
    return this.resend.accepted.filter(({ to }) => to === address).length;
  }

  async close(): Promise<void> {
    await this.resend.stop();
    await this.test.drop();
  }
}
