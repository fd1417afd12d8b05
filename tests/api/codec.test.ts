import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { EncryptingCodec } from '../../settings/payloadCodec';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const TEMPORAL_UI = 'https://temporal.practice.example.com';
const KEY = { id: 'k1', key: randomBytes(32) };

let server: ApiServer;
let manager: ApiCaller;
let body: { payloads: unknown[] };

beforeAll(async () => {
  server = await ApiServer.start({
    TEMPORAL_UI_URL: `${TEMPORAL_UI}/`,
    TEMPORAL_PAYLOAD_KEYS: `${KEY.id}:${KEY.key.toString('base64')}`,
  });
  manager = (await server.person('MANAGER')).api;
  body = { payloads: await encrypted(KEY, 'Acme Ltd') };
});

afterAll(() => server.stop());

async function encrypted(key: typeof KEY, value: unknown): Promise<unknown[]> {
  const payloads = await new EncryptingCodec([key]).encode([defaultPayloadConverter.toPayload(value)]);
  return payloads.map(({ metadata, data }) => ({
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)])),
    data: base64(data ?? new Uint8Array()),
  }));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

const PLAIN = { metadata: { encoding: base64(Buffer.from('json/plain')) }, data: base64(Buffer.from('"Acme Ltd"')) };

/** Asks as a page in a browser does that holds the session's cookie. */
function fromPage(path: string, headers: Record<string, string>, method = 'POST'): Promise<Response> {
  const cookie = `session=${manager.token}`;
  return fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(method === 'POST' ? { cookie } : {}), ...headers },
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
  });
}

it('decrypts for managers and partners, and encrypts what they send', async () => {
  const decoded = await manager.post('/codec/decode', body);
  expect([decoded.status, decoded.body['payloads']]).toEqual([200, [PLAIN]]);
  const partner = (await server.person('PARTNER')).api;
  const encoded = await partner.post('/codec/encode', { payloads: [PLAIN] });
  expect((await partner.post('/codec/decode', { payloads: encoded.body['payloads'] })).body['payloads']).toEqual([PLAIN]);
});

it('decrypts for nobody else', async () => {
  const staff = (await server.person('STAFF')).api;
  expect((await staff.post('/codec/decode', body)).status).toBe(403);
  expect((await server.stranger().post('/codec/decode', body)).status).toBe(401);
});

it('lets pages of the Temporal UI ask with the cookie of whoever is signed in', async () => {
  const headers = { origin: TEMPORAL_UI, 'sec-fetch-site': 'same-site', 'x-namespace': 'numericalz' };
  const asked = await fromPage('/codec/decode', { ...headers, 'access-control-request-headers': 'x-namespace' }, 'OPTIONS');
  expect(asked.status).toBe(204);
  // As the UI asks; what it says besides is for codec servers that know it.
  const answer = await fromPage('/codec/decode?preserveStorageRefs=true', headers);
  expect(answer.status).toBe(200);
  for (const { headers: given } of [asked, answer]) {
    expect(given.get('access-control-allow-origin')).toBe(TEMPORAL_UI);
    expect(given.get('access-control-allow-credentials')).toBe('true');
  }
});

it('lets no other page ask, and pages of the Temporal UI for nothing else', async () => {
  const elsewhere = { origin: 'https://elsewhere.example.com', 'sec-fetch-site': 'cross-site' };
  const refused = await fromPage('/codec/decode', elsewhere);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  const other = await fromPage('/clients', { origin: TEMPORAL_UI, 'sec-fetch-site': 'same-site' });
  expect(other.status).toBe(403);
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});

it('names a key that is not there any more', async () => {
  const unknown = { payloads: await encrypted({ id: 'lost', key: randomBytes(32) }, 'x') };
  expect(await manager.post('/codec/decode', unknown)).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('lost') },
  });
});

it('reads a whole page of a large history at once', async () => {
  const large = {
    payloads: Array.from({ length: 200 }, () => body.payloads[0]).concat(await encrypted(KEY, 'x'.repeat(300_000))),
  };
  expect((await manager.post('/codec/decode', large)).status).toBe(200);
});
