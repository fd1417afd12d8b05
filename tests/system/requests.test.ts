import { randomUUID } from 'node:crypto';
import { SYSTEM_ACTOR } from '../../domain/filings/records';
import { FILING_SIGNALS } from '../../workflows/messages';
import { ApiCaller } from '../harness/apiCaller';
import type { OpenQuarter } from '../harness/openQuarter';
import { QUARTERLY_CLIENT } from '../harness/openQuarter';
import { RunningPractice } from '../harness/runningPractice';

const PASSWORD = 'Someone-Password-1';

let practice: RunningPractice;
let partner: ApiCaller;
let staff: ApiCaller;
let staffId: string;

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
  const email = 'sam@example.com';
  staffId = (await partner.post('/users', { name: 'Sam Staff', email, password: PASSWORD, role: 'STAFF' })).row().id;
  staff = await ApiCaller.signIn(practice.url, email, PASSWORD);
}, 90_000);

afterAll(() => practice.stop(), 60_000);

/** A VAT quarter of a new client that Sam looks after, moved along these stages. */
async function quarter(...stages: string[]): Promise<OpenQuarter> {
  const client = await partner.post('/clients', QUARTERLY_CLIENT);
  await partner.put(`/clients/${client.row().id}/assignments/vat`, { userId: staffId });
  const [row] = (await partner.get(`/vat-quarters?clientId=${client.row().id}`)).rows();
  const path = `/vat-quarters/${String(row?.['id'])}`;
  await practice.until(async () => (await partner.get(path)).row()['assignedUserId'] === staffId);
  for (const stage of stages) expect((await partner.post(`${path}/transitions`, { stage })).status).toBe(200);
  return { id: String(row?.['id']), path, workflowId: String(row?.['workflowId']) };
}

const TO_REVIEW = ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'REVIEW_PENDING_PARTNER'];

describe('a refused move', () => {
  it.each([
    ['a stage that does not follow', { stage: 'CLIENT_APPROVED' }, 'CLIENT_APPROVED does not follow REVIEW_PENDING_PARTNER'],
    ['a stale expectedStage', { stage: 'EMAILED_TO_CLIENT', expectedStage: 'WORK_IN_PROGRESS' }, 'has moved meanwhile'],
    ['a correction without a note', { stage: 'PAPERWORK_CHASED' }, 'needs a note'],
    ['the stage that it is in', { stage: 'REVIEW_PENDING_PARTNER' }, 'already in REVIEW_PENDING_PARTNER'],
  ])('says why and changes nothing: %s', async (_name, body, reason) => {
    const { path } = await quarter(...TO_REVIEW);
    const before = (await partner.get(path)).row();
    const refused = await partner.post(`${path}/transitions`, body);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ success: false, code: 'TRANSITION_REJECTED', message: expect.stringContaining(reason) });
    expect((await partner.get(path)).row()).toEqual(before);
    expect((await partner.get(`${path}/history`)).rows()).toHaveLength(TO_REVIEW.length);
  });

  it('keeps a staff member out of a partner’s stage', async () => {
    const { path } = await quarter(...TO_REVIEW);
    const refused = await staff.post(`${path}/transitions`, { stage: 'EMAILED_TO_CLIENT' });
    expect(refused.status).toBe(409);
    expect(refused.body.message).toBe('Only a partner can move a filing out of REVIEW_PENDING_PARTNER');
  });

  it.each([
    ['an unknown stage', { stage: 'LOST' }, 'stage'],
    ['a stage of another kind', { stage: 'PARTNER_APPROVED' }, 'stage'],
    ['a wrong type', { stage: 7 }, 'stage'],
    ['notes that are too long', { stage: 'PAPERWORK_RECEIVED', notes: 'x'.repeat(501) }, 'notes'],
    ['an id that is none', { stage: 'PAPERWORK_RECEIVED', assignedUserId: 'Sam' }, 'assignedUserId'],
    ['an unknown field', { stage: 'PAPERWORK_RECEIVED', isCompleted: true }, 'isCompleted'],
  ])('is told which field is wrong: %s', async (_name, body, field) => {
    const { path, id } = await quarter();
    const refused = await partner.post(`${path}/transitions`, body);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: field }] });
    expect(
      await practice.rows('SELECT FROM filing_requests WHERE filing_id = $1 AND type = $2', [id, 'stageTransition']),
    ).toEqual([]);
  });

  it('is told that a body is no JSON, or not sent as such', async () => {
    const { path } = await quarter();
    const malformed = await partner.send('POST', `${path}/transitions`, '{"stage": ');
    expect([malformed.status, malformed.body.code]).toEqual([400, 'MALFORMED_JSON']);
    const asText = await partner.send('POST', `${path}/transitions`, '{}', { 'content-type': 'text/plain' });
    expect([asText.status, asText.body.code]).toEqual([415, 'NOT_JSON']);
  });

  it('looks like an absent filing where the filing is not the staff member’s own', async () => {
    const { path } = await quarter();
    const [, , id] = path.split('/');
    await partner.put(`${path}/assignee`, { userId: null });
    const { clientId } = (await partner.get(path)).row();
    await partner.put(`/clients/${String(clientId)}/assignments/vat`, { userId: null });
    const foreign = await staff.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' });
    const absent = await staff.post(`/vat-quarters/${String(id).slice(0, -1)}0/transitions`, { stage: 'PAPERWORK_RECEIVED' });
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' });
    expect((await staff.get('/vat-quarters?limit=200')).rows().map((row) => row['id'])).not.toContain(id);
  });

  it('leaves cancelling to partners, by the role alone', async () => {
    const { path, id } = await quarter();
    const refused = await staff.post(`${path}/cancel`, { reason: 'why not' });
    expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN']);
    expect(await practice.rows('SELECT FROM filing_requests WHERE filing_id = $1 AND type = $2', [id, 'cancelFiling'])).toEqual(
      [],
    );
  });
});

