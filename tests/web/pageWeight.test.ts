import { get } from 'node:http';
import { seedPractice } from '../../models/seed/seedPractice';
import { ApiServer } from '../harness/apiServer';
import { FormVisitor } from './formVisitor';

const MOST_BYTES = 100 * 1024;
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
  const { status, html } = await partner.open(path);
  expect([status, html]).toEqual([200, expect.stringContaining('data-row')]);
  const assets = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, asset]) => transferred(`${server.url}${asset}`));
  expect(assets.length).toBeGreaterThan(2);
  return (await Promise.all(assets)).reduce((sum, bytes) => sum + bytes, Buffer.byteLength(html));
}

function transferred(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}

it.each(['/vat-quarters', '/vat-quarters?status=all&search=Limited', '/ltd-accounts', '/clients', '/vat-quarters?view=board'])(
  'weighs less than 100 KB with everything it loads, full as it can be: %s',
  async (path) => {
    expect(await bytesOf(path)).toBeLessThan(MOST_BYTES);
  },
);
