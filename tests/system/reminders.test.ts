import type { ApiCaller } from '../harness/apiCaller';
import { TRADING_CLIENT } from '../harness/openQuarter';
import { RunningPractice } from '../harness/runningPractice';

let practice: RunningPractice;
let partner: ApiCaller;

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
}, 90_000);

afterAll(() => practice.stop(), 60_000);

it('sends the first reminder of an ended quarter without anyone acting, once, and no more once the records are in', async () => {
  // A send time that has come, and is good until the day ends.
  const sendTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' }).format();
  const policy = await partner.put('/settings/chase-policies/vat', { sendTime, lastSendTime: sendTime, workingDaysOnly: false });
  expect(policy.body.data).toMatchObject({ version: 1 });
  const client = await partner.post('/clients', {
    ...TRADING_CLIENT,
    isVatEnabled: true,
    vatFrequency: 'Monthly',
    vatRegistrationDate: '2020-01-01',
  });
  const [ended] = (await partner.get(`/vat-quarters?clientId=${client.row().id}&sortBy=periodEnd`)).rows();
  const path = `/vat-quarters/${String(ended?.['id'])}`;
  await practice.until(async () => practice.resend.accepted.length > 0);
  await practice.until(async () => (await partner.get(path)).row()['currentStage'] === 'PAPERWORK_CHASED');
  const [move] = (await partner.get(`${path}/history`)).rows();
  expect(move).toMatchObject({ toStage: 'PAPERWORK_CHASED', userName: 'system', userRole: 'SYSTEM', source: 'TIMER' });
  const emails = async (): Promise<Record<string, unknown>[]> =>
    (await partner.get(`/email-logs?clientId=${client.row().id}`)).rows();
  await practice.until(async () => (await emails())[0]?.['status'] === 'SENT');
  const [accepted] = practice.resend.accepted;
  expect(accepted?.idempotencyKey).toMatch(/^chase:/);
  expect(await emails()).toMatchObject([
    {
      recipientEmail: 'casey@example.com',
      idempotencyKey: accepted?.idempotencyKey,
      providerMessageId: 'stand-in-1',
      status: 'SENT',
    },
  ]);
  expect(practice.resend.accepted).toHaveLength(1);

  const received = await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' });
  expect(received.row()).toMatchObject({ nextReminderAt: null, remindersSent: 1 });
  const planned = await practice.rows(
    `SELECT FROM chase_reminders WHERE filing_id = $1 AND status = 'PLANNED' AND recipient = 'CLIENT'`,
    [ended?.['id']],
  );
  expect(planned).toEqual([]);
});
