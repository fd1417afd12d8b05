import { Client } from '@temporalio/client';
import { londonDateOf } from '../../domain/calendar/london';
import { ApiCaller } from '../harness/apiCaller';
import { QUARTERLY_CLIENT } from '../harness/openQuarter';
import { RunningPractice } from '../harness/runningPractice';

const PASSWORD = 'Someone-Password-1';

let practice: RunningPractice;
let partner: ApiCaller;
let operations: Client;

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
  operations = new Client({ connection: practice.temporal.connection, namespace: `${practice.namespace}-operations` });
}, 90_000);

afterAll(() => practice.stop(), 60_000);

async function manager(name: string, emails: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.com`;
  await partner.post('/users', { name, email, password: PASSWORD, role: 'MANAGER' });
  const api = await ApiCaller.signIn(practice.url, email, PASSWORD);
  expect((await api.get('/notifications/settings')).body.data).toEqual({ emails: 'DAILY_DIGEST' });
  expect((await api.put('/notifications/settings', { emails })).body.data).toEqual({ emails });
  expect((await api.put('/notifications/settings', { emails: 'SOMETIMES' })).status).toBe(422);
  return email;
}

const mailTo = (address: string) => practice.resend.accepted.filter(({ to }) => to === address);

it('tells people of a filing that waits for them: on screen, and by e-mail at once, in the daily digest or not at all', async () => {
  const [atOnce, daily, never] = [
    await manager('Anna', 'AT_ONCE'),
    await manager('Dora', 'DAILY_DIGEST'),
    await manager('Nell', 'NONE'),
  ];
  const client = await partner.post('/clients', { ...QUARTERLY_CLIENT, companyName: 'Acme <Trading>' });
  const [row] = (await partner.get(`/vat-quarters?clientId=${client.row().id}`)).rows();
  const path = `/vat-quarters/${String(row?.['id'])}`;
  for (const stage of ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'REVIEW_PENDING_MANAGER']) {
    expect((await partner.post(`${path}/transitions`, { stage })).status).toBe(200);
  }
  const nell = await ApiCaller.signIn(practice.url, never, PASSWORD);
  const onScreen = (await nell.get('/notifications?unreadOnly=true')).rows().filter(({ type }) => type === 'HAND_OFF');
  expect(onScreen[0]).toMatchObject({
    title: 'A filing waits for you',
    message: expect.stringContaining('is at Manager review now'),
  });

  await operations.schedule.getHandle('relay').trigger();
  await practice.until(async () => mailTo(atOnce).length > 0);
  expect(mailTo(atOnce)[0]?.text).toContain(`${practice.url}${path}`);
  expect(mailTo(atOnce)[0]?.html).toContain('Acme &lt;Trading&gt;');
  expect(mailTo(daily)).toEqual([]);

  await practice.temporal.schedule.getHandle('send-digests').trigger();
  await practice.until(async () => {
    const made = await practice.rows(`SELECT FROM email_logs WHERE template = 'digest' AND recipient_email = $1`, [daily]);
    return made.length > 0;
  });
  await practice.temporal.schedule.getHandle('send-digests').trigger();
  await operations.schedule.getHandle('relay').trigger();
  await practice.until(async () => mailTo(daily).length > 0);
  expect(mailTo(daily)).toMatchObject([
    { subject: expect.stringMatching(/for you on \d/), text: expect.stringContaining('A filing waits for you') },
  ]);
  expect(mailTo(never)).toEqual([]);
});

it('tells of a leaver’s hand-over once, however many clients and filings go over', async () => {
  const person = async (name: string): Promise<string> => {
    const email = `${name.toLowerCase()}@example.com`;
    return (await partner.post('/users', { name, email, password: PASSWORD, role: 'STAFF' })).row().id;
  };
  const [lee, kim] = [await person('Lee'), await person('Kim')];
  const client = async (companyName: string): Promise<string> => {
    const fields = { companyType: 'NON_LIMITED_COMPANY', contactName: 'Casey', contactEmail: 'casey@example.com' };
    const vat = { isVatEnabled: true, vatQuarterGroup: 'C', vatRegistrationDate: londonDateOf(Date.now()) };
    return (await partner.post('/clients', { companyName, ...fields, ...vat })).row().id;
  };
  const [one, two, byHand] = [await client('One'), await client('Two'), await client('By hand')];
  await partner.post('/clients/bulk-assign', { clientIds: [one, two], userId: lee });
  await partner.put(`/clients/${two}/chase-team`, { userIds: [lee] });
  const [filing] = (await partner.get(`/vat-quarters?clientId=${byHand}`)).rows();
  expect((await partner.put(`/vat-quarters/${String(filing?.['id'])}/assignee`, { userId: lee })).status).toBe(200);
  const filingsOf = (id: string) => practice.rows('SELECT FROM vat_quarters WHERE assigned_user_id = $1', [id]);
  await practice.until(async () => (await filingsOf(lee)).length === 3);

  const handed = await partner.post(`/users/${lee}/hand-over`, { toUserId: kim });
  expect(handed.body.data).toEqual({ clients: 2, filings: 3 });
  await practice.until(async () => (await filingsOf(kim)).length === 3);
  const told = await practice.rows<{ title: string; message: string }>(
    `SELECT title, message FROM notifications WHERE user_id = $1 AND type = 'ASSIGNMENT'`,
    [kim],
  );
  expect(told).toEqual([
    {
      title: '2 clients and 3 filings are assigned to you',
      message: expect.stringMatching(/One: in general\n.*Two: in general\n/),
    },
  ]);
  expect(told[0]?.message.split('\n')).toHaveLength(6);
  await operations.schedule.getHandle('relay').trigger();
  await practice.until(async () => mailTo('kim@example.com').length > 0);
  expect(mailTo('kim@example.com')).toMatchObject([
    { subject: expect.stringContaining('2 clients and 3 filings are assigned to you') },
  ]);
  const lost = () => mailTo('lee@example.com').filter(({ subject }) => String(subject).includes('no longer'));
  await practice.until(async () => lost().length > 0);
  expect(lost()).toMatchObject([{ subject: expect.stringContaining('2 clients and 3 filings are no longer assigned to you') }]);
});
