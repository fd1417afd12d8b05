import { signInLimits } from '../../services/sessions/limits';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer, PASSWORD } from '../harness/apiServer';
import { SigningIn } from '../harness/signingIn';

let server: ApiServer;
let partner: { id: string; api: ApiCaller; email: string };
let signing: SigningIn;

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER');
  signing = new SigningIn(server);
}, 60_000);

afterAll(() => server.stop());

describe('a forgotten password', () => {
  const arrived = async (email: string): Promise<string> => {
    await server.until(() => Promise.resolve(signing.mailedToken(email) !== ''));
    return signing.mailedToken(email);
  };

  it('is replaced by a mailed link that counts once and ends every session', async () => {
    const person = await server.person('STAFF', 'Forgetful Person');
    expect((await server.stranger().post('/auth/password/forgot', { email: person.email })).status).toBe(200);
    const token = await arrived(person.email);
    const reset = { token, password: 'Another-Password-2' };
    expect((await server.stranger().post('/auth/password/reset', reset)).status).toBe(200);
    expect((await person.api.get('/auth/me')).status).toBe(401);
    expect((await signing.login(person.email)).status).toBe(401);
    expect((await signing.login(person.email, 'Another-Password-2')).status).toBe(200);
    expect((await server.stranger().post('/auth/password/reset', reset)).status).toBe(422);
  });

  it('does not lead past the second factor', async () => {
    const person = await signing.withMailedCodes('Second Person');
    await server.stranger().post('/auth/password/forgot', { email: person.email });
    const token = await arrived(person.email);
    await server.stranger().post('/auth/password/reset', { token, password: 'Another-Password-2' });
    await signing.challenge(person.email, 'Another-Password-2');
  });

  it.each(['cabc.def', '.', 'x', 'a.b.c'])('is not replaced by a made-up link: %s', async (token) => {
    const refused = await server.stranger().post('/auth/password/reset', { token, password: 'Another-Password-2' });
    expect(refused.body.errors).toMatchObject([{ path: 'token' }]);
  });

  it('ends tokens of programs too, tells the owner, and is logged from the question on', async () => {
    const person = await server.person('STAFF', 'Robbed Person');
    const made = await person.api.post('/auth/api-tokens', { name: 'Script', scope: 'READ' });
    const program = server.stranger(String(made.row()['token']));
    expect((await program.get('/clients')).status).toBe(200);
    await server.stranger().post('/auth/password/forgot', { email: person.email });
    const token = await arrived(person.email);
    await server.stranger().post('/auth/password/reset', { token, password: 'Another-Password-2' });
    expect((await program.get('/clients')).status).toBe(401);
    expect(signing.lastMail(person.email)).toContain('Your password was set by a mailed link');
    const actions = (await partner.api.get(`/activity-logs?userId=${person.id}`)).rows().map(({ action }) => action);
    expect(actions).toEqual(['PASSWORD_CHANGED', 'PASSWORD_RESET_ASKED', 'API_TOKEN_CREATED', 'SIGNED_IN']);
  });

  it('is not replaced by a link that went to an address which is the account’s no more', async () => {
    const person = await server.person('STAFF', 'Leaving Address');
    await server.stranger().post('/auth/password/forgot', { email: person.email });
    const token = await arrived(person.email);
    const change = { email: 'new-address@example.com', currentPassword: PASSWORD };
    expect((await partner.api.patch(`/users/${person.id}`, change)).status).toBe(200);
    const late = await server.stranger().post('/auth/password/reset', { token, password: 'Another-Password-2' });
    expect(late.body.errors).toMatchObject([{ path: 'token' }]);
  });

  it('answers alike whether the address has an account or not', async () => {
    const [known, unknown] = [
      await server.stranger().post('/auth/password/forgot', { email: partner.email }),
      await server.stranger().post('/auth/password/forgot', { email: 'nobody@example.com' }),
    ];
    expect(known.body).toEqual(unknown.body);
  });
});

describe('a person without a password', () => {
  it('is invited by e-mail and chooses one', async () => {
    const email = 'invited@example.com';
    const made = await partner.api.post('/users', { name: 'Invited Person', email, role: 'STAFF' });
    expect(made.body.message).toContain('invited');
    expect((await signing.login(email, '!')).status).toBe(401);
    await server.stranger().post('/auth/password/reset', { token: signing.mailedToken(email), password: 'Chosen-Password-3' });
    expect((await signing.login(email, 'Chosen-Password-3')).status).toBe(200);
  });
});

it.each([
  ['Password1', 'tried first'],
  ['My-Numericalz-1', 'practice’s name'],
])('refuses a new password that is easily guessed: %s', async (password, reason) => {
  const made = await partner.api.post('/users', { name: 'New Person', email: 'weak@example.com', password, role: 'STAFF' });
  expect([made.status, made.body.message]).toEqual([422, expect.stringContaining(reason)]);
});

it('asks for one’s own password a few times only', async () => {
  const person = await server.person('STAFF', 'Open Session');
  const body = { currentPassword: 'Guess-Password-1', newPassword: 'Another-Password-2' };
  // Nine were counted by another process.
  const elsewhere = signInLimits(server.database.db.pool).ownPassword;
  for (let guess = 1; guess <= 9; guess += 1) expect(await elsewhere.count(person.id)).toBeUndefined();
  expect((await person.api.put('/auth/password', body)).status).toBe(422);
  const refused = await person.api.put('/auth/password', { ...body, currentPassword: PASSWORD });
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
});
