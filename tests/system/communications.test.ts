import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { ApiCaller } from '../harness/apiCaller';
import { RunningPractice } from '../harness/runningPractice';

let practice: RunningPractice;
let partner: ApiCaller;
let clientId: string;

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
  const client = await partner.post('/clients', {
    companyName: 'Acme Trading',
    companyType: 'NON_LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
  });
  clientId = client.row().id;
}, 90_000);

afterAll(() => practice.stop(), 60_000);

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
const TOMORROW = 24 * 60 * 60;

async function schedule(subject: string, seconds: number): Promise<string> {
  const message = {
    clientId,
    type: 'EMAIL',
    subject,
    content: 'Dear Casey,\n\nsee you <soon>.',
    scheduledAt: inSeconds(seconds),
  };
  const reply = await partner.post('/communications', message);
  expect(reply.row()).toMatchObject({ status: 'SCHEDULED', sentAt: null, sentBy: { name: expect.any(String) } });
  return reply.row().id;
}

const statusOf = async (id: string): Promise<unknown> => (await partner.get(`/communications/${id}`)).row()['status'];
const accepted = (id: string) =>
  practice.resend.accepted.filter(({ idempotencyKey }) => idempotencyKey === `communication:${id}`);

it('logs what took place, and lets nothing but an e-mail wait for a time', async () => {
  const call = { clientId, type: 'PHONE', subject: 'Records', content: 'Casey sends them on Monday' };
  const logged = await partner.post('/communications', call);
  expect(logged.status).toBe(201);
  expect(logged.row()).toMatchObject({ ...call, status: 'SENT', sentAt: expect.any(String), scheduledAt: null });
  const inLondon = await partner.post('/communications', { ...call, subject: 'In summer', sentAt: '2024-07-01T09:30' });
  expect(inLondon.row()).toMatchObject({ sentAt: '2024-07-01T08:30:00.000Z' });
  const refused = async (fields: object): Promise<unknown> => {
    const { status, body } = await partner.post('/communications', { ...call, ...fields });
    return [status, body.errors?.[0]?.path];
  };
  expect(await refused({ type: 'SMS', scheduledAt: inSeconds(60) })).toEqual([422, 'scheduledAt']);
  expect(await refused({ type: 'EMAIL', scheduledAt: inSeconds(-1) })).toEqual([422, 'scheduledAt']);
  expect(await refused({ type: 'EMAIL', scheduledAt: '2036-02-30T09:00:00Z' })).toEqual([422, 'scheduledAt']);
  expect(await refused({ sentAt: inSeconds(60) })).toEqual([422, 'sentAt']);
  expect(await refused({ subject: 'Hello\r\nBcc: all@example.com' })).toEqual([422, 'subject']);
  expect(await refused({ clientId: 'cabsent' })).toEqual([404, undefined]);
  expect((await partner.get(`/clients/${clientId}/communications?type=PHONE`)).rows()).toMatchObject([
    { subject: 'In summer' },
    call,
  ]);
});

it('sends a scheduled e-mail when its time has come, moved to it, once; its workflow knows neither address nor text', async () => {
  const id = await schedule('Moved', TOMORROW);
  const moved = await partner.patch(`/communications/${id}`, { scheduledAt: inSeconds(2), content: 'Dear Casey, <sooner>' });
  expect(moved.row()).toMatchObject({ status: 'SCHEDULED', subject: 'Moved' });
  await practice.until(async () => (await statusOf(id)) === 'SENT');
  expect(accepted(id)).toMatchObject([
    { to: 'casey@example.com', subject: 'Moved', text: expect.stringMatching(/^Dear Casey, <sooner>\n/) },
  ]);
  expect(accepted(id)[0]?.html).toContain('Dear Casey, &lt;sooner&gt;');
  expect((await partner.post(`/communications/${id}/cancel`)).status).toBe(409);
  expect((await partner.patch(`/communications/${id}`, { scheduledAt: inSeconds(60) })).status).toBe(409);
  const history = await practice.temporal.workflow.getHandle(`communication:${id}`).fetchHistory();
  expect(JSON.stringify(historyToJSON(history))).not.toMatch(/casey@|sooner|Moved/);
});

it('sends nothing that was cancelled, and its workflow ends', async () => {
  const id = await schedule('Cancelled', TOMORROW);
  expect((await partner.post(`/communications/${id}/cancel`)).row()).toMatchObject({ status: 'CANCELLED' });
  expect(await practice.temporal.workflow.getHandle(`communication:${id}`).result()).toEqual({ emailId: null });
  expect(accepted(id)).toEqual([]);
  const log = (await partner.get('/activity-logs?action=COMMUNICATION_CANCELLED')).rows();
  expect(log).toMatchObject([{ details: { communicationId: id, subject: 'Cancelled' } }]);
});

it('sends one whose time came while the worker was away, once, when it is back', async () => {
  const id = await schedule('Late', 1);
  await practice.kill('worker');
  const due = Date.parse(String((await partner.get(`/communications/${id}`)).row()['scheduledAt']));
  await practice.until(async () => Date.now() > due);
  practice.launch('worker');
  await practice.until(async () => (await statusOf(id)) === 'SENT');
  expect(accepted(id)).toHaveLength(1);
});

it('says why one could not be sent, and tells whoever wrote it', async () => {
  const id = await schedule('To an archived client', 2);
  await practice.rows('UPDATE clients SET is_active = false WHERE id = $1', [clientId]);
  await practice.until(async () => (await statusOf(id)) === 'FAILED');
  const told = (await partner.get('/notifications')).rows();
  expect(told[0]).toMatchObject({ title: 'An e-mail was not sent', message: expect.stringContaining('the client was archived') });
});
