import type { SendResult } from '../../activities/email/sendEmail';
import { markUnmailable } from '../../models/emails/settleEmail';
import { createSendEmail } from '../../activities/email/sendEmail';
import { waitUntil } from '../../embedded/runningProcess';
import type { ProviderAnswer } from '../../services/email/provider';
import { MailLedger } from './mailLedger';

const HOUR = 60 * 60 * 1000;

let ledger: MailLedger;
let send: ReturnType<typeof createSendEmail>;

beforeAll(async () => {
  ledger = await MailLedger.create();
  send = createSendEmail(ledger.sender);
});

afterEach(() => {
  ledger.ahead = 0;
  ledger.resend.behaviour = 'accept';
});

afterAll(() => ledger.close());

it('asks again with the same key and the same body when an answer was lost, though names changed meanwhile', async () => {
  const due = await ledger.reminder();
  ledger.resend.behaviour = 'acceptAndFail';
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'unknown' });
  expect(await ledger.statusOf(due)).toBe('PENDING PLANNED');
  await ledger.test.db.pool.query(`UPDATE clients SET company_name = 'Another name' WHERE id = $1`, [due.clientId]);
  ledger.resend.behaviour = 'accept';
  ledger.ahead = 22.9 * HOUR;
  expect(await send(due.emailId)).toEqual({ status: 'SENT' });
  expect(await send(due.emailId)).toEqual({ status: 'SENT' });
  expect([ledger.acceptedTo(due), await ledger.statusOf(due)]).toEqual([1, 'SENT SENT']);
});

it('sends an e-mail once when tries begin at the same time', async () => {
  const due = await ledger.reminder();
  const tries = await Promise.all([send(due.emailId), send(due.emailId), send(due.emailId)]);
  expect(tries).toEqual([{ status: 'SENT' }, { status: 'SENT' }, { status: 'SENT' }]);
  expect([ledger.acceptedTo(due), await ledger.statusOf(due)]).toEqual([1, 'SENT SENT']);
});

it('tells what has become of an e-mail that another try sent while this one looked up what it is about', async () => {
  const due = await ledger.reminder();
  const { pool } = ledger.test.db;
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
  expect([ledger.acceptedTo(due), await ledger.statusOf(due)]).toEqual([0, 'SENT SENT']);
});

it('gives an e-mail up after 23 hours of not knowing, since the provider forgets its key, and tells people', async () => {
  const due = await ledger.reminder();
  ledger.resend.behaviour = 'acceptAndFail';
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'unknown' });
  ledger.resend.behaviour = 'accept';
  ledger.ahead = 23.1 * HOUR;
  expect(await send(due.emailId)).toEqual({ status: 'FAILED' });
  expect([ledger.acceptedTo(due), await ledger.statusOf(due)]).toEqual([1, 'FAILED FAILED EMAIL_FAILED']);
  const { rows } = await ledger.test.db.pool.query('SELECT title FROM notifications WHERE client_id = $1', [due.clientId]);
  expect(rows).toEqual([{ title: 'An e-mail could not be sent' }]);
});

it('goes on for days with an e-mail that is known not to be sent', async () => {
  const due = await ledger.reminder();
  ledger.resend.behaviour = 'tooMany';
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'notSent', nextRetryDelay: 1000 });
  ledger.ahead = 50 * HOUR;
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'notSent' });
  ledger.resend.behaviour = 'accept';
  expect(await send(due.emailId)).toEqual({ status: 'SENT' });
  expect(ledger.resend.accepted.find(({ to }) => to === due.address)).toMatchObject({
    from: '"Smith, Jones" <practice@example.com>',
    replyTo: 'desk@example.com',
    html: expect.stringContaining('<li>VAT 2024-Q1 (period to 31 Mar 2024'),
  });
});

it('ends what the provider refuses for good', async () => {
  const due = await ledger.reminder();
  ledger.resend.behaviour = 'refuse';
  expect(await send(due.emailId)).toEqual({ status: 'FAILED' });
  expect(await ledger.statusOf(due)).toBe('FAILED FAILED EMAIL_FAILED');
});

