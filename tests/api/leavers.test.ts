import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

let server: ApiServer;
let partner: { id: string; api: ApiCaller };

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER');
}, 60_000);

afterAll(() => server.stop());

it('ends the tokens of somebody who leaves, for good', async () => {
  const person = await server.person('STAFF', 'Leaver With Script');
  const made = await person.api.post('/auth/api-tokens', { name: 'Script', scope: 'READ' });
  await partner.api.post(`/users/${person.id}/deactivate`);
  const invited = await partner.api.post(`/users/${person.id}/invite`);
  expect([invited.status, invited.body.code]).toEqual([409, 'CONFLICT']);
  await partner.api.post(`/users/${person.id}/activate`);
  expect((await server.stranger(String(made.row()['token'])).get('/clients')).status).toBe(401);
  expect((await person.api.get('/auth/me')).status).toBe(401);
});

it('hands everything of a leaver to somebody else in one call', async () => {
  const [leaver, successor] = [await server.person('STAFF', 'Leaving Person'), await server.person('STAFF', 'Staying Person')];
  const client = await leaver.api.post('/clients', {
    companyName: 'Acme Ltd',
    companyType: 'LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
  });
  await partner.api.put(`/clients/${client.row().id}/chase-team`, { userIds: [leaver.id] });
  const handed = await partner.api.post(`/users/${leaver.id}/hand-over`, { toUserId: successor.id });
  expect(handed.body.data).toEqual({ clients: 1, filings: 0 });
  expect((await successor.api.get(`/clients/${client.row().id}`)).row()).toMatchObject({
    assignedUserId: successor.id,
    chaseTeamUserIds: [successor.id],
  });
  expect((await leaver.api.get(`/clients/${client.row().id}`)).status).toBe(404);
  const [entry] = (await successor.api.get(`/clients/${client.row().id}/activity`)).rows();
  expect(entry).toMatchObject({
    action: 'LEAVER_HANDED_OVER',
    userId: partner.id,
    details: {
      before: { assigned_user_id: leaver.id, chase_team_user_ids: [leaver.id] },
      after: { assigned_user_id: successor.id, chase_team_user_ids: [successor.id] },
    },
  });
  // What somebody did for a client goes out of sight with the client.
  const own = (await leaver.api.get('/activity-logs')).rows();
  expect(own.filter(({ clientId }) => clientId !== null)).toEqual([]);
  const day = (await leaver.api.get(`/users/${leaver.id}/activity`)).rows();
  expect(day.map(({ action }) => action)).toEqual(['SIGNED_IN']);
});
