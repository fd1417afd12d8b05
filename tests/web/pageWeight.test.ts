import { get } from 'node:http';
import { seedPractice } from '../../models/seed/seedPractice';
import { ApiServer } from '../harness/apiServer';
import { FormVisitor } from './formVisitor';

/** Well below what a page may weigh. */
const MOST_BYTES = 60 * 1024;
const CLIENTS = 300;

let server: ApiServer;
let partner: FormVisitor;

beforeAll(async () => {
  server = await ApiServer.start();
  const { adminUrl } = server.database;
  await seedPractice({ adminUrl, clients: CLIENTS, seed: 1, today: '2026-11-27', filings: true });
  // Names are often longer than those of the sample.
  await server.database.asOwner(`UPDATE clients SET company_name = company_name || ' and Partners Limited'`);
  const { email } = await server.person('PARTNER');
  partner = new FormVisitor(server.url);
  await partner.send('/sign-in', '/sign-in', { email, password: 'Someone-Password-1' });
}, 60_000);

afterAll(() => server.stop());

/** What a browser that asks for the first time is sent. */
async function bytesOf(path: string): Promise<number> {
  const { status, html, headers } = await partner.open(path);
  expect([status, html]).toEqual([200, expect.stringContaining('data-row')]);
  expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  const assets = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, asset = '']) => transferred(asset));
  expect(assets.length).toBeGreaterThan(2);
  return (await Promise.all(assets)).reduce((sum, bytes) => sum + bytes, await transferred(path));
}

function transferred(path: string): Promise<number> {
  const headers = { 'accept-encoding': 'gzip', cookie: partner.cookie };
  return new Promise((resolve, reject) => {
    get(server.url + path, { headers }, (response) => {
      let bytes = 0;
      expect(response.headers['content-encoding']).toBe('gzip');
      response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}

it.each(['/vat-quarters', '/vat-quarters?status=all&search=Limited', '/ltd-accounts', '/clients', '/vat-quarters?view=board'])(
  'weighs well below 100 KB with everything it loads, full as it can be: %s',
  async (path) => {
    expect(await bytesOf(path)).toBeLessThan(MOST_BYTES);
  },
);

it.each(['gzip;q=0', 'identity', ''])('is sent as it is to who takes no gzip: accept-encoding "%s"', async (accepted) => {
  const headers = { 'accept-encoding': accepted, cookie: partner.cookie };
  const encoding = await new Promise((resolve, reject) => {
    get(`${server.url}/clients`, { headers }, (response) => {
      response.resume().on('end', () => resolve(response.headers['content-encoding']));
    }).on('error', reject);
  });
  expect(encoding).toBeUndefined();
});
