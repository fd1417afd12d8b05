import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { endProcess, waitUntil } from '../../embedded/runningProcess';
import { freePort } from '../../embedded/ports';

/** An API process of which neither PostgreSQL nor Temporal can be reached. */
let api: ChildProcess;
let url: string;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  api = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
    cwd: resolve(__dirname, '..', '..'),
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      APP_SECRET: 'a secret for tests, and for tests alone',
    },
  });
  const isAlive = async (): Promise<boolean> => (await fetch(`${url}/health/live`).catch(() => undefined))?.status === 200;
  expect(await waitUntil(isAlive, 30_000)).toBe(true);
}, 40_000);

afterAll(async () => {
  if (api.pid !== undefined) await endProcess(api.pid, 'SIGTERM', 20_000);
});

it.each([
  ['GET', '/api/v1/clients', undefined],
  ['POST', '/api/v1/auth/login', '{"email":"a@example.com","password":"x"}'],
  ['POST', '/api/v1/users', '{}'],
])('says "try again" while the database is away: %s %s', async (method, path, body) => {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${'x'.repeat(43)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await response.json()).toMatchObject({
    success: false,
    code: 'UNAVAILABLE',
    message: expect.stringContaining('try again'),
  });
});

it('is not ready then, and names each part', async () => {
  const ready = await fetch(`${url}/health/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ status: 'down', parts: { postgres: 'down', temporal: 'down', worker: 'down' } });
});
