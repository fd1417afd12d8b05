import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { ApiCaller } from '../harness/apiCaller';
import { RunningPractice } from '../harness/runningPractice';

let practice: RunningPractice;
let partner: ApiCaller;
let clients = 0;

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
}, 90_000);

afterAll(() => practice.stop(), 60_000);

const TO_REVIEW = ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'REVIEW_PENDING_PARTNER'];
const CONTENT = {
  note: 'Fuel is left out <b>this</b> quarter.',
  figures: [{ label: 'Net VAT to pay', value: '£1,234.56' }],
  attachmentUrl: 'https://files.example.com/return.pdf',
};

interface Sent {
  /** Of the filing. */
  path: string;
  workflowId: string;
  email: string;
}

/** A quarter of a new client that is moved to EMAILED_TO_CLIENT. */
async function sendQuarter(approval: unknown = CONTENT): Promise<Sent> {
  const email = `casey-${(clients += 1)}@example.com`;
  const client = await partner.post('/clients', {
    companyName: 'Acme & Sons Ltd',
    companyType: 'NON_LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: email,
    isVatEnabled: true,
    vatQuarterGroup: 'C',
    vatRegistrationDate: '2020-01-01',
  });
  const [row] = (await partner.get(`/vat-quarters?clientId=${client.row().id}`)).rows();
  const path = `/vat-quarters/${String(row?.['id'])}`;
  for (const stage of TO_REVIEW) expect((await partner.post(`${path}/transitions`, { stage })).status).toBe(200);
  await send(path, approval);
  return { path, workflowId: String(row?.['workflowId']), email };
}

async function send(path: string, approval?: unknown): Promise<void> {
  const body = { stage: 'EMAILED_TO_CLIENT', ...(approval === undefined ? {} : { approval }) };
  expect((await partner.post(`${path}/transitions`, body)).status).toBe(200);
}

/** The link of the `nth` e-mail to an address. */
async function link(email: string, nth = 1): Promise<string> {
  const mails = (): string[] => practice.resend.accepted.filter(({ to }) => to === email).map(({ text }) => text);
  await practice.until(async () => mails().length >= nth);
  const [url] = /http:\S+\/approve\/\S+/.exec(mails()[nth - 1] ?? '') ?? [];
  return url ?? '';
}

async function open(url: string, method = 'GET'): Promise<{ status: number; headers: Headers; page: string }> {
  const response = await fetch(url, { method });
  return { status: response.status, headers: response.headers, page: await response.text() };
}

async function answer(url: string, fields: Record<string, string>, headers = {}): Promise<{ status: number; page: string }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers });
  return { status: response.status, page: await response.text() };
}

const stageOf = async ({ path }: Sent): Promise<unknown> => (await partner.get(path)).row()['currentStage'];

it('mails the client a link at once; what it leads to is shown, and a mail scanner that opens it uses nothing up', async () => {
  const sent = await sendQuarter();
  const url = await link(sent.email);
  for (const method of ['HEAD', 'GET', 'GET']) expect((await open(url, method)).status).toBe(200);
  const { page, headers } = await open(url);
  for (const shown of ['Acme &amp; Sons Ltd', 'Net VAT to pay', '£1,234.56', 'Fuel is left out &lt;b&gt;this&lt;/b&gt; quarter.'])
    expect(page).toContain(shown);
  expect(page).toContain('href="https://files.example.com/return.pdf"');
  expect(page).not.toMatch(/<script|style=/);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'; form-action 'self'/);
  expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual(['no-referrer', 'no-store']);
  expect(await stageOf(sent)).toBe('EMAILED_TO_CLIENT');
  expect((await partner.get(`${sent.path}/approvals`)).rows()).toMatchObject([{ status: 'OPEN', content: CONTENT }]);
});

it('keeps the token out of the database, and token and note out of the workflow’s history and the logs', async () => {
  const sent = await sendQuarter();
  const url = await link(sent.email);
  await open(url);
  const token = url.split('/').pop() ?? '';
  const [mail] = (await partner.get(`/email-logs?filingId=${sent.path.split('/').pop()}`)).rows();
  expect(mail).toMatchObject({ idempotencyKey: expect.stringContaining('approval:'), template: 'approval-request' });
  const history = await practice.temporal.workflow.getHandle(sent.workflowId).fetchHistory();
  const places = [JSON.stringify(mail), JSON.stringify(historyToJSON(history)), practice.logs()];
  for (const secret of [token, token.split('.')[1] ?? '', 'Fuel is left out']) {
    expect(secret.length).toBeGreaterThan(10);
    for (const place of places) expect(place).not.toContain(secret);
  }
});

it('counts one answer of fifty at once; the stage follows and the assigned person is told', async () => {
  const sent = await sendQuarter();
  const url = await link(sent.email);
  const answers = await Promise.all(Array.from({ length: 50 }, () => answer(url, { decision: 'approve' })));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(49);
  expect(await stageOf(sent)).toBe('CLIENT_APPROVED');
  const moves = (await partner.get(`${sent.path}/history`)).rows();
  expect(moves.filter(({ source }) => source === 'CLIENT')).toMatchObject([
    { toStage: 'CLIENT_APPROVED', userName: 'Casey Contact', userRole: 'CLIENT', userId: null },
  ]);
  const told = (await partner.get('/notifications')).rows().filter(({ type }) => type === 'CLIENT_APPROVED');
  expect(told).toMatchObject([{ message: expect.stringContaining('Casey Contact approved it') }]);
  expect(await open(url)).toMatchObject({ status: 200, page: expect.stringContaining('You approved your VAT return') });
});

