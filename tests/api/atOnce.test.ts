import type { ApiCaller, Reply } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const PASSWORD = 'Someone-Password-1';
const FIFTY = Array.from({ length: 50 }, (_, index) => index);

let server: ApiServer;
let partner: { id: string; api: ApiCaller; email: string };

beforeAll(async () => {
  server = await ApiServer.start({ TRUSTED_PROXIES: '127.0.0.1' });
  partner = await server.person('PARTNER');
}, 60_000);

afterAll(() => server.stop());

/** Begins a sign-in of a new person with mailed codes; gives how it is finished, each time from another address. */
async function challenged(name: string): Promise<{ code: string; verify: (code: string, from: number) => Promise<Reply> }> {
  const { api, email } = await server.person('STAFF', name);
  await api.put('/auth/two-factor', { enabled: true, password: PASSWORD });
  const asked = await server.stranger().post('/auth/login', { email, password: PASSWORD });
  const challengeId = String(Object(asked.body.data).challengeId);
  const mail = server.resend.accepted.findLast(({ to }) => String(to) === email)?.text ?? '';
  const verify = (code: string, from: number): Promise<Reply> =>
    server.stranger().post('/auth/otp/verify', { challengeId, code }, { 'x-forwarded-for': `203.0.113.${from}` });
  return { code: /\b(\d{6})\b/.exec(mail)?.[1] ?? '', verify };
}

it('lets one of fifty right codes in', async () => {
  const { code, verify } = await challenged('Fifty Right');
  const replies = await Promise.all(FIFTY.map((from) => verify(code, from)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(replies.every(({ status }) => [200, 401, 429, 503].includes(status))).toBe(true);
});

it('lets no code in after fifty wrong ones at once', async () => {
  const { code, verify } = await challenged('Fifty Wrong');
  const wrong = code === '000000' ? '000001' : '000000';
  const replies = await Promise.all(FIFTY.map((from) => verify(wrong, from)));
  expect(replies.every(({ status }) => [401, 429, 503].includes(status))).toBe(true);
  expect((await verify(code, 99)).status).not.toBe(200);
});

it('takes one of several uses of a password link', async () => {
  const { email } = await server.person('STAFF', 'Several Links');
  await server.stranger().post('/auth/password/forgot', { email });
  const mail = (): string => server.resend.accepted.findLast(({ to }) => String(to) === email)?.text ?? '';
  await server.until(() => Promise.resolve(mail().includes('#')));
  const token = /#(\S+)/.exec(mail())?.[1] ?? '';
  const replies = await Promise.all(
    FIFTY.slice(0, 8).map((n) => server.stranger().post('/auth/password/reset', { token, password: `Another-Password-${n}` })),
  );
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
});

it('gives one of several people an address that all are moved to, and fails for nobody', async () => {
  const people = [];
  for (const n of [1, 2, 3, 4]) people.push(await server.person('STAFF', `Moving ${n}`));
  const change = { email: 'wanted@example.com', currentPassword: PASSWORD };
  const replies = await Promise.all([
    ...people.map(({ id }) => partner.api.patch(`/users/${id}`, change)),
    partner.api.post('/users', { name: 'New Person', email: 'wanted@example.com', password: PASSWORD, role: 'STAFF' }),
  ]);
  const statuses = replies.map(({ status }) => status);
  expect(statuses.filter((status) => status < 300)).toHaveLength(1);
  expect(statuses.filter((status) => status !== 422 && status >= 300)).toEqual([]);
});

it('does not tie a change of a client up with the recording of a filing’s decision', async () => {
  const client = await partner.api.post('/clients', {
    companyName: 'Acme Ltd',
    companyType: 'LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
    incorporationDate: '2020-01-01',
    nextYearEnd: '2026-12-31',
  });
  const recording = await server.database.db.pool.connect();
  try {
    await recording.query('BEGIN');
    const { rowCount } = await recording.query(
      'UPDATE ltd_accounts_workflows SET reminders_sent = reminders_sent WHERE client_id = $1',
      [client.row().id],
    );
    expect(rowCount).toBe(1);
    const change = partner.api.patch(`/clients/${client.row().id}`, { nextConfirmationDue: '2027-01-15' });
    await server.until(async () => {
      const waiting = await server.database.db.pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.rowCount === 1;
    });
    await recording.query(`INSERT INTO activity_logs (id, action, client_id) VALUES ('cmoment', 'FILING_STAGE_CHANGED', $1)`, [
      client.row().id,
    ]);
    await recording.query('COMMIT');
    expect((await change).status).toBe(200);
  } finally {
    recording.release();
  }
});
