import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const CLIENT = {
  companyName: 'Acme Ltd',
  companyType: 'LIMITED_COMPANY',
  contactName: 'Casey',
  contactEmail: 'casey@example.com',
};

interface Person {
  id: string;
  email: string;
  api: ApiCaller;
}

let server: ApiServer;
let partner: Person;
let sam: Person;
let kim: Person;

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER', 'Pat Partner');
  sam = await server.person('STAFF', 'Sam Staff');
  kim = await server.person('STAFF', 'Kim Staff');
}, 60_000);

afterAll(() => server.stop());

async function client(companyName = CLIENT.companyName): Promise<string> {
  return (await partner.api.post('/clients', { ...CLIENT, companyName })).row().id;
}

async function notificationsOf({ api }: Person): Promise<Record<string, unknown>[]> {
  return (await api.get('/notifications')).rows();
}

async function emailsTo({ email }: Person): Promise<{ subject: string; content: string }[]> {
  const { rows } = await server.database.db.pool.query<{ subject: string; content: string }>(
    `SELECT subject, content FROM email_logs WHERE recipient_email = $1 AND email_type = 'ASSIGNMENT' ORDER BY created_at DESC`,
    [email],
  );
  return rows;
}

it.each(['general', 'ltd', 'nonLtd', 'vat'])('assigns a client for %s work, and to nobody again', async (assignment) => {
  const id = await client();
  const assigned = await partner.api.put(`/clients/${id}/assignments/${assignment}`, { userId: sam.id });
  const people = Object.values(assigned.row()).filter((value) => typeof value === 'object' && value !== null && 'email' in value);
  expect([assigned.status, people]).toEqual([200, [{ id: sam.id, name: 'Sam Staff', email: sam.email }]]);
  const nobody = await partner.api.put(`/clients/${id}/assignments/${assignment}`, { userId: null });
  expect(JSON.stringify(nobody.row())).not.toContain(sam.id);
});

it('tells who gains and who loses a client, on screen and by e-mail, but not who did it', async () => {
  const id = await client('Told Ltd');
  await partner.api.put(`/clients/${id}/assignments/vat`, { userId: sam.id });
  expect((await notificationsOf(sam))[0]).toMatchObject({
    type: 'ASSIGNMENT',
    title: '1 client is assigned to you',
    message: expect.stringMatching(/^NZ-\d+ Told Ltd: VAT$/),
  });
  expect((await emailsTo(sam))[0]).toMatchObject({ subject: '1 client is assigned to you' });
  await partner.api.put(`/clients/${id}/assignments/vat`, { userId: partner.id });
  expect((await notificationsOf(sam))[0]).toMatchObject({ title: '1 client is no longer assigned to you' });
  expect(await notificationsOf(partner)).toEqual([]);
});

it('tells those who join and leave a chase team', async () => {
  const id = await client('Chased Ltd');
  await partner.api.put(`/clients/${id}/chase-team`, { userIds: [sam.id] });
  await partner.api.put(`/clients/${id}/chase-team`, { userIds: [kim.id] });
  expect((await notificationsOf(sam))[0]).toMatchObject({
    message: expect.stringContaining('Chased Ltd: chase team, no longer'),
  });
  expect((await notificationsOf(kim))[0]).toMatchObject({ message: expect.stringContaining('Chased Ltd: chase team') });
});