it('takes a wish for changes with its comment; the next sending has a link of its own and the first one stays used', async () => {
  const sent = await sendQuarter();
  const first = await link(sent.email);
  expect(await answer(first, { decision: 'changes', comment: ' ' })).toMatchObject({
    status: 422,
    page: expect.stringContaining('Please write what should be changed.'),
  });
  expect((await answer(first, { decision: 'maybe' })).status).toBe(422);
  expect((await answer(first, { decision: 'changes', comment: 'The van is missing' })).status).toBe(200);
  const [move] = (await partner.get(`${sent.path}/history`)).rows().slice(-1);
  expect(move).toMatchObject({ toStage: 'WORK_IN_PROGRESS', notes: 'The van is missing', source: 'CLIENT' });
  const told = (await partner.get('/notifications')).rows();
  expect(told[0]).toMatchObject({ type: 'CLIENT_ASKED_FOR_CHANGES', message: expect.stringContaining('The van is missing') });
  await partner.post(`${sent.path}/transitions`, { stage: 'REVIEW_PENDING_PARTNER' });
  await send(sent.path);
  const second = await link(sent.email, 2);
  expect(second).not.toBe(first);
  expect((await answer(first, { decision: 'approve' })).status).toBe(409);
  expect(await stageOf(sent)).toBe('EMAILED_TO_CLIENT');
  expect((await answer(second, { decision: 'approve' })).status).toBe(200);
  expect(await stageOf(sent)).toBe('CLIENT_APPROVED');
});

it('revokes the link when the filing moves back', async () => {
  const sent = await sendQuarter();
  const url = await link(sent.email);
  expect((await partner.post(`${sent.path}/transitions`, { stage: 'WORK_IN_PROGRESS' })).status).toBe(200);
  expect(await open(url)).toMatchObject({ status: 410, page: expect.stringContaining('no longer counts') });
  expect((await answer(url, { decision: 'approve' })).status).toBe(410);
  expect(await stageOf(sent)).toBe('WORK_IN_PROGRESS');
});

it('ends the link with a filing that is cancelled, and sends a new one, of the same content, when it is opened again', async () => {
  const sent = await sendQuarter();
  const first = await link(sent.email);
  expect((await partner.post(`${sent.path}/cancel`, { reason: 'The client leaves' })).status).toBe(200);
  expect((await answer(first, { decision: 'approve' })).status).toBe(410);
  expect((await partner.post(`${sent.path}/reopen`, { notes: 'The client stays' })).status).toBe(200);
  expect(await stageOf(sent)).toBe('EMAILED_TO_CLIENT');
  const second = await link(sent.email, 2);
  expect((await open(second)).page).toContain('Net VAT to pay');
  expect((await answer(second, { decision: 'approve' })).status).toBe(200);
  expect(await stageOf(sent)).toBe('CLIENT_APPROVED');
});

it('tells the people of the practice where there is nobody to mail', async () => {
  const sent = await sendQuarter();
  await practice.rows(`UPDATE clients SET contact_email = '' WHERE contact_email = $1`, [sent.email]);
  await partner.post(`${sent.path}/transitions`, { stage: 'WORK_IN_PROGRESS' });
  await partner.post(`${sent.path}/transitions`, { stage: 'REVIEW_PENDING_PARTNER' });
  await send(sent.path);
  const [told] = (await partner.get('/notifications')).rows();
  expect(told).toMatchObject({ type: 'APPROVAL_NOT_SENT', message: expect.stringContaining('there is no e-mail address') });
});

it('takes what the client is to see with a sending only, and only what can be shown', async () => {
  const { path } = await sendQuarter();
  const elsewhere = await partner.post(`${path}/transitions`, { stage: 'WORK_IN_PROGRESS', approval: CONTENT });
  expect([elsewhere.status, elsewhere.body.errors?.[0]?.path]).toEqual([422, 'approval']);
  const script = { attachmentUrl: 'javascript:alert(1)' };
  expect((await partner.post(`${path}/transitions`, { stage: 'EMAILED_TO_CLIENT', approval: script })).status).toBe(422);
});

it('refuses guesses and forms of other sites, and slows guessing down; the right link goes on working', async () => {
  const sent = await sendQuarter();
  const url = await link(sent.email);
  expect((await answer(url, { decision: 'approve' }, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await answer(url, { decision: 'approve' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  const wrong = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`;
  const statuses: number[] = [];
  for (let n = 0; n < 31; n += 1) statuses.push((await open(wrong)).status);
  expect(new Set(statuses.slice(0, 30))).toEqual(new Set([404]));
  expect(statuses[30]).toBe(429);
  expect(await stageOf(sent)).toBe('EMAILED_TO_CLIENT');
  expect((await answer(url, { decision: 'approve' }, { origin: 'null' })).status).toBe(200);
  expect(await stageOf(sent)).toBe('CLIENT_APPROVED');
});

it('leaves nothing behind that db:audit finds wrong', async () => {
  expect(await practice.runToEnd('commands/audit.ts', ['--database-only'])).toContain('\n0 violations');
});
