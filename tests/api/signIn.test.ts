import { Secret, TOTP } from 'otpauth';
import { signInLimits } from '../../services/sessions/limits';
import type { ApiCaller, Reply } from '../harness/apiCaller';
import { ApiServer, PASSWORD } from '../harness/apiServer';

let server: ApiServer;
let partner: { id: string; api: ApiCaller; email: string };

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER');
}, 60_000);

afterAll(() => server.stop());

/** The text of the last e-mail to an address. */
function lastMail(email: string): string {
  return server.resend.accepted.findLast(({ to }) => String(to) === email)?.text ?? '';
}

function codeOf(email: string): string {
  return /\b(\d{6})\b/.exec(lastMail(email))?.[1] ?? '';
}

function linkToken(email: string): string {
  return /#(\S+)/.exec(lastMail(email))?.[1] ?? '';
}

/** Lets the minute between two mails pass. */
async function letCodesBeMailed(): Promise<void> {
  await server.database.asOwner(`UPDATE users SET last_otp_sent_at = last_otp_sent_at - interval '61 seconds'`);
}

function login(email: string, password = PASSWORD): Promise<Reply> {
  return server.stranger().post('/auth/login', { email, password });
}

function verify(challengeId: unknown, code: string): Promise<Reply> {
  return server.stranger().post('/auth/otp/verify', { challengeId, code });
}

interface Asked {
  challengeId: string;
}

function asked(reply: Reply): Asked {
  expect(reply.body.data).toMatchObject({ otpRequired: true, challengeId: expect.any(String) });
  return { challengeId: String(Object(reply.body.data).challengeId) };
}

async function withMailedCodes(name: string): Promise<{ id: string; email: string; api: ApiCaller }> {
  const person = await server.person('STAFF', name);
  const turned = await person.api.put('/auth/two-factor', { enabled: true, password: PASSWORD });
  expect(turned.body.data).toEqual({ method: 'EMAIL' });
  return person;
}

describe('a code by e-mail', () => {
  it('finishes the sign-in that it was mailed for, once', async () => {
    const { email } = await withMailedCodes('Code Person');
    const first = asked(await login(email));
    const code = codeOf(email);
    const done = await verify(first.challengeId, code);
    expect(done.body.data).toMatchObject({ token: expect.any(String), user: { email } });
    expect((await verify(first.challengeId, code)).status).toBe(401);
  });

  it('wins once, also when twenty right ones come together', async () => {
    const { email } = await withMailedCodes('Twenty Person');
    const { challengeId } = asked(await login(email));
    const code = codeOf(email);
    const replies = await Promise.all(Array.from({ length: 20 }, () => verify(challengeId, code)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  }, 30_000);

  it('may be guessed five times, also when the guesses come together, and then not even be right', async () => {
    const { email } = await withMailedCodes('Guess Person');
    const { challengeId } = asked(await login(email));
    const code = codeOf(email);
    const wrong = code === '000000' ? '000001' : '000000';
    const guesses = await Promise.all(Array.from({ length: 8 }, () => verify(challengeId, wrong)));
    expect(guesses.every(({ status }) => status === 401)).toBe(true);
    expect((await verify(challengeId, code)).status).toBe(401);
  }, 30_000);

  it('counts for ten minutes', async () => {
    const { id, email } = await withMailedCodes('Late Person');
    const { challengeId } = asked(await login(email));
    await server.database.asOwner(`UPDATE users SET otp_expires_at = otp_expires_at - interval '10 minutes' WHERE id = $1`, [id]);
    expect((await verify(challengeId, codeOf(email))).status).toBe(401);
  });

  it('is mailed again at most once a minute and five times an hour; the one before no longer counts', async () => {
    const { email } = await withMailedCodes('Again Person');
    const { challengeId } = asked(await login(email));
    const first = codeOf(email);
    const early = await server.stranger().post('/auth/otp/resend', { challengeId });
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '60']);
    await letCodesBeMailed();
    expect((await server.stranger().post('/auth/otp/resend', { challengeId })).status).toBe(200);
    const second = codeOf(email);
    if (first !== second) expect((await verify(challengeId, first)).status).toBe(401);
    expect((await verify(challengeId, second)).status).toBe(200);
    for (let mail = 3; mail <= 5; mail += 1) {
      await letCodesBeMailed();
      await login(email);
    }
    await letCodesBeMailed();
    expect((await login(email)).status).toBe(429);
  }, 30_000);

  it('opens nothing before it is given, and is stored nowhere in the open', async () => {
    const { id, email } = await withMailedCodes('Half Person');
    const { challengeId } = asked(await login(email));
    expect((await server.stranger(challengeId).get('/auth/me')).status).toBe(401);
    const rows = await server.database.db.pool.query<{ otp_code: string; otp_challenge_hash: string }>(
      'SELECT otp_code, otp_challenge_hash FROM users WHERE id = $1',
      [id],
    );
    expect(rows.rows[0]?.otp_code).toMatch(/^\$2[aby]\$12\$/);
    expect(rows.rows[0]?.otp_challenge_hash).not.toBe(challengeId);
    const logged = await server.database.db.pool.query('SELECT content, subject FROM email_logs');
    expect(JSON.stringify(logged.rows)).not.toContain(codeOf(email));
  });
});

