import { request } from 'node:http';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const CLIENT = {
  companyName: 'Acme Ltd',
  companyType: 'LIMITED_COMPANY',
  contactName: 'Casey Contact',
  contactEmail: 'casey@example.com',
};

let server: ApiServer;
let partner: { id: string; api: ApiCaller; email: string };

beforeAll(async () => {
  server = await ApiServer.start({ TRUSTED_PROXIES: '127.0.0.1' });
  partner = await server.person('PARTNER');
}, 60_000);

afterAll(() => server.stop());

function loginFrom(address: string, email: string, password: string): Promise<{ status: number }> {
  return server.stranger().post('/auth/login', { email, password }, { 'x-forwarded-for': address });
}

describe('guessing', () => {
  it('is stopped even where the eleventh guess is right, while the owner gets in from elsewhere', async () => {
    const victim = await server.person('STAFF', 'Victim Person');
    for (let guess = 1; guess <= 10; guess += 1) {
      expect((await loginFrom('203.0.113.1', victim.email, `Guess-${guess}`)).status).toBe(401);
    }
    expect((await loginFrom('203.0.113.1', victim.email, 'Someone-Password-1')).status).toBe(429);
    expect((await loginFrom('203.0.113.2', victim.email, 'Someone-Password-1')).status).toBe(200);
  }, 30_000);

  it('is not helped by a made-up X-Forwarded-For where no proxy is trusted', async () => {
    const untrusting = await ApiServer.start();
    const victim = await untrusting.person('STAFF', 'Other Victim');
    const statuses: number[] = [];
    for (let guess = 1; guess <= 11; guess += 1) {
      const body = { email: victim.email, password: `Guess-${guess}` };
      const reply = await untrusting.stranger().post('/auth/login', body, { 'x-forwarded-for': `203.0.113.${guess}` });
      statuses.push(reply.status);
    }
    await untrusting.stop();
    expect(statuses.at(-1)).toBe(429);
  }, 60_000);

  it('believes of a chain of addresses only what the trusted proxy added', async () => {
    const victim = await server.person('STAFF', 'Chain Victim');
    const statuses: number[] = [];
    for (let guess = 1; guess <= 11; guess += 1) {
      statuses.push((await loginFrom(`203.0.113.${guess}, 203.0.113.200`, victim.email, `Guess-${guess}`)).status);
    }
    expect(statuses.at(-1)).toBe(429);
  }, 30_000);
});

it('never counts right passwords as guesses', async () => {
  const person = await server.person('STAFF', 'Busy Person');
  for (let login = 1; login <= 15; login += 1) {
    expect((await loginFrom('203.0.113.77', person.email, 'Someone-Password-1')).status).toBe(200);
  }
}, 60_000);

describe('what somebody may do', () => {
  it('ends with their role, at their next request', async () => {
    const manager = await server.person('MANAGER', 'Demoted Person');
    await partner.api.patch(`/users/${manager.id}`, { role: 'STAFF' });
    expect((await manager.api.get('/auth/me')).status).toBe(401);
  });

  it('leaves one partner, also when two remove each other at the same moment', async () => {
    const second = await server.person('PARTNER', 'Second Partner');
    const replies = await Promise.all([
      partner.api.patch(`/users/${second.id}`, { role: 'STAFF' }),
      second.api.patch(`/users/${partner.id}`, { role: 'STAFF' }),
    ]);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const { rows } = await server.database.db.pool.query(`SELECT FROM users WHERE role = 'PARTNER' AND is_active`);
    expect(rows).toHaveLength(1);
    await server.database.asOwner(`UPDATE users SET role = 'PARTNER' WHERE id = $1`, [partner.id]);
    partner = { ...partner, api: await server.signIn(partner.email) };
  });

  it('does not reach columns that no form has', async () => {
    const client = await partner.api.post('/clients', CLIENT);
    const path = `/clients/${client.row().id}`;
    const before = (await partner.api.get(path)).row();
    // An address is an object of any lines.
    const freeForm = new Set(['registeredOfficeAddress']);
    const columns = [
      ...Object.keys(server.database.db.Client.getAttributes()),
      ...Object.keys(server.database.db.User.getAttributes()),
    ];
    for (const column of [...columns, '__proto__', 'constructor', '$ne']) {
      if (freeForm.has(column)) continue;
      const reply = await partner.api.send('PATCH', path, `{"${column}": {"$gt": ""}}`);
      expect([column, reply.status]).toEqual([column, 422]);
    }
    expect((await partner.api.get(path)).row()).toEqual(before);
  }, 30_000);
});

