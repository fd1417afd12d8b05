import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { z } from 'zod';
import { LTD_ACCOUNTS_STAGES, VAT_STAGES } from '../../domain/filings/stages';
import { isIntact } from '../../services/histories/historyChain';
import { loadSettings } from '../../settings/settings';
import { dataConverter } from '../../settings/temporal';
import type { ApiCaller } from '../harness/apiCaller';
import { CollectorStandIn } from '../harness/collectorStandIn';
import { RunningPractice } from '../harness/runningPractice';
import { everythingIn } from '../harness/temporalHistories';

/** What may stand in the database and in e-mails, and nowhere in Temporal. */
const PRIVATE = {
  contactEmail: 'canary.contact@client.example.com',
  contactPhone: '01632 960983',
  utrNumber: '1123456789',
  nationalInsuranceNumber: 'AB123456C',
};
const NOTE = 'Canary note: the client asked us to hurry';
const CLIENT_NAME = 'Canary Trading';
const QUARTERLY = { isVatEnabled: true, vatQuarterGroup: 'C', vatRegistrationDate: '2020-01-01' };
const YEAR = { incorporationDate: '2015-01-15', lastAccountsMadeUpTo: '2025-12-31', nextYearEnd: '2026-12-31' };
const [firstKey, secondKey] = ['k1', 'k2'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);

const HistoryExport = z.object({
  isIntact: z.boolean(),
  headHash: z.string(),
  entries: z.array(
    z.object({
      runId: z.string(),
      eventId: z.int(),
      at: z.string(),
      who: z.string(),
      what: z.string(),
      hash: z.string(),
    }),
  ),
});

let collector: CollectorStandIn;
let practice: RunningPractice;
let partner: ApiCaller;

beforeAll(async () => {
  collector = await CollectorStandIn.start();
  practice = await RunningPractice.start(undefined, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  });
  partner = await practice.partner();
}, 180_000);

afterAll(async () => {
  await practice.stop();
  await collector.stop();
}, 120_000);

interface Filing {
  path: string;
  workflowId: string;
}

async function open(kind: 'vat-quarters' | 'ltd-accounts'): Promise<Filing> {
  const isVat = kind === 'vat-quarters';
  const client = await partner.post('/clients', {
    companyName: CLIENT_NAME,
    companyType: isVat ? 'NON_LIMITED_COMPANY' : 'LIMITED_COMPANY',
    contactName: 'Casey Contact',
    ...PRIVATE,
    ...(isVat ? QUARTERLY : YEAR),
  });
  expect(client.body).toMatchObject({ success: true });
  const [row] = (await partner.get(`/${kind}?clientId=${client.row().id}&sortBy=periodEnd&sortOrder=desc`)).rows();
  return { path: `/${kind}/${String(row?.['id'])}`, workflowId: String(row?.['workflowId']) };
}

async function move({ path }: Filing, stages: readonly string[]): Promise<void> {
  for (const stage of stages) {
    const filedTo = stage === 'FILED' ? { filedTo: ['COMPANIES_HOUSE', 'HMRC'] } : {};
    const moved = await partner.post(`${path}/transitions`, { stage, notes: NOTE, ...filedTo });
    expect([stage, [200, 202].includes(moved.status)]).toEqual([stage, true]);
    // Right after a restart the answer may be late.
    await practice.until(async () => (await partner.get(path)).row()['currentStage'] === stage);
  }
}

/** Does to a filing what can be done through the API, then files it. */
async function live(filing: Filing, stages: readonly string[]): Promise<void> {
  const { id } = (await partner.get('/auth/me')).row();
  await partner.put(`${filing.path}/assignee`, { userId: id });
  await partner.post(`${filing.path}/pause-chasing`, { reason: NOTE });
  await partner.post(`${filing.path}/resume-chasing`);
  await partner.post(`${filing.path}/chase-now`);
  expect((await partner.post(`${filing.path}/transitions`, { stage: 'CLIENT_APPROVED', notes: NOTE })).status).toBe(409);
  await practice.temporal.workflow.getHandle(filing.workflowId).signal('stageTransition', 'rubbish');
  // The reminder was the first of the chase.
  await move(filing, stages.slice(2));
}

function operations(): Client {
  return new Client({ connection: practice.temporal.connection, namespace: `${practice.namespace}-operations` });
}

/** Has the histories of filings that have ended kept now, and gives one of them. */
async function keptHistory({ path }: Filing): Promise<z.infer<typeof HistoryExport>> {
  const schedule = operations().schedule.getHandle('export-histories');
  const isKept = async (): Promise<boolean> => {
    await schedule.trigger('BUFFER_ONE');
    return (await partner.get(`${path}/history-export`)).status === 200;
  };
  await practice.until(isKept);
  return HistoryExport.parse((await partner.get(`${path}/history-export`)).body.data);
}

