import { deflateRawSync } from 'node:zlib';
import { ApiServer } from '../harness/apiServer';
import { FormVisitor } from './formVisitor';

const WORDING = { subject: 'Hello', body: 'See <script>alert(1)</script> {{link}}' };

let server: ApiServer;
let manager: FormVisitor;

beforeAll(async () => {
  server = await ApiServer.start();
  const { email } = await server.person('MANAGER');
  manager = new FormVisitor(server.url);
  await manager.send('/sign-in', '/sign-in', { email, password: 'Someone-Password-1' });
}, 60_000);

afterAll(() => server.stop());

function framed(wording: unknown): string {
  const packed = deflateRawSync(JSON.stringify(wording)).toString('base64url');
  return `/settings/email-templates/invitation/html?wording=${packed}`;
}

it('shows an example of an e-mail with nothing in it that could run, in a frame of our own pages only', async () => {
  const { status, html, headers } = await manager.open(framed(WORDING));
  expect(status).toBe(200);
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script');
  const policy = headers.get('content-security-policy');
  expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'self'.*sandbox/);
  expect(policy).not.toContain('script-src');
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
});

it.each(['cross-site', 'same-site', 'none'])('is not for words that come from elsewhere: %s', async (site) => {
  const { status, html } = await manager.open(framed(WORDING), { 'sec-fetch-site': site });
  expect(status).toBe(403);
  expect(html).not.toContain('See ');
});

it.each([
  ['what is no wording', { subject: 1 }, 403],
  ['more than any wording has', { subject: 'x', body: 'x'.repeat(5_000_000) }, 403],
  ['a broken one', { subject: 'x', body: '{{nobody}}' }, 422],
])('answers %s with a refusal', async (_name, wording, status) => {
  expect((await manager.open(framed(wording))).status).toBe(status);
});

it('leaves every other page out of frames', async () => {
  const { headers } = await manager.open('/settings/email-templates/invitation');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('x-frame-options')).toBe('DENY');
});