describe('a password', () => {
  it.each(['Ünïcode-Päss 1 🔑', `Aa1${'x'.repeat(69)}`])(
    'may hold any characters, up to 72 bytes, and all of it counts: %s',
    async (password) => {
      const email = `any-${password.length}@example.com`;
      const made = await partner.api.post('/users', { name: 'Any Person', email, password, role: 'STAFF' });
      expect(made.status).toBe(201);
      expect(
        (await server.stranger().post('/auth/login', { email, password: Array.from(password).slice(0, -1).join('') })).status,
      ).toBe(401);
      const longer = `${password}${'x'.repeat(80)}`;
      expect((await server.stranger().post('/auth/login', { email, password: longer })).status).toBe(401);
      expect((await server.stranger().post('/auth/login', { email, password })).status).toBe(200);
    },
  );
});

describe('input', () => {
  it('cannot forge a line of the activity log or of the request id', async () => {
    const response = await fetch(`${server.url}/health/live`, { headers: { 'x-request-id': 'a b<script>' } });
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    const client = await partner.api.post('/clients', { ...CLIENT, companyName: 'Acme\r\nBcc: all@example.com' });
    const [entry] = (await partner.api.get(`/clients/${client.row().id}/activity`)).rows();
    expect(entry).toMatchObject({ action: 'CLIENT_CREATED', userId: partner.id });
  });

  it.each(['\u202egnp.exe', '😀'.repeat(60), 'a'.repeat(255)])(
    'is kept as it is, whatever the letters: %s',
    async (companyName) => {
      const created = await partner.api.post('/clients', { ...CLIENT, companyName });
      expect(created.row()['companyName']).toBe(companyName);
    },
  );

  it.each(['{"companyName":"\\ud800"}', `${'['.repeat(5000)}${']'.repeat(5000)}`, '{"companyName":"\\u0000"}'])(
    'is refused where it cannot be stored, never a failure of ours: %#',
    async (body) => {
      const reply = await partner.api.send('POST', '/clients', body);
      expect([400, 413, 422]).toContain(reply.status);
    },
  );

  it('names nothing that could be there, or no field that is known, without a failure of ours', async () => {
    expect((await partner.api.get('/clients/%00')).status).toBe(404);
    expect((await partner.api.patch('/users/%00', {})).status).toBe(404);
    for (const query of ['__proto__=1', 'constructor=1', '__proto__[x]=1']) {
      expect([query, (await partner.api.get(`/clients?${query}`)).status]).toEqual([query, 422]);
    }
  });

  it('does not let another origin read answers', async () => {
    const response = await fetch(`${server.url}/health/live`, { headers: { origin: 'https://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

it('changes nothing where the log of it cannot be written', async () => {
  const created = await partner.api.post('/clients', CLIENT);
  const path = `/clients/${created.row().id}`;
  const { rows } = await server.database.db.pool.query<{ role: string }>('SELECT current_user AS role');
  await server.database.asOwner(`REVOKE INSERT ON activity_logs FROM ${rows[0]?.role}`);
  try {
    const refused = await partner.api.patch(path, { notes: 'Never written' });
    expect([refused.status, refused.body.code]).toEqual([500, 'INTERNAL']);
    expect(refused.body.message).not.toContain('permission denied');
    expect(refused.headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
  } finally {
    await server.database.asOwner(`GRANT INSERT ON activity_logs TO ${rows[0]?.role}`);
  }
  expect((await partner.api.get(path)).row()).toMatchObject({ notes: null });
});

describe('what is for those who run the system', () => {
  /** Asks under a name of the machine's own or another one; fetch would not let us. */
  const statusOf = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((done, fail) => {
      request(url, { headers }, (response) => {
        response.resume();
        done(response.statusCode);
      })
        .on('error', fail)
        .end();
    });

  it.each(['/metrics', '/dev/mailbox'])('is shown on this machine alone: %s', async (path) => {
    const embedded = await ApiServer.start({ EMBEDDED: 'true' });
    try {
      const url = embedded.url + path;
      expect(await statusOf(url, {})).toBe(200);
      expect(await statusOf(url, { 'x-forwarded-for': '203.0.113.9' })).toBe(404);
      expect(await statusOf(url, { host: 'rebound.example' })).toBe(404);
    } finally {
      await embedded.stop();
    }
  });

  it.each(['/docs', '/docs/start.js', '/openapi.json'])('asks for a sign-in in production: %s', async (path) => {
    const production = await ApiServer.start({
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://localhost/none',
      TEMPORAL_ADDRESS: 'localhost:1',
    });
    try {
      expect((await fetch(production.url + path)).status).toBe(401);
      const { api } = await production.person('STAFF');
      const response = await fetch(production.url + path, { headers: { authorization: `Bearer ${api.token}` } });
      expect(response.status).toBe(200);
    } finally {
      await production.stop();
    }
  });
});

it('logs every refusal of permission, with who and what', async () => {
  const staff = await server.person('STAFF', 'Refused Person');
  await staff.api.post('/users', {});
  const entries = (await partner.api.get(`/activity-logs?action=PERMISSION_REFUSED&userId=${staff.id}`)).rows();
  expect(entries).toMatchObject([{ userId: staff.id, details: { method: 'POST', path: '/api/v1/users' } }]);
});
