import { Secret, TOTP } from 'otpauth';
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

/** Lets the minute between two mails pass. */
async function letCodesBeMailed(): Promise<void> {
  await server.database.asOwner(`UPDATE users SET last_otp_sent_at = last_otp_sent_at - interval '61 seconds'`);
}

describe('a code by e-mail', () => {
  it('finishes the sign-in that it was mailed for, once', async () => {
    const { email } = await signing.withMailedCodes('Code Person');
    const first = await signing.challenge(email);
    const code = signing.mailedCode(email);
    const done = await signing.verify(first, code);
    expect(done.body.data).toMatchObject({ token: expect.any(String), user: { email } });
    expect((await signing.verify(first, code)).status).toBe(401);
  });

  it('wins once, also when twenty right ones come together', async () => {
    const { email } = await signing.withMailedCodes('Twenty Person');
    const challengeId = await signing.challenge(email);
    const code = signing.mailedCode(email);
    const replies = await Promise.all(Array.from({ length: 20 }, () => signing.verify(challengeId, code)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  }, 30_000);

  it('may be guessed five times, also when the guesses come together, and then not even be right', async () => {
    const { email } = await signing.withMailedCodes('Guess Person');
    const challengeId = await signing.challenge(email);
    const code = signing.mailedCode(email);
    const wrong = code === '000000' ? '000001' : '000000';
    const guesses = await Promise.all(Array.from({ length: 8 }, () => signing.verify(challengeId, wrong)));
    expect(guesses.every(({ status }) => status === 401)).toBe(true);
    expect((await signing.verify(challengeId, code)).status).toBe(401);
  }, 30_000);

  it('counts for ten minutes', async () => {
    const { id, email } = await signing.withMailedCodes('Late Person');
    const challengeId = await signing.challenge(email);
    await server.database.asOwner(`UPDATE users SET otp_expires_at = otp_expires_at - interval '10 minutes' WHERE id = $1`, [id]);
    expect((await signing.verify(challengeId, signing.mailedCode(email))).status).toBe(401);
  });

  it('is mailed again at most once a minute and five times an hour; the one before no longer counts', async () => {
    const { email } = await signing.withMailedCodes('Again Person');
    const challengeId = await signing.challenge(email);
    const first = signing.mailedCode(email);
    const early = await server.stranger().post('/auth/otp/resend', { challengeId });
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '60']);
    await letCodesBeMailed();
    expect((await server.stranger().post('/auth/otp/resend', { challengeId })).status).toBe(200);
    const second = signing.mailedCode(email);
    if (first !== second) expect((await signing.verify(challengeId, first)).status).toBe(401);
    expect((await signing.verify(challengeId, second)).status).toBe(200);
    for (let mail = 3; mail <= 5; mail += 1) {
      await letCodesBeMailed();
      await signing.login(email);
    }
    await letCodesBeMailed();
    expect((await signing.login(email)).status).toBe(429);
  }, 30_000);

  it('opens nothing before it is given, and is stored nowhere in the open', async () => {
    const { id, email } = await signing.withMailedCodes('Half Person');
    const challengeId = await signing.challenge(email);
    expect((await server.stranger(challengeId).get('/auth/me')).status).toBe(401);
    const rows = await server.database.db.pool.query<{ otp_code: string; otp_challenge_hash: string }>(
      'SELECT otp_code, otp_challenge_hash FROM users WHERE id = $1',
      [id],
    );
    expect(rows.rows[0]?.otp_code).toMatch(/^\$2[aby]\$12\$/);
    expect(rows.rows[0]?.otp_challenge_hash).not.toBe(challengeId);
    const logged = await server.database.db.pool.query('SELECT content, subject FROM email_logs');
    expect(JSON.stringify(logged.rows)).not.toContain(signing.mailedCode(email));
  });
});

it('can be an authenticator app, whose codes count once each', async () => {
  const person = await server.person('STAFF', 'App Person');
  const prepared = await person.api.put('/auth/two-factor', { enabled: true, password: PASSWORD, method: 'APP' });
  const app = new TOTP({ secret: Secret.fromBase32(String(Object(prepared.body.data).secret)) });
  expect((await signing.login(person.email)).body.data).toMatchObject({ token: expect.any(String) });
  const code = app.generate();
  expect((await person.api.post('/auth/two-factor/confirm', { code })).body.data).toEqual({ method: 'APP' });
  const challengeId = await signing.challenge(person.email);
  expect((await signing.verify(challengeId, code)).status).toBe(401);
  const next = app.generate({ timestamp: Date.now() + 30_000 });
  expect((await signing.verify(challengeId, next)).status).toBe(200);
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
    const challengeId = await signing.challenge(email);
    const mails = server.resend.accepted.length;
    expect((await server.stranger().post('/auth/otp/resend', { challengeId })).status).toBe(401);
    expect(server.resend.accepted).toHaveLength(mails);
  });

  it('stays the one that is asked for while another one is being set up', async () => {
    const { email, api, app } = await withApp('Changing Person');
    const other = await prepareApp(api);
    const first = await signing.challenge(email);
    expect((await signing.verify(first, other.generate())).status).toBe(401);
    expect((await signing.verify(first, app.generate({ timestamp: Date.now() + 30_000 }))).status).toBe(200);
    expect((await api.post('/auth/two-factor/confirm', { code: other.generate() })).status).toBe(200);
    expect((await api.post('/auth/two-factor/confirm', { code: other.generate() })).status).toBe(422);
    expect(signing.lastMail(email)).toContain('How you sign in was changed');
  });

  it('cannot be guessed on from sign-in to sign-in', async () => {
    const { email, id, app } = await withApp('Guessed App');
    const current = new Set([-30_000, 0, 30_000, 60_000].map((ms) => app.generate({ timestamp: Date.now() + ms })));
    const wrong = ['000000', '000001', '000002', '000003', '000004'].find((code) => !current.has(code)) ?? '';
    const earlier = signInLimits(server.database.db.pool).secondFactor;
    for (let guess = 1; guess <= 15; guess += 1) await earlier.count(id);
    const last = await signing.challenge(email);
    for (let guess = 1; guess <= 5; guess += 1) expect((await signing.verify(last, wrong)).status).toBe(401);
    const challengeId = await signing.challenge(email);
    const refused = await signing.verify(challengeId, app.generate());
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await signing.verify(challengeId, app.generate())).status).toBe(429);
    const throttled = (await partner.api.get(`/activity-logs?action=SIGN_IN_THROTTLED&userId=${id}`)).rows();
    expect(throttled).toMatchObject([{ userId: id, details: { limit: 'second-factor' } }]);
  });
});

it('asks for the password before the second factor is changed', async () => {
  const person = await server.person('STAFF', 'Factor Person');
  const refused = await person.api.put('/auth/two-factor', { enabled: true, password: 'Wrong-Password-1' });
  expect(refused.body.errors).toMatchObject([{ path: 'password' }]);
});