let vat: Filing;
let accounts: Filing;
let cancelled: Filing;

it('holds nothing private in any event of a whole run, of either kind', async () => {
  [vat, accounts, cancelled] = [await open('vat-quarters'), await open('ltd-accounts'), await open('vat-quarters')];
  await live(vat, VAT_STAGES);
  await live(accounts, LTD_ACCOUNTS_STAGES);
  expect((await partner.post(`${cancelled.path}/cancel`, { reason: NOTE })).status).toBe(200);
  await practice.until(async () => practice.resend.accepted.length > 0);

  const seen = [...(await everythingIn(practice.temporal)), ...(await everythingIn(operations()))];
  expect(seen.map(({ workflowId }) => workflowId)).toEqual(expect.arrayContaining([vat.workflowId, accounts.workflowId]));
  const anEmail = String(practice.resend.accepted[0]?.text);
  const secrets = [...Object.values(PRIVATE), 'Canary note', String(partner.token), 'partner@example.com', anEmail.slice(0, 60)];
  for (const { workflowId, text } of seen) {
    expect([workflowId, secrets.filter((secret) => text.includes(secret))]).toEqual([workflowId, []]);
    expect([workflowId, text.match(/[\w.+-]+@[\w-]+\.[a-z]{2,}/i)?.[0]]).toEqual([workflowId, undefined]);
  }
});

it('keeps what Temporal knew of a filing that has ended, in plain language, so that a change shows', async () => {
  const kept = await keptHistory(vat);
  expect(kept.isIntact).toBe(true);
  const said = kept.entries.map(({ who, what }) => `${who}: ${what}`);
  expect(said[0]).toMatch(/^System: The filing was taken up: Canary Trading · VAT .* · due /);
  expect(said[1]).toBe('System: Done: Read the filing');
  expect(said).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/\(partner\): Asked to move the filing to WORK_IN_PROGRESS, with a note$/),
      'System: Done: Record WORK_IN_PROGRESS',
      'System: Done: Record EMAILED_TO_CLIENT, e-mail to the client (SENT)',
      'System: The filing ended: FILED at FILED_TO_HMRC',
    ]),
  );
  expect(isIntact(kept.entries, kept.headHash)).toBe(true);
  const forged = kept.entries.map((entry, index) => (index === 3 ? { ...entry, who: 'Somebody else' } : entry));
  expect(isIntact(forged, kept.headHash)).toBe(false);

  const id = vat.path.split('/')[2];
  await practice.database.asOwner(
    `UPDATE history_exports SET entries = jsonb_set(entries, '{3,who}', '"Somebody else"') WHERE filing_id = $1`,
    [id],
  );
  const page = await fetch(`${practice.url}/api/v1${vat.path}/history-export/page`, {
    headers: { authorization: `Bearer ${partner.token}` },
  });
  const text = await page.text();
  expect(page.headers.get('content-security-policy')).toMatch(/style-src 'sha256-[^']+';/);
  expect(text).toContain('NO: chain, head and activity log do not agree');
  expect(text).toContain('Asked to move the filing to WORK_IN_PROGRESS, with a note');
});

it('traces a move from the request through the signal and the activity to its statement, without a value', async () => {
  const filing = await open('vat-quarters');
  const traceId = randomBytes(16).toString('hex');
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  await partner.post(`${filing.path}/transitions`, { stage: 'PAPERWORK_RECEIVED', notes: NOTE }, { traceparent });
  const names = (): string[] => collector.spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
  const expected = ['POST /api/v1/vat-quarters/:id/transitions', 'signal stageTransition', 'activity recordDecision', 'SQL'];
  await practice.until(async () => expected.every((name) => names().includes(name)));
  const recorded = collector.spans.find((span) => span.traceId === traceId && span.name === 'activity recordDecision');
  const statements = collector.spans.filter(({ name, parentSpanId }) => name === 'SQL' && parentSpanId === recorded?.['spanId']);
  expect(JSON.stringify(statements)).toContain('UPDATE vat_quarters');
  const all = JSON.stringify(collector.spans);
  for (const secret of [...Object.values(PRIVATE), 'Canary']) expect(all).not.toContain(secret);
});

