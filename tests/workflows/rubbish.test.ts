import { DEFAULT_POLICIES } from '../../domain/chasing/policy';
import type { TestFiling, TestUser } from '../harness/practice';
import { actorOf, makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';

let practice: TimeSkippingPractice;
let partner: TestUser;
let filing: TestFiling;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  const { db } = practice.database;
  partner = await makeUser(db, 'Pat Partner', 'PARTNER');
  const quarter = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };
  filing = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), quarter);
  await practice.sleepUntil('2036-03-31', '12:00');
  await practice.start(filing);
}, 120_000);

afterAll(() => practice.close());

interface Refusal {
  id: string;
  message: string;
  code: string;
  reason: string;
}

/** The refusals that the activity log tells. */
async function refusals(): Promise<Refusal[]> {
  return await practice.rows<Refusal>(
    `SELECT id, details->>'message' AS message, details->>'code' AS code, details->>'reason' AS reason
     FROM activity_logs WHERE action = 'FILING_REQUEST_REJECTED' AND details->>'filingId' = $1`,
    [filing.filingId],
  );
}

/** What sending something adds to the refusals. */
async function refusalsOf(send: () => Promise<unknown>): Promise<Refusal[]> {
  const before = new Set((await refusals()).map(({ id }) => id));
  await send();
  await practice.state(filing);
  return (await refusals()).filter(({ id }) => !before.has(id));
}

const PAT = { userId: null, name: 'Pat at the console', role: 'PARTNER', relation: 'none' };
const { VAT } = DEFAULT_POLICIES;

it.each([
  ['nothing at all', 'stageTransition', undefined],
  ['null', 'stageTransition', null],
  ['a text', 'stageTransition', 'PAPERWORK_RECEIVED'],
  ['a number', 'reopen', 42],
  ['a list', 'cancelFiling', [PAT]],
  ['an empty object', 'stageTransition', {}],
  ['no actor', 'stageTransition', { stage: 'PAPERWORK_RECEIVED' }],
  ['an actor of no known role', 'cancelFiling', { actor: { ...PAT, role: 'KING' } }],
  ['a stage that is a number', 'stageTransition', { stage: 7, actor: PAT }],
  ['a stage that PostgreSQL cannot store', 'stageTransition', { stage: 'A\u0000B', actor: PAT }],
  ['half of a character', 'stageTransition', { stage: 'A\ud800', actor: PAT }],
  ['a text without end', 'stageTransition', { stage: 'A'.repeat(100_000), actor: PAT }],
  ['an unknown authority', 'stageTransition', { stage: 'FILED_TO_HMRC', filedTo: ['MARS'], actor: PAT }],
  ['an answer that is none', 'clientDecision', { sendingId: 'first', decision: 'perhaps', actor: { ...PAT, role: 'CLIENT' } }],
  ['an assignee that is a number', 'reassign', { assignedUserId: 7, actor: PAT }],
  ['a day that does not exist', 'pauseChasing', { until: '2036-02-30', actor: PAT }],
  ['a deadline that is no date', 'deadlinesChanged', { source: 'me', deadlines: { filingDueDate: 'soon' }, actor: PAT }],
  ['deadlines of unspeakable names', 'deadlinesChanged', { source: 'me', deadlines: { 'a\u0000b': '2036-05-07' }, actor: PAT }],
  ['deadlines of endless names', 'deadlinesChanged', { source: 'me', deadlines: { ['a'.repeat(100_000)]: 1 }, actor: PAT }],
  ['a version that is a fraction', 'chasePolicyChanged', { version: 1.5, policy: VAT }],
  ['half a policy', 'chasePolicyChanged', { version: 1, policy: { firstReminderAfterDays: 1 } }],
  ['a policy that reminds every zero days', 'chasePolicyChanged', { version: 1, policy: { ...VAT, reminderEveryDays: 0 } }],
])('refuses a signal with %s, and records that', async (_, name, payload) => {
  const payloads = payload === undefined ? [] : [payload];
  const refused = await refusalsOf(() => practice.signal(filing, name, ...payloads));
  expect(refused).toEqual([expect.objectContaining({ message: name, code: 'MALFORMED' })]);
  expect(refused[0]?.reason.length).toBeLessThan(600);
});

it.each([
  ['a stage that does not exist', 'stageTransition', { stage: 'ON_THE_MOON', actor: PAT }, 'UNKNOWN_STAGE'],
  ['a stage of the other kind', 'stageTransition', { stage: 'PARTNER_REVIEW', actor: PAT }, 'UNKNOWN_STAGE'],
  [
    'a deadline of another kind',
    'deadlinesChanged',
    { source: 'me', deadlines: { ctDueDate: '2036-06-01' }, actor: PAT },
    'INVALID_DATES',
  ],
  [
    'a deadline in thousands of years',
    'deadlinesChanged',
    { source: 'me', deadlines: { filingDueDate: '9999-12-31' }, actor: PAT },
    'INVALID_DATES',
  ],
  ['an assignee who is no user', 'reassign', { assignedUserId: 'nobody', actor: PAT }, 'UNKNOWN_USER'],
])('refuses %s', async (_, name, payload, code) => {
  expect(await refusalsOf(() => practice.signal(filing, name, payload))).toEqual([
    expect.objectContaining({ message: name, code }),
  ]);
});

it.each(['noSuchSignal', 'constructor', 'no\u0000such', 'x'.repeat(900)])(
  'refuses a signal of a name that a filing does not know (%#)',
  async (name) => {
    const [refusal] = await refusalsOf(() => practice.signal(filing, name, { stage: 'PAPERWORK_RECEIVED', actor: PAT }));
    expect(refusal).toMatchObject({ code: 'MALFORMED', reason: expect.stringContaining('A filing knows no signal') });
  },
);

it.each([
  ['text that is no JSON', { encoding: Buffer.from('json/plain') }, '{not json'],
  ['bytes of an unknown encoding', { encoding: Buffer.from('binary/encrypted') }, 'secret'],
  ['bytes without an encoding', {}, 'bytes'],
])('refuses a payload of %s', async (_, metadata, data) => {
  const send = (): Promise<unknown> =>
    practice.env.connection.workflowService.signalWorkflowExecution({
      namespace: practice.env.namespace ?? 'default',
      workflowExecution: { workflowId: filing.workflowId },
      signalName: 'stageTransition',
      input: { payloads: [{ metadata, data: Buffer.from(data) }] },
    });
  expect(await refusalsOf(send)).toEqual([expect.objectContaining({ message: 'stageTransition', code: 'MALFORMED' })]);
});

it('records a malformed message that arrives twice once', async () => {
  const twice = { requestId: 'the-same-request', actor: PAT, stage: 7 };
  const before = await refusals();
  await practice.signal(filing, 'stageTransition', twice);
  await practice.signal(filing, 'stageTransition', twice);
  expect(await refusals()).toHaveLength(before.length + 1);
});

it('goes on as if nothing had happened: no task failed, nothing moved, and the next message is carried out', async () => {
  expect(await practice.state(filing)).toMatchObject({ stage: 'PAPERWORK_PENDING_CHASE', sequence: 0, policyVersion: 0 });
  const { events } = await practice.client.workflow.getHandle(filing.workflowId).fetchHistory();
  expect(events?.filter(({ workflowTaskFailedEventAttributes: failed }) => failed)).toEqual([]);
  const outcome = await practice.ask(filing, 'stageTransition', { stage: 'PAPERWORK_RECEIVED' }, actorOf(partner));
  expect(outcome).toMatchObject({ status: 'APPLIED' });
});