describe('in bulk', () => {
  it('sends one summary to each person, however many clients there are', async () => {
    const ids = await Promise.all(Array.from({ length: 25 }, (_, index) => client(`Bulk ${index} Ltd`)));
    const before = (await emailsTo(kim)).length;
    const assigned = await partner.api.post('/clients/bulk-assign', {
      clientIds: [...ids, 'absent'],
      userId: kim.id,
      assignment: 'ltd',
    });
    expect(assigned.status).toBe(200);
    expect(assigned.body).toMatchObject({
      success: true,
      message: '25 of 26 were assigned',
      results: { successful: 25, failed: 1, errors: ['absent: there is no such client'] },
    });
    const emails = await emailsTo(kim);
    expect(emails).toHaveLength(before + 1);
    expect(emails[0]?.subject).toBe('25 clients are assigned to you');
    expect(emails[0]?.content.split('\n')).toHaveLength(25);
    const followed = await partner.api.get(assigned.headers.get('location')?.replace('/api/v1', '') ?? '');
    expect(followed.row()).toMatchObject({ kind: 'ASSIGN_CLIENTS', status: 'COMPLETED', total: 26, successful: 25, failed: 1 });
  }, 30_000);

  it('refuses an inactive person, an unknown one and archived clients record by record', async () => {
    const left = await server.person('STAFF', 'Lee Leaver');
    await partner.api.post(`/users/${left.id}/deactivate`);
    const [active, archived] = [await client('Active Ltd'), await client('Archived Ltd')];
    await partner.api.post(`/clients/${archived}/archive`);
    for (const userId of [left.id, 'cnobody0000000000000000000']) {
      const refused = await partner.api.post('/clients/bulk-assign', { clientIds: [active], userId });
      expect(refused.body).toMatchObject({
        success: false,
        results: { successful: 0, failed: 1, errors: [expect.stringContaining('There is no active user with this id')] },
      });
    }
    const partly = await partner.api.post('/clients/bulk-assign', { clientIds: [active, archived], userId: sam.id });
    expect(partly.body).toMatchObject({
      success: true,
      results: { successful: 1, errors: [expect.stringContaining('the client is archived')] },
    });
  });

  it('says for every record what would happen, and changes nothing', async () => {
    const [one, archived] = [await client('Dry Ltd'), await client('Dry archived Ltd')];
    await partner.api.post(`/clients/${archived}/archive`);
    const tried = await partner.api.post('/clients/bulk-assign', {
      clientIds: [one, archived, 'absent'],
      userId: sam.id,
      dryRun: true,
    });
    expect(tried.body).toMatchObject({
      message: '1 of 3 would be assigned',
      results: {
        records: [
          { id: one, refusal: null, change: 'would go from nobody to Sam Staff' },
          { id: archived, refusal: 'the client is archived', change: null },
          { id: 'absent', label: null, refusal: 'there is no such client', change: null },
        ],
      },
    });
    expect((await partner.api.get(`/clients/${one}`)).row()).toMatchObject({ assignedUser: null });
  });

  it('does the same request once, and refuses its key for another', async () => {
    const id = await client('Once Ltd');
    const key = { 'idempotency-key': 'bulk-once' };
    const first = await partner.api.post('/clients/bulk-assign', { clientIds: [id], userId: sam.id }, key);
    await partner.api.put(`/clients/${id}/assignments/general`, { userId: null });
    const again = await partner.api.post('/clients/bulk-assign', { clientIds: [id], userId: sam.id }, key);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect((await partner.api.get(`/clients/${id}`)).row()).toMatchObject({ assignedUser: null });
    const other = await partner.api.post('/clients/bulk-assign', { clientIds: [id], userId: kim.id }, key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('archives, restores and sets chase teams', async () => {
    const ids = [await client('First Ltd'), await client('Second Ltd')];
    expect((await partner.api.post('/clients/bulk-archive', { clientIds: ids })).body).toMatchObject({
      results: { successful: 2 },
    });
    expect((await partner.api.post('/clients/bulk-archive', { clientIds: ids })).body).toMatchObject({
      success: false,
      results: { failed: 2 },
    });
    expect((await partner.api.post('/clients/bulk-restore', { clientIds: ids })).body).toMatchObject({
      results: { successful: 2 },
    });
    await partner.api.post('/clients/bulk-chase-team', { clientIds: ids, userIds: [sam.id, kim.id] });
    expect((await partner.api.get(`/clients/${ids[1]}`)).row()).toMatchObject({ chaseTeamUserIds: [sam.id, kim.id] });
  });

  it('takes 1,000 records at most', async () => {
    const refused = await partner.api.post('/clients/bulk-archive', {
      clientIds: Array.from({ length: 1001 }, (_, index) => `c${index}`),
    });
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'clientIds']);
  });

  it('of somebody else is not there for a staff member', async () => {
    const done = await partner.api.post('/clients/bulk-archive', { clientIds: ['absent'] });
    const path = done.headers.get('location')?.replace('/api/v1', '') ?? '';
    expect([(await sam.api.get(path)).status, (await partner.api.get(path)).status]).toEqual([404, 200]);
  });
});