it('answers each view that the documentation links to', async () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'temporal-ui.md'), 'utf8');
  const views = [...page.matchAll(/^\| [^|]+ \| `([^`]+)` \| \[[^\]]+\]\(([^)]+)\) \|$/gm)];
  expect(views.length).toBeGreaterThanOrEqual(7);
  for (const [, query = '', link = ''] of views) {
    expect(new URL(link).searchParams.get('query')).toBe(query);
    expect(typeof (await practice.temporal.workflow.count(query)).count).toBe('number');
  }
  const waiting = await practice.temporal.workflow.count(`WaitingFor = "NOBODY" AND Stage = "FILED_TO_HMRC"`);
  expect(waiting.count).toBe(1);
});

it('has no history of a filing that is still open', async () => {
  const filing = await open('vat-quarters');
  expect((await partner.get(`${filing.path}/history-export`)).status).toBe(404);
});

it('agrees with a workflow that was reset by hand: what it decides again is recorded as a repetition', async () => {
  const filing = await open('vat-quarters');
  await move(filing, ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS']);
  const handle = practice.temporal.workflow.getHandle(filing.workflowId);
  // The row is written within the task that decides, a moment before that task is over.
  let last: temporal.api.history.v1.IHistoryEvent | undefined;
  await practice.until(async () => {
    const { events = [] } = await handle.fetchHistory();
    const asked = events?.findLastIndex((event) => event.workflowExecutionSignaledEventAttributes) ?? -1;
    last = events?.slice(asked).findLast((event) => event.workflowTaskCompletedEventAttributes);
    return last !== undefined;
  });
  await practice.temporal.workflowService.resetWorkflowExecution({
    namespace: practice.namespace,
    workflowExecution: { workflowId: filing.workflowId, runId: (await handle.describe()).runId },
    workflowTaskFinishEventId: last?.eventId ?? null,
    requestId: randomBytes(8).toString('hex'),
    reason: 'by hand',
    // What was asked for after that point is forgotten.
    resetReapplyType: temporal.api.enums.v1.ResetReapplyType.RESET_REAPPLY_TYPE_NONE,
  });
  const repeated = `SELECT FROM activity_logs WHERE details ? 'repeatedBy' AND details->>'filingId' = $1`;
  const [, , id] = filing.path.split('/');
  await practice.until(async () => (await practice.rows(repeated, [id])).length > 0);
  const audited = await practice.runToEnd('commands/audit.ts');
  expect(audited).toContain('\n0 violations');
  expect(audited).toMatch(/\nNOTE {2}NZ-\d+ VAT_QUARTER \d{4}-Q\d was reset in Temporal: see whether/);
  expect((await partner.get(filing.path)).row()).toMatchObject({ currentStage: 'WORK_IN_PROGRESS' });
  await move(filing, ['REVIEW_PENDING_MANAGER']);
});

it('goes on with what is in flight when payloads come to be encrypted, and when the key changes', async () => {
  const filing = await open('vat-quarters');
  await move(filing, ['PAPERWORK_RECEIVED']);
  await practice.restart({ TEMPORAL_PAYLOAD_KEYS: firstKey });
  await move(filing, ['WORK_IN_PROGRESS']);
  const hidden = await open('vat-quarters');
  await move(hidden, ['PAPERWORK_RECEIVED']);
  await practice.restart({ TEMPORAL_PAYLOAD_KEYS: `${secondKey},${firstKey}` });
  for (const each of [filing, hidden]) {
    const left = VAT_STAGES.slice(VAT_STAGES.indexOf(each === hidden ? 'WORK_IN_PROGRESS' : 'REVIEW_PENDING_MANAGER'));
    await move(each, left);
  }

  const [seen] = (await everythingIn(practice.temporal)).filter(({ workflowId }) => workflowId === hidden.workflowId);
  const { name } = (await partner.get('/auth/me')).row();
  for (const word of [CLIENT_NAME, String(name), 'PAPERWORK_CHASED', 'relation', 'Record W'])
    expect(seen?.text).not.toContain(word);
  const environment = { TEMPORAL_PAYLOAD_KEYS: `${secondKey},${firstKey}` };
  const reader = new Client({
    connection: practice.temporal.connection,
    namespace: practice.namespace,
    dataConverter: dataConverter(loadSettings(environment)),
  });
  const { staticSummary } = await reader.workflow.getHandle(hidden.workflowId).describe();
  const [, code] = hidden.workflowId.split(':');
  expect(await staticSummary()).toMatch(new RegExp(`^${code} · VAT .* · due `));

  const kept = await keptHistory(hidden);
  expect(kept.entries.map(({ what }) => what)).toEqual(expect.arrayContaining(['Done: Record WORK_IN_PROGRESS']));
  expect(await practice.runToEnd('commands/audit.ts')).toContain('\n0 violations');
});
