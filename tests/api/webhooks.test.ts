import { newId } from '../../models/ids';
import { markSent } from '../../models/emails/settleEmail';
import { ApiServer } from '../harness/apiServer';
import type { ApiCaller } from '../harness/apiCaller';
import { makeClient } from '../harness/practice';
import { sendWebhook, WEBHOOK_SECRET } from '../harness/resendWebhook';

let server: ApiServer;
let staffId: string;
let staff: ApiCaller;
let manager: ApiCaller;

beforeAll(async () => {
  server = await ApiServer.start({ RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET });
  ({ id: staffId, api: staff } = await server.person('STAFF'));
  ({ api: manager } = await server.person('MANAGER'));
}, 60_000);

afterAll(() => server.stop());

interface Mail {
  id: string;
  messageId: string;
  to: string;
}

/** An e-mail to a client of the staff member, still to be sent or taken by the provider. */
async function mail(isSent = true): Promise<Mail> {
  const { db } = server.database;
  const client = await makeClient(db, 'Acme Ltd', { assignedUserId: staffId });
  const [id, messageId, to] = [newId(), `re-${newId()}`, `${client.id}@client.example.com`];
  await db.pool.query(
    `INSERT INTO email_logs (id, recipient_email, subject, content, email_type, template, client_id, triggered_by, idempotency_key)
     VALUES ($1, $2, 'Your VAT', 'Hello', 'WORKFLOW', 'client-reminder', $3, $4, $1)`,
    [id, to, client.id, staffId],
  );
  if (isSent) await markSent(db.pool, id, messageId);
  return { id, messageId, to };
}

async function stateOf({ id }: Mail): Promise<Record<string, unknown>> {
  const email = await server.database.db.EmailLog.findByPk(id, { rejectOnEmpty: true });
  const { status, failureReason, deliveredAt, failedAt } = email;
  return { status, failureReason, delivered: deliveredAt?.toISOString(), failed: failedAt?.toISOString() };
}

const told = async (type: string): Promise<number> =>
  (await staff.get('/notifications')).rows().filter((notification) => notification['type'] === type).length;

const AT = '2026-03-02T10:00:00.000Z';
const LATER = '2026-03-02T10:05:00.000Z';
const BOUNCE = { bounce: { type: 'Permanent', subType: 'General', message: 'No such mailbox' } };

it('makes an e-mail DELIVERED, however often it is told', async () => {
  const sent = await mail();
  const delivered = { type: 'email.delivered', emailId: sent.messageId, at: AT };
  const statuses = await Promise.all(
    Array.from({ length: 20 }, (_, n) => sendWebhook(server.url, delivered, { id: n < 10 ? 'msg_same' : `msg_other_${n}` })),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await stateOf(sent)).toMatchObject({ status: 'DELIVERED', delivered: AT });
});

it.each([
  ['in order', ['email.delivered', 'email.bounced']],
  ['out of order', ['email.bounced', 'email.delivered']],
])(
  'makes one that came back FAILED with the reason, told %s, and tells the person who looks after the client once',
  async (_, types) => {
    const sent = await mail();
    const before = await told('EMAIL_BOUNCED');
    for (const type of [...types, ...types]) {
      const at = type === 'email.bounced' ? LATER : AT;
      await sendWebhook(server.url, { type, emailId: sent.messageId, at, data: type === 'email.bounced' ? BOUNCE : {} });
    }
    expect(await stateOf(sent)).toEqual({
      status: 'FAILED',
      failureReason: 'Permanent: No such mailbox',
      delivered: AT,
      failed: LATER,
    });
    expect(await told('EMAIL_BOUNCED')).toBe(before + 1);
    const suppressed = (await manager.get('/suppressed-addresses?limit=200')).rows().find(({ address }) => address === sent.to);
    expect(suppressed).toMatchObject({ reason: 'BOUNCED' });
    expect((await manager.send('DELETE', `/suppressed-addresses/${String(suppressed?.['id'])}`)).status).toBe(200);
    expect((await manager.send('DELETE', `/suppressed-addresses/${String(suppressed?.['id'])}`)).status).toBe(404);
  },
);

it('leaves an e-mail that was reported as spam DELIVERED, and writes to that address no more', async () => {
  const sent = await mail();
  await sendWebhook(server.url, { type: 'email.complained', emailId: sent.messageId, at: AT });
  expect(await stateOf(sent)).toMatchObject({ status: 'DELIVERED' });
  expect(await told('EMAIL_COMPLAINED')).toBe(1);
  const addresses = (await manager.get('/suppressed-addresses?limit=200')).rows();
  expect(addresses.find(({ address }) => address === sent.to)).toMatchObject({ reason: 'COMPLAINED' });
});

it('keeps what is told before the e-mail is known to be sent', async () => {
  const early = await mail(false);
  expect(await sendWebhook(server.url, { type: 'email.delivered', emailId: early.messageId, at: AT })).toBe(200);
  expect(await stateOf(early)).toMatchObject({ status: 'PENDING' });
  await markSent(server.database.db.pool, early.id, early.messageId);
  expect(await stateOf(early)).toMatchObject({ status: 'DELIVERED', delivered: AT });
  for (let n = 0; n < 10; n += 1) {
    const raced = await mail(false);
    await Promise.all([
      markSent(server.database.db.pool, raced.id, raced.messageId),
      sendWebhook(server.url, { type: 'email.delivered', emailId: raced.messageId, at: AT }),
    ]);
    expect(await stateOf(raced)).toMatchObject({ status: 'DELIVERED' });
  }
});

it('refuses what is not signed with the secret, or is older than five minutes, and changes nothing', async () => {
  const sent = await mail();
  const bounced = { type: 'email.bounced', emailId: sent.messageId, data: BOUNCE };
  const otherSecret = `whsec_${Buffer.from('somebody else').toString('base64')}`;
  expect(await sendWebhook(server.url, bounced, { secret: otherSecret })).toBe(401);
  expect(await sendWebhook(server.url, bounced, { signedAt: Date.now() - 6 * 60_000 })).toBe(401);
  expect(await sendWebhook(server.url, bounced, { signedAt: Date.now() + 6 * 60_000 })).toBe(401);
  expect((await fetch(`${server.url}/webhooks/resend`, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(await stateOf(sent)).toMatchObject({ status: 'SENT' });
});

it('takes what is of no interest without a word', async () => {
  const sent = await mail();
  for (const type of ['email.opened', 'email.sent', 'contact.created', 'email.delivery_delayed']) {
    expect(await sendWebhook(server.url, { type, emailId: sent.messageId })).toBe(200);
  }
  expect(await sendWebhook(server.url, { type: 'email.delivered', emailId: 'nobody-knows' })).toBe(200);
  expect(await stateOf(sent)).toMatchObject({ status: 'SENT' });
});