it('can be an authenticator app, whose codes count once each', async () => {
  const person = await server.person('STAFF', 'App Person');
  const prepared = await person.api.put('/auth/two-factor', { enabled: true, password: PASSWORD, method: 'APP' });
  const app = new TOTP({ secret: Secret.fromBase32(String(Object(prepared.body.data).secret)) });
  expect((await login(person.email)).body.data).toMatchObject({ token: expect.any(String) });
  const code = app.generate();
  expect((await person.api.post('/auth/two-factor/confirm', { code })).body.data).toEqual({ method: 'APP' });
  const { challengeId } = asked(await login(person.email));
  expect((await verify(challengeId, code)).status).toBe(401);
  const next = app.generate({ timestamp: Date.now() + 30_000 });
  expect((await verify(challengeId, next)).status).toBe(200);
  const stored = await server.database.db.pool.query('SELECT authenticator_secret FROM users WHERE id = $1', [person.id]);
  expect(JSON.stringify(stored.rows)).not.toContain(app.secret.base32);
});

describe('an authenticator app', () => {
  async function withApp(name: string): Promise<{ email: string; api: ApiCaller; id: string; app: TOTP }> {
    const person = await server.person('STAFF', name);
    const app = await prepareApp(person.api);
    await person.api.post('/auth/two-factor/confirm', { code: app.generate() });
    return { ...person, app };
  }

  async function prepareApp(api: ApiCaller): Promise<TOTP> {
    const prepared = await api.put('/auth/two-factor', { enabled: true, password: PASSWORD, method: 'APP' });
    return new TOTP({ secret: Secret.fromBase32(String(Object(prepared.body.data).secret)) });
  }

  it('is never replaced by a weaker mailed code', async () => {
    const { email } = await withApp('Strong Person');
    const { challengeId } = asked(await login(email));
    const mails = server.resend.accepted.length;
    expect((await server.stranger().post('/auth/otp/resend', { challengeId })).status).toBe(401);
    expect(server.resend.accepted).toHaveLength(mails);
  });

  it('stays the one that is asked for while another one is being set up', async () => {
    const { email, api, app } = await withApp('Changing Person');
    const other = await prepareApp(api);
    const first = asked(await login(email));
    expect((await verify(first.challengeId, other.generate())).status).toBe(401);
    expect((await verify(first.challengeId, app.generate({ timestamp: Date.now() + 30_000 }))).status).toBe(200);
    expect((await api.post('/auth/two-factor/confirm', { code: other.generate() })).status).toBe(200);
    expect((await api.post('/auth/two-factor/confirm', { code: other.generate() })).status).toBe(422);
    expect(lastMail(email)).toContain('How you sign in was changed');
  });

  it('cannot be guessed on from sign-in to sign-in', async () => {
    const { email, id, app } = await withApp('Guessed App');
    const current = new Set([-30_000, 0, 30_000, 60_000].map((ms) => app.generate({ timestamp: Date.now() + ms })));
    const wrong = ['000000', '000001', '000002', '000003', '000004'].find((code) => !current.has(code)) ?? '';
    const earlier = signInLimits(server.database.db.pool).secondFactor;
    for (let guess = 1; guess <= 15; guess += 1) await earlier.count(id);
    const last = asked(await login(email));
    for (let guess = 1; guess <= 5; guess += 1) expect((await verify(last.challengeId, wrong)).status).toBe(401);
    const { challengeId } = asked(await login(email));
    const refused = await verify(challengeId, app.generate());
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await verify(challengeId, app.generate())).status).toBe(429);
    const throttled = (await partner.api.get(`/activity-logs?action=SIGN_IN_THROTTLED&userId=${id}`)).rows();
    expect(throttled).toMatchObject([{ userId: id, details: { limit: 'second-factor' } }]);
  });
});

