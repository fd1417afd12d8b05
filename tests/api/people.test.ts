import bcrypt from 'bcrypt';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

let server: ApiServer;
let partner: { id: string; api: ApiCaller; email: string };
let manager: { id: string; api: ApiCaller };
let staff: { id: string; api: ApiCaller };

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER');
  manager = await server.person('MANAGER');
  staff = await server.person('STAFF');
}, 60_000);

afterAll(() => server.stop());

const NEW = { name: 'New Person', password: 'New-Person-Password-1', role: 'STAFF' };

describe('signing in', () => {
  it('answers alike for an unknown e-mail, a wrong password and somebody who left', async () => {
    const left = await server.person('STAFF', 'Left Person');
    await partner.api.post('/users', { ...NEW, email: 'here@example.com' });
    const gone = await partner.api.post('/users', { ...NEW, email: 'gone@example.com' });
    for (const { id } of [left, gone.row()]) await partner.api.post(`/users/${id}/deactivate`);
    await partner.api.post('/users', { name: 'Invited Person', email: 'invited-only@example.com', role: 'STAFF' });
    const tries = [
      { email: 'nobody@example.com', password: 'Someone-Password-1' },
      { email: 'here@example.com', password: 'Wrong-Password-1' },
      { email: 'gone@example.com', password: NEW.password },
      { email: 'invited-only@example.com', password: 'Someone-Password-1' },
    ];
    const compare = jest.spyOn(bcrypt, 'compare');
    const replies = [];
    for (const body of tries) replies.push(await server.stranger().post('/auth/login', body));
    // The same work each time takes the same time.
    const costs = compare.mock.calls.map(([, hash]) => bcrypt.getRounds(hash));
    compare.mockRestore();
    expect(costs).toEqual(tries.map(() => 12));
    for (const reply of replies) {
      expect(reply.status).toBe(401);
      expect({ ...reply.body, requestId: '' }).toEqual({ ...replies[0]?.body, requestId: '' });
      expect([...reply.headers.keys()]).toEqual([...(replies[0]?.headers.keys() ?? [])]);
    }
    expect((await left.api.get('/auth/me')).status).toBe(401);
  });

  it('is asked of everybody, for everything but signing in', async () => {
    for (const path of ['/auth/me', '/clients', '/vat-quarters', '/users', '/activity-logs', '/notifications']) {
      const refused = await server.stranger('x'.repeat(43)).get(path);
      expect([refused.status, refused.body.code]).toEqual([401, 'NOT_SIGNED_IN']);
    }
  });

  it('ends with signing out, here or everywhere', async () => {
    const person = await server.person('STAFF', 'Out Person');
    const second = await server.signIn(person.email);
    await person.api.post('/auth/logout');
    expect((await person.api.get('/auth/me')).status).toBe(401);
    expect((await second.get('/auth/me')).status).toBe(200);
    await second.post('/auth/logout-all');
    expect((await second.get('/auth/me')).status).toBe(401);
  });

  it('slows down whoever guesses, and says for how long', async () => {
    const person = await server.person('STAFF', 'Guessed Person');
    let refused = await server.stranger().post('/auth/login', { email: person.email, password: 'Guess-1' });
    for (let guess = 2; guess <= 11; guess += 1) {
      refused = await server.stranger().post('/auth/login', { email: person.email, password: `Guess-${guess}` });
    }
    expect([refused.status, refused.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  }, 30_000);

  it('takes a new password, and ends the other sessions', async () => {
    const person = await server.person('STAFF', 'Changed Person');
    const second = await server.signIn(person.email);
    const newPassword = 'Another-Password-2';
    const wrong = await person.api.put('/auth/password', { currentPassword: 'Wrong-1', newPassword });
    expect(wrong.status).toBe(422);
    await person.api.put('/auth/password', { currentPassword: 'Someone-Password-1', newPassword });
    expect((await second.get('/auth/me')).status).toBe(401);
    expect((await (await server.signIn(person.email, newPassword)).get('/auth/me')).row()).toMatchObject({ id: person.id });
  });
});

describe('people', () => {
  it.each([
    ['name', 'A', 'Name must be at least 2 characters'],
    ['name', 'x'.repeat(51), 'Name too long'],
    ['email', 'nobody', 'Invalid email format'],
    ['password', 'Short1', 'Password must be at least 8 characters'],
    ['password', 'alllowercase1', 'Password must contain uppercase, lowercase, and number'],
    ['password', `Aa1${'x'.repeat(70)}`, 'Password must be at most 72 bytes'],
  ])('are refused with the document’s words: %s', async (field, value, message) => {
    const refused = await partner.api.post('/users', { ...NEW, email: 'refused@example.com', [field]: value });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([{ path: field, message }]);
  });

  it('never show a password or code, and to staff no more than names', async () => {
    const everything = (await partner.api.get('/users')).body.data;
    expect(JSON.stringify(everything)).not.toMatch(/password|otp/i);
    const [other] = (await staff.api.get('/users')).rows().filter(({ id }) => id === partner.id);
    expect(Object.keys(other ?? {}).toSorted()).toEqual(['id', 'isActive', 'name', 'role']);
  });

  it('are managed by managers as far as staff, by partners altogether', async () => {
    const made = await manager.api.post('/users', { ...NEW, email: 'made@example.com' });
    expect(made.status).toBe(201);
    expect((await manager.api.patch(`/users/${made.row().id}`, { role: 'MANAGER' })).status).toBe(403);
    expect((await manager.api.post(`/users/${partner.id}/deactivate`)).status).toBe(403);
    expect((await staff.api.post('/users', { ...NEW, email: 'x@example.com' })).status).toBe(403);
    expect((await partner.api.patch(`/users/${made.row().id}`, { role: 'MANAGER' })).row()).toMatchObject({ role: 'MANAGER' });
    const twice = await partner.api.post('/users', { ...NEW, email: 'MADE@example.com' });
    expect(twice.body.errors).toMatchObject([{ path: 'email' }]);
  });

  it('keep at least one partner', async () => {
    const refused = await partner.api.post(`/users/${partner.id}/deactivate`);
    expect([refused.status, refused.body.code]).toEqual([409, 'CONFLICT']);
    expect((await partner.api.patch(`/users/${partner.id}`, { role: 'STAFF' })).status).toBe(409);
  });
});

describe('every answer', () => {
  it('is from a route that the OpenAPI document has, and the other way round', async () => {
    const document: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
      await (await fetch(`${server.url}/openapi.json`)).text(),
    );
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const ofTheApi = documented.filter((route) => route.includes(' /api/'));
    const live = server.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(live)].toSorted()).toEqual(ofTheApi.toSorted());
  });

  it('carries a request id and headers that keep browsers strict', async () => {
    for (const path of ['/api/v1/auth/me', '/api/v1/nothing', '/health/live', '/nothing']) {
      const { headers } = await fetch(server.url + path);
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
      expect(headers.get('content-security-policy')).not.toContain("script-src 'self' 'unsafe-inline'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('is drawn in an OpenAPI document and a page that loads nothing from elsewhere', async () => {
    const document: { openapi: string; paths: Record<string, unknown> } = JSON.parse(
      await (await fetch(`${server.url}/openapi.json`)).text(),
    );
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/v1/vat-quarters/{id}/transitions']));
    const page = await (await fetch(`${server.url}/docs`)).text();
    expect(page).not.toMatch(/(src|href)="https?:/);
    expect((await fetch(`${server.url}/docs/swagger-ui-bundle.js`)).status).toBe(200);
  });

  it.each(['\u0000', '{"a":"\\u0000"}', '[]', '"text"', 'null', '{"email":{"$ne":1},"password":[]}'])(
    'is a clear refusal for a body like %j',
    async (body) => {
      const refused = await server.stranger().send('POST', '/auth/login', body);
      expect([400, 422]).toContain(refused.status);
    },
  );

  it('refuses a body that is too large', async () => {
    const refused = await server.stranger().post('/auth/login', { email: 'x'.repeat(200_000), password: 'x' });
    expect([refused.status, refused.body.code]).toEqual([413, 'TOO_LARGE']);
    // Nobody says beforehand how large a body in chunks is.
    const chunks = Array.from({ length: 200 }, () => Buffer.alloc(1024, 'x'));
    const chunked = await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new ReadableStream({
        pull(controller) {
          const chunk = chunks.pop();
          if (chunk) controller.enqueue(chunk);
          else controller.close();
        },
      }),
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
  });
});