it('sends nothing to an address that mail came back from, and says so in the ledger', async () => {
  const due = await ledger.reminder();
  await ledger.test.db.SuppressedAddress.create({ address: due.address, reason: 'BOUNCED', emailId: null });
  expect(await send(due.emailId)).toEqual({ status: 'SUPPRESSED' });
  expect(ledger.acceptedTo(due)).toBe(0);
  const { rows } = await ledger.test.db.pool.query('SELECT status::text, reason FROM chase_reminders WHERE client_id = $1', [
    due.clientId,
  ]);
  expect(rows).toEqual([{ status: 'SUPPRESSED', reason: 'ADDRESS_BOUNCED' }]);
});

const NOT_SENT: ProviderAnswer = { outcome: 'notSent', reason: 'Slow down' };

/** A try that has reached the provider, which answers when told to. */
async function beginTry({ emailId }: { emailId: string }): Promise<{
  answer: (answer: ProviderAnswer) => void;
  result: Promise<SendResult>;
}> {
  let tell: ((answer: ProviderAnswer) => void) | undefined;
  const provider = { send: () => new Promise<ProviderAnswer>((resolve) => (tell = resolve)) };
  const result = createSendEmail({ ...ledger.sender, provider })(emailId);
  expect(await waitUntil(() => tell !== undefined, 10_000)).toBe(true);
  return { answer: (answer) => tell?.(answer), result };
}

/** What the e-mail asks for has come: it is not wanted any more. */
async function receivePaperwork({ clientId }: { clientId: string }): Promise<void> {
  const sql = `UPDATE vat_quarters SET current_stage = 'PAPERWORK_RECEIVED' WHERE client_id = $1`;
  await ledger.test.db.pool.query(sql, [clientId]);
}

it('asks again for an e-mail that one try may have sent while another one was refused, though it is not wanted any more', async () => {
  const due = await ledger.reminder();
  const refused = await beginTry(due);
  ledger.resend.behaviour = 'acceptAndFail';
  await expect(send(due.emailId)).rejects.toMatchObject({ type: 'unknown' });
  refused.answer(NOT_SENT);
  await expect(refused.result).rejects.toMatchObject({ type: 'notSent' });
  await receivePaperwork(due);
  ledger.resend.behaviour = 'accept';
  expect(await send(due.emailId)).toEqual({ status: 'SENT' });
  expect([ledger.acceptedTo(due), await ledger.statusOf(due)]).toEqual([1, 'SENT SENT']);
});

it('knows of an e-mail that two tries at once did not get out, that it was not sent', async () => {
  const due = await ledger.reminder();
  const tries = [await beginTry(due), await beginTry(due)];
  for (const { answer } of tries) answer(NOT_SENT);
  for (const { result } of tries) await expect(result).rejects.toMatchObject({ type: 'notSent' });
  await receivePaperwork(due);
  expect(await send(due.emailId)).toEqual({ status: 'SUPPRESSED' });
  expect(ledger.acceptedTo(due)).toBe(0);
});

it('gives up an e-mail of a backup that is not wanted any more: whether it was sent after the backup nobody knows', async () => {
  const due = await ledger.reminder();
  await ledger.test.db.pool.query('UPDATE email_logs SET first_attempt_at = created_at WHERE id = $1', [due.emailId]);
  await receivePaperwork(due);
  expect(await send(due.emailId)).toEqual({ status: 'FAILED' });
  expect(ledger.acceptedTo(due)).toBe(0);
});

it('keeps the mark of a backup, whatever comes of a try that began before it was restored', async () => {
  const due = await ledger.reminder();
  const attempt = await beginTry(due);
  await ledger.test.db.pool.query('UPDATE email_logs SET first_attempt_at = created_at, unknown_attempts = 0 WHERE id = $1', [
    due.emailId,
  ]);
  attempt.answer(NOT_SENT);
  await expect(attempt.result).rejects.toMatchObject({ type: 'notSent' });
  const { rows } = await ledger.test.db.pool.query(
    'SELECT first_attempt_at = created_at AS "isKept", unknown_attempts FROM email_logs WHERE id = $1',
    [due.emailId],
  );
  expect(rows).toEqual([{ isKept: true, unknown_attempts: 0 }]);
});

it('does not call an e-mail unsendable that another try sends meanwhile', async () => {
  const due = await ledger.reminder();
  const other = await beginTry(due);
  await markUnmailable(ledger.test.db.pool, due.emailId, 'ADDRESS_BOUNCED');
  other.answer({ outcome: 'accepted', messageId: `taken-${due.emailId}` });
  expect(await other.result).toEqual({ status: 'SENT' });
  expect(await ledger.statusOf(due)).toBe('SENT SENT');
});
