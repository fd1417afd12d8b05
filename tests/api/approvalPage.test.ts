import { newId } from '../../models/ids';
import { signedToken } from '../../services/links/signedToken';
import { ApiServer } from '../harness/apiServer';
import { makeClient, makeUser, makeVatQuarter } from '../harness/practice';

const SECRET = 'a secret for links, and for these tests alone';
const DAY = 86_400_000;

let server: ApiServer;
/** What the API takes for now. */
let now = Date.now();

beforeAll(async () => {
  server = await ApiServer.start({ APP_SECRET: SECRET, PRACTICE_NAME: 'Harlow & Finch' }, () => now);
}, 60_000);

afterAll(() => server.stop());

/** The address of a sending that was made now. */
async function sent(): Promise<string> {
  const { db } = server.database;
  const [client, { id: userId }] = [await makeClient(db, '<b>Acme</b>'), await makeUser(db, 'Sam Staff', 'STAFF')];
  const dates = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };
  const { filingId } = await makeVatQuarter(db, client, dates);
  const id = newId();
  await db.ApprovalLink.create({
    id,
    decisionKey: id,
    filingKind: 'VAT_QUARTER',
    filingId,
    clientId: client.id,
    sequence: 5,
    content: { note: 'First line\nsecond line' },
    sentByUserId: userId,
    sentByName: 'Sam Staff',
    sentAt: new Date(now),
    emailId: null,
    expiresAt: new Date(now + 30 * DAY),
    revokedAt: null,
    requestId: null,
    answeredAt: null,
  });
  return `${server.url}/approve/${signedToken('approval link', id, SECRET)}`;
}

async function open(url: string, init: RequestInit = {}): Promise<[status: number, page: string]> {
  const response = await fetch(url, init);
  return [response.status, await response.text()];
}

const approve = { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) };

it('counts for thirty days, to the millisecond', async () => {
  const url = await sent();
  now += 30 * DAY - 1;
  const [status, page] = await open(url);
  expect(status).toBe(200);
  expect(page).toContain('&lt;b&gt;Acme&lt;/b&gt;');
  expect(page).toContain('<title>Please approve · Harlow &amp; Finch</title>');
  now += 1;
  for (const init of [{}, approve]) {
    expect(await open(url, init)).toEqual([410, expect.stringContaining('This link is too old')]);
  }
  const { rows } = await server.database.db.pool.query('SELECT FROM filing_requests');
  expect(rows).toEqual([]);
});

it('is bound to its purpose and its sending', async () => {
  const url = await sent();
  const [id = ''] = (url.split('/').pop() ?? '').split('.');
  const forged = [
    signedToken('password link', id, SECRET),
    signedToken('approval link', id, 'another secret, of another application'),
    signedToken('approval link', newId(), SECRET),
    id,
    `${id}.`,
    'x'.repeat(5000),
    '%00',
  ];
  for (const token of forged) expect((await open(`${server.url}/approve/${token}`))[0]).toBe(404);
});

it('takes a form in both encodings, of a bounded size, and no JSON', async () => {
  const url = await sent();
  const json = { method: 'POST', body: '{"decision":"approve"}', headers: { 'content-type': 'application/json' } };
  expect((await open(url, json))[0]).toBe(422);
  expect(
    (await open(url, { method: 'POST', body: '{"decision":"approve"}', headers: { 'content-type': 'text/plain' } }))[0],
  ).toBe(422);
  const long = (length: number) => ({
    method: 'POST',
    body: new URLSearchParams({ decision: 'changes', comment: 'x'.repeat(length) }),
  });
  expect(await open(url, long(2001))).toEqual([422, expect.stringContaining('2000 characters at most')]);
  expect((await open(url, long(200_000)))[0]).toBe(413);
  const form = new FormData();
  form.append('decision', 'changes');
  expect(await open(url, { method: 'POST', body: form })).toEqual([422, expect.stringContaining('what should be changed')]);
});