it('asks for the password before the second factor is changed', async () => {
  const person = await server.person('STAFF', 'Factor Person');
  const refused = await person.api.put('/auth/two-factor', { enabled: true, password: 'Wrong-Password-1' });
  expect(refused.body.errors).toMatchObject([{ path: 'password' }]);
});

describe('a forgotten password', () => {
  const arrived = async (email: string): Promise<string> => {
    await server.until(() => Promise.resolve(linkToken(email) !== ''));
    return linkToken(email);
  };

  it('is replaced by a mailed link that counts once and ends every session', async () => {
    const person = await server.person('STAFF', 'Forgetful Person');
    expect((await server.stranger().post('/auth/password/forgot', { email: person.email })).status).toBe(200);
    const token = await arrived(person.email);
    const reset = { token, password: 'Another-Password-2' };
    expect((await server.stranger().post('/auth/password/reset', reset)).status).toBe(200);
    expect((await person.api.get('/auth/me')).status).toBe(401);
    expect((await login(person.email)).status).toBe(401);
    expect((await login(person.email, 'Another-Password-2')).status).toBe(200);
    expect((await server.stranger().post('/auth/password/reset', reset)).status).toBe(422);
  });

  it('does not lead past the second factor', async () => {
    const person = await withMailedCodes('Second Person');
    await server.stranger().post('/auth/password/forgot', { email: person.email });
    const token = await arrived(person.email);
    await server.stranger().post('/auth/password/reset', { token, password: 'Another-Password-2' });
    asked(await login(person.email, 'Another-Password-2'));
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
    expect(lastMail(person.email)).toContain('Your password was set by a mailed link');
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

it.each([
  ['Password1', 'tried first'],
  ['My-Numericalz-1', 'practice’s name'],
])('refuses a new password that is easily guessed: %s', async (password, reason) => {
  const made = await partner.api.post('/users', { name: 'New Person', email: 'weak@example.com', password, role: 'STAFF' });
  expect([made.status, made.body.message]).toEqual([422, expect.stringContaining(reason)]);
});

describe('a person without a password', () => {
  it('is invited by e-mail and chooses one', async () => {
    const email = 'invited@example.com';
    const made = await partner.api.post('/users', { name: 'Invited Person', email, role: 'STAFF' });
    expect(made.body.message).toContain('invited');
    expect((await login(email, '!')).status).toBe(401);
    await server.stranger().post('/auth/password/reset', { token: linkToken(email), password: 'Chosen-Password-3' });
    expect((await login(email, 'Chosen-Password-3')).status).toBe(200);
  });
});

it('asks for the password before an address is changed, and tells the old one', async () => {
  const person = await server.person('STAFF', 'Moving Person');
  const change = { email: 'moved@example.com' };
  expect((await partner.api.patch(`/users/${person.id}`, change)).body.errors).toMatchObject([{ path: 'currentPassword' }]);
  const wrong = await partner.api.patch(`/users/${person.id}`, { ...change, currentPassword: 'Wrong-Password-1' });
  expect(wrong.body.errors).toMatchObject([{ path: 'currentPassword' }]);
  expect((await partner.api.patch(`/users/${person.id}`, { ...change, currentPassword: PASSWORD })).status).toBe(200);
  expect(lastMail(person.email)).toContain('another e-mail address');
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