describe('one request, sent more than once', () => {
  it('moves once and answers ten times alike for one Idempotency-Key', async () => {
    const { path } = await quarter();
    const key = { 'idempotency-key': randomUUID() };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' }, key)),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    for (const { body } of replies) expect(body).toEqual(replies[0]?.body);
    expect((await partner.get(`${path}/history`)).rows()).toHaveLength(1);
    const later = await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' }, key);
    expect(later.body).toEqual(replies[0]?.body);
    const other = await partner.post(`${path}/transitions`, { stage: 'WORK_IN_PROGRESS' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('moves once when fifty ask for the same move at once', async () => {
    const { path } = await quarter();
    const asked = Array.from({ length: 50 }, () => partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' }));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    expect((await partner.get(`${path}/history`)).rows()).toHaveLength(1);
  });

  it('lets one of two people move a filing that both saw in the same stage', async () => {
    const { path } = await quarter('PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS');
    const expectedStage = 'WORK_IN_PROGRESS';
    const replies = await Promise.all([
      partner.post(`${path}/transitions`, { stage: 'REVIEW_PENDING_MANAGER', expectedStage }),
      staff.post(`${path}/transitions`, { stage: 'QUERIES_PENDING', expectedStage }),
    ]);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect((await partner.get(`${path}/history`)).rows()).toHaveLength(3);
  });
});

it('answers 202 at once where that is preferred, and the request tells how it ended', async () => {
  const { path } = await quarter();
  const accepted = await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' }, { prefer: 'respond-async' });
  expect(accepted.status).toBe(202);
  const location = accepted.headers.get('location')?.replace('/api/v1', '') ?? '';
  await practice.until(async () => (await partner.get(location)).row()['status'] === 'APPLIED');
  expect((await partner.get(path)).row()).toMatchObject({ currentStage: 'PAPERWORK_RECEIVED' });
});

it('answers with the committed row where that is too long for a notification', async () => {
  const { id, path } = await quarter();
  const contactName = 'Casey'.repeat(2000);
  await practice.rows('UPDATE clients SET contact_name = $2 WHERE id = (SELECT client_id FROM vat_quarters WHERE id = $1)', [
    id,
    contactName,
  ]);
  const moved = await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' });
  expect([moved.status, moved.row()]).toMatchObject([
    200,
    { currentStage: 'PAPERWORK_RECEIVED', client: { contactName }, assignedUser: { id: staffId } },
  ]);
});

it('refuses a period that begins with another filing’s, and goes on', async () => {
  const { path, workflowId } = await quarter();
  const { clientId } = (await partner.get(path)).row();
  const other = await partner.post('/vat-quarters', { clientId, quarterPeriod: '2023-Q4' });
  expect(other.status).toBe(201);
  const periodStart = String(other.row()['quarterStartDate']);
  const signal = {
    requestId: randomUUID(),
    actor: SYSTEM_ACTOR,
    source: 'STAFF',
    periodStart,
    periodEnd: '2024-06-30',
    deadlines: { filingDueDate: '2024-08-07' },
  };
  await practice.temporal.workflow.getHandle(workflowId).signal(FILING_SIGNALS.deadlinesChanged, signal);
  expect((await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' })).status).toBe(200);
  expect((await partner.get(path)).row()).not.toMatchObject({ quarterStartDate: periodStart });
  const refused = await practice.rows(
    `SELECT details->>'reason' AS reason FROM activity_logs WHERE action = 'FILING_REQUEST_REJECTED' AND details->>'requestId' = $1`,
    [signal.requestId],
  );
  expect(refused).toEqual([{ reason: 'The client has another filing from the day on which the period would begin' }]);
});

it('shows the new name of a client in the Temporal UI from the next decision on', async () => {
  const { path, workflowId } = await quarter();
  const { clientId } = (await partner.get(path)).row();
  expect((await partner.patch(`/clients/${String(clientId)}`, { companyName: 'Acme Rebranded' })).status).toBe(200);
  expect((await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' })).status).toBe(200);
  const handle = practice.temporal.workflow.getHandle(workflowId);
  await practice.until(async () => {
    const { searchAttributes } = await handle.describe();
    return searchAttributes['ClientName']?.[0] === 'Acme Rebranded';
  });
});

it('stores a request while no worker runs, answers 202, and carries it out once when one is back', async () => {
  const { path } = await quarter();
  await practice.kill('worker');
  const accepted = await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' }, { prefer: 'wait=1' });
  expect(accepted.status).toBe(202);
  practice.launch('worker');
  await practice.until(async () => (await partner.get(path)).row()['currentStage'] === 'PAPERWORK_RECEIVED');
  expect((await partner.get(`${path}/history`)).rows()).toHaveLength(1);
}, 120_000);

describe('a signal sent straight to the workflow', () => {
  it.each([
    ['nothing', []],
    ['null', [null]],
    ['a text', ['PAPERWORK_RECEIVED']],
    ['a list', [[1, 2, 3]]],
    ['no actor', [{ stage: 'PAPERWORK_RECEIVED' }]],
    ['an actor of no known role', [{ stage: 'PAPERWORK_RECEIVED', actor: { name: 'Eve', role: 'QUEEN' } }]],
    ['an unknown stage', [{ stage: 'LOST', actor: { name: 'Pat', role: 'PARTNER' } }]],
    [
      'an assignee who does not exist',
      [{ stage: 'PAPERWORK_RECEIVED', assignedUserId: 'nobody', actor: { name: 'Pat', role: 'PARTNER' } }],
    ],
  ])('changes nothing and blocks nothing where it is rubbish: %s', async (_name, args) => {
    const { path, workflowId } = await quarter();
    await practice.temporal.workflow.getHandle(workflowId).signal('stageTransition', ...args);
    const moved = await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' });
    expect([moved.status, moved.row()['sequence']]).toEqual([200, 1]);
  });

  it('moves the filing with the same checks, as claimed and not verified', async () => {
    const { path, workflowId } = await quarter();
    const actor = { userId: null, name: 'Chris at the console', role: 'PARTNER' as const, relation: 'none' as const };
    await practice.temporal.workflow
      .getHandle(workflowId)
      .signal(FILING_SIGNALS.stageTransition, { requestId: randomUUID(), stage: 'PAPERWORK_RECEIVED', notes: 'by phone', actor });
    await practice.until(async () => (await partner.get(path)).row()['currentStage'] === 'PAPERWORK_RECEIVED');
    const [move] = (await partner.get(`${path}/history`)).rows();
    expect(move).toMatchObject({ source: 'TEMPORAL', userId: null, userName: 'Chris at the console', notes: 'by phone' });
  });
});

it('answers what is still in the inbox before the filing ends', async () => {
  const { path } = await quarter('PAPERWORK_RECEIVED');
  const replies = await Promise.all([
    partner.post(`${path}/cancel`, { reason: 'The client left' }),
    partner.post(`${path}/transitions`, { stage: 'WORK_IN_PROGRESS' }),
    partner.post(`${path}/pause-chasing`, { reason: 'On holiday' }),
    partner.post(`${path}/transitions`, { stage: 'QUERIES_PENDING' }),
  ]);
  expect(replies[0]?.status).toBe(200);
  for (const { status } of replies) expect([200, 409]).toContain(status);
  expect((await partner.get(path)).row()).toMatchObject({ isCancelled: true });
});

it('moves many filings at once, and tells which were refused and why', async () => {
  const [ready, late] = [await quarter('PAPERWORK_RECEIVED'), await quarter()];
  const body = { ids: [ready.id, late.id, 'unknown'], stage: 'WORK_IN_PROGRESS' };
  const tried = await partner.post('/vat-quarters/bulk-transition', { ...body, dryRun: true });
  expect(tried.body).toMatchObject({ success: true, results: { successful: 1, failed: 2 } });
  expect((await partner.get(ready.path)).row()).toMatchObject({ currentStage: 'PAPERWORK_RECEIVED' });
  const moved = await partner.post('/vat-quarters/bulk-transition', body);
  expect(moved.body).toMatchObject({
    results: { successful: 1, failed: 2, errors: expect.arrayContaining([expect.stringContaining('does not follow')]) },
  });
  expect((await partner.get(ready.path)).row()).toMatchObject({ currentStage: 'WORK_IN_PROGRESS' });
});
