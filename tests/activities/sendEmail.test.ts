import { createSendEmail } from '../../activities/email/sendEmail';
import { newId } from '../../models/ids';
import { EmailRenderer } from '../../services/email/renderer';
import { ResendProvider } from '../../services/email/resendProvider';
import { waitUntil } from '../../embedded/runningProcess';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { ResendStandIn } from '../harness/resendStandIn';

const HOUR = 60 * 60 * 1000;
const PRACTICE = { name: 'Smith, Jones', address: null, fromEmail: 'practice@example.com', replyTo: 'desk@example.com' };

let test: TestDatabase;
let resend: ResendStandIn;
/** How far the sender's clock is ahead. */
let ahead = 0;
let send: ReturnType<typeof createSendEmail>;

beforeAll(async () => {
  [test, resend] = [await createTestDatabase(), await ResendStandIn.start()];
  await makeUser(test.db, 'Mo Manager', 'MANAGER');
  send = createSendEmail({
    db: test.db.pool,
    provider: new ResendProvider('re_test', resend.url),
    renderer: new EmailRenderer(test.db.pool, PRACTICE),
    publicUrl: 'https://practice.example.com',
    appSecret: 'a secret for tests, and for tests alone',
    now: () => Date.now() + ahead,
  });
});

afterEach(() => {
  ahead = 0;
  resend.behaviour = 'accept';
});

afterAll(async () => {
  await resend.stop();
  await test.drop();
});

interface Reminder {
  emailId: string;
  clientId: string;
  address: string;
}

/** A reminder of a quarter that is in the ledger and waits to be sent. */
async function reminder(): Promise<Reminder> {
  const { db } = test;
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

async function statusOf({ emailId }: Reminder): Promise<string> {
  const { rows } = await test.db.pool.query<{ status: string }>(
    `SELECT concat_ws(' ', e.status, r.status, r.reason) AS status
     FROM email_logs e LEFT JOIN chase_reminders r ON r.email_id = e.id WHERE e.id = $1`,
    [emailId],
  );
  return rows[0]?.status ?? '';
}

const acceptedTo = ({ address }: Reminder): number => resend.accepted.filter(({ to }) => to === address).length;

it('asks again with the same key and the same body when an answer was lost, though names changed meanwhile', async () => {
  const due = await reminder();
  resend.behaviour = 'acceptAndFail';
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'unknown' });
  expect(await statusOf(due)).toBe('PENDING PLANNED');
  await test.db.pool.query(`UPDATE clients SET company_name = 'Another name' WHERE id = $1`, [due.clientId]);
  resend.behaviour = 'accept';
  ahead = 22.9 * HOUR;
  expect(await send(due.emailId)).toEqual({ status: 'SENT' });
  expect(await send(due.emailId)).toEqual({ status: 'SENT' });
  expect([acceptedTo(due), await statusOf(due)]).toEqual([1, 'SENT SENT']);
});

it('sends an e-mail once when tries begin at the same time', async () => {
  const due = await reminder();
  const tries = await Promise.all([send(due.emailId), send(due.emailId), send(due.emailId)]);
  expect(tries).toEqual([{ status: 'SENT' }, { status: 'SENT' }, { status: 'SENT' }]);
  expect([acceptedTo(due), await statusOf(due)]).toEqual([1, 'SENT SENT']);
});

it('tells what has become of an e-mail that another try sent while this one looked up what it is about', async () => {
  const due = await reminder();
  const { pool } = test.db;
  const other = await pool.connect();
  try {
    await other.query('BEGIN');
    await other.query('LOCK TABLE chase_reminders IN ACCESS EXCLUSIVE MODE');
    const late = send(due.emailId);
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    expect(await waitUntil(async () => (await pool.query(waiting)).rowCount === 1, 10_000)).toBe(true);
    await other.query(`UPDATE email_logs SET status = 'SENT', sent_at = now() WHERE id = $1`, [due.emailId]);
    await other.query(`UPDATE chase_reminders SET status = 'SENT', sent_at = now() WHERE email_id = $1`, [due.emailId]);
    await other.query('COMMIT');
    expect(await late).toEqual({ status: 'SENT' });
  } finally {
    other.release();
  }
  expect([acceptedTo(due), await statusOf(due)]).toEqual([0, 'SENT SENT']);
});

it('gives an e-mail up after 23 hours of not knowing, since the provider forgets its key, and tells people', async () => {
  const due = await reminder();
  resend.behaviour = 'acceptAndFail';
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'unknown' });
  resend.behaviour = 'accept';
  ahead = 23.1 * HOUR;
  expect(await send(due.emailId)).toEqual({ status: 'FAILED' });
  expect([acceptedTo(due), await statusOf(due)]).toEqual([1, 'FAILED FAILED EMAIL_FAILED']);
  const { rows } = await test.db.pool.query('SELECT title FROM notifications WHERE client_id = $1', [due.clientId]);
  expect(rows).toEqual([{ title: 'An e-mail could not be sent' }]);
});

it('goes on for days with an e-mail that is known not to be sent', async () => {
  const due = await reminder();
  resend.behaviour = 'tooMany';
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'notSent', nextRetryDelay: 1000 });
  ahead = 50 * HOUR;
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'notSent' });
  resend.behaviour = 'accept';
  expect(await send(due.emailId)).toEqual({ status: 'SENT' });
  expect(resend.accepted.find(({ to }) => to === due.address)).toMatchObject({
    from: '"Smith, Jones" <practice@example.com>',
    replyTo: 'desk@example.com',
    html: expect.stringContaining('<li>VAT 2024-Q1 (period to 31 Mar 2024'),
  });
});

it('ends what the provider refuses for good', async () => {
  const due = await reminder();
  resend.behaviour = 'refuse';
  expect(await send(due.emailId)).toEqual({ status: 'FAILED' });
  expect(await statusOf(due)).toBe('FAILED FAILED EMAIL_FAILED');
});

it('sends nothing to an address that mail came back from, and says so in the ledger', async () => {
  const due = await reminder();
  await test.db.SuppressedAddress.create({ address: due.address, reason: 'BOUNCED', emailId: null });
  expect(await send(due.emailId)).toEqual({ status: 'SUPPRESSED' });
  expect(acceptedTo(due)).toBe(0);
  const { rows } = await test.db.pool.query('SELECT status::text, reason FROM chase_reminders WHERE client_id = $1', [
    due.clientId,
  ]);
  expect(rows).toEqual([{ status: 'SUPPRESSED', reason: 'ADDRESS_BOUNCED' }]);
});
