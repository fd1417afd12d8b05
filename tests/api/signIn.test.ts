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

it('asks for the password before an address is changed, and tells the old one', async () => {
  const person = await server.person('STAFF', 'Moving Person');
  const change = { email: 'moved@example.com' };
  expect((await partner.api.patch(`/users/${person.id}`, change)).body.errors).toMatchObject([{ path: 'currentPassword' }]);
  const wrong = await partner.api.patch(`/users/${person.id}`, { ...change, currentPassword: 'Wrong-Password-1' });
  expect(wrong.body.errors).toMatchObject([{ path: 'currentPassword' }]);
  expect((await partner.api.patch(`/users/${person.id}`, { ...change, currentPassword: PASSWORD })).status).toBe(200);
  expect(signing.lastMail(person.email)).toContain('another e-mail address');
});

it('lists one’s sessions, and ends one of them at once', async () => {
  const person = await server.person('STAFF', 'Sessions Person');
  const second = await server.signIn(person.email);
  const sessions = (await person.api.get('/auth/sessions')).rows();
  expect(sessions).toHaveLength(2);
  const other = sessions.find(({ isCurrent }) => isCurrent === false);
  expect((await partner.api.send('DELETE', `/auth/sessions/${String(other?.['id'])}`)).status).toBe(404);
  expect((await person.api.send('DELETE', `/auth/sessions/${String(other?.['id'])}`)).status).toBe(200);
  expect((await second.get('/auth/me')).status).toBe(401);
  expect((await person.api.get('/auth/me')).status).toBe(200);
});

it('ends a session that nobody used for long, and one that is too old', async () => {
  for (const column of ['last_used_at', 'expires_at']) {
    const person = await server.person('STAFF', `Old ${column}`);
    await server.database.asOwner(`UPDATE sessions SET ${column} = ${column} - interval '31 days' WHERE user_id = $1`, [
      person.id,
    ]);
    expect((await person.api.get('/auth/me')).status).toBe(401);
  }
});

describe('a token for a program', () => {
  it('reads, and writes where its scope says so, but never changes an account', async () => {
    const made = await partner.api.post('/auth/api-tokens', { name: 'Reports', scope: 'READ' });
    const program = server.stranger(String(made.row()['token']));
    expect((await program.get('/clients')).status).toBe(200);
    expect((await program.post('/clients', {})).status).toBe(403);
    const writing = await partner.api.post('/auth/api-tokens', { name: 'Imports', scope: 'READ_WRITE', expiresInDays: 1 });
    const writer = server.stranger(String(writing.row()['token']));
    expect((await writer.post('/clients', {})).status).toBe(422);
    expect((await writer.post('/auth/api-tokens', { name: 'More', scope: 'READ' })).status).toBe(403);
    expect(JSON.stringify((await partner.api.get('/auth/api-tokens')).body)).not.toContain(String(writing.row()['token']));
    await partner.api.send('DELETE', `/auth/api-tokens/${writing.row().id}`);
    expect((await writer.get('/clients')).status).toBe(401);
  });
});

describe('a browser', () => {
  it('gets a cookie that scripts cannot read, and may change things from our own pages only', async () => {
    const response = await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ email: partner.email, password: PASSWORD }),
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const send = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${server.url}/api/v1/notifications/read-all`, {
        method: 'POST',
        headers: { cookie: cookie.split(';')[0] ?? '', 'content-type': 'application/json', ...headers },
        body: '{}',
      });
    expect((await send({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await send({})).status).toBe(403);
    expect((await send({ origin: server.url })).status).toBe(200);
    const refusals = (await partner.api.get(`/activity-logs?action=PERMISSION_REFUSED&userId=${partner.id}`)).rows();
    const paths = refusals.map(({ details }) => String(Object(details).path));
    expect(paths.filter((path) => path.endsWith('/notifications/read-all'))).toHaveLength(3);
  });

  it.each([
    ['of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['of a sibling', { 'sec-fetch-site': 'same-site' }, 403],
    ['of another origin', { origin: 'https://evil.example' }, 403],
    ['in a sandbox', { origin: 'null' }, 403],
    ['of no browser', {}, 401],
  ])('does not sign in from a page %s', async (_page, headers, status) => {
    const reply = await server.stranger().post('/auth/login', { email: 'nobody@example.com', password: 'x' }, { ...headers });
    expect(reply.status).toBe(status);
  });
});
