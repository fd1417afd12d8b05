import type { Client } from '@temporalio/client';
import { waitUntil } from '../../embedded/runningProcess';
import { LTD_ACCOUNTS_STAGES, VAT_STAGES } from '../../domain/filings/stages';
import type { ApiCaller } from '../harness/apiCaller';

/** A filing that lived through a story, and the run that shows it; the last one unless named. */
export interface ToldStory {
  name: string;
  workflowId: string;
  runId?: string;
}

interface Filing {
  path: string;
  workflowId: string;
}

const CLIENT = { contactName: 'Casey Contact', contactEmail: 'casey@example.com', companyName: 'Acme Trading' };
const MONTHLY = { isVatEnabled: true, vatFrequency: 'Monthly', vatRegistrationDate: '2020-01-01' };
const YEAR = { incorporationDate: '2015-01-15', lastAccountsMadeUpTo: '2025-12-31', nextYearEnd: '2026-12-31' };

/** Lives every shape of a filing: each stage, each message, each timer that can be had today, and each ending. */
export async function tellStories(partner: ApiCaller, temporal: Client): Promise<ToldStory[]> {
  const told: ToldStory[] = [];
  const keep = (name: string, { workflowId }: Filing, runId?: string): void =>
    void told.push({ name, workflowId, ...(runId === undefined ? {} : { runId }) });

  for (const stage of VAT_STAGES.slice(0, -1)) keep(`vat-at-${stage}`, await movedTo(partner, VAT_STAGES, stage));
  keep('vat-filed', await movedTo(partner, VAT_STAGES, 'FILED_TO_HMRC'));
  for (const stage of LTD_ACCOUNTS_STAGES.slice(0, -1))
    keep(`ltd-at-${stage}`, await movedTo(partner, LTD_ACCOUNTS_STAGES, stage));
  keep('ltd-filed-one-at-a-time', await filedOneAtATime(partner));
  keep('vat-chased-by-itself', await chasedByItself(partner));
  keep('vat-every-message', await everyMessage(partner, temporal, await openVat(partner), 'QUERIES_PENDING'));
  keep('ltd-every-message', await everyMessage(partner, temporal, await openLtd(partner), 'MANAGER_DISCUSSION'));
  keep('vat-client-decision', await clientDecision(partner, temporal));
  keep('vat-filed-in-order', await movedTo(partner, VAT_STAGES, 'FILED_TO_HMRC'));
  keep('ltd-every-message-in-order', await everyMessage(partner, temporal, await openLtd(partner), 'MANAGER_DISCUSSION'));
  keep('vat-filed-by-one-timer', await movedTo(partner, VAT_STAGES, 'FILED_TO_HMRC'));
  keep('ltd-every-message-by-one-timer', await everyMessage(partner, temporal, await openLtd(partner), 'MANAGER_DISCUSSION'));
  keep('vat-filed-mailed-at-once', await movedTo(partner, VAT_STAGES, 'FILED_TO_HMRC'));
  keep('vat-filed-mailed-with-record', await movedTo(partner, VAT_STAGES, 'FILED_TO_HMRC'));

  for (const [kind, stages] of [
    ['vat', VAT_STAGES],
    ['ltd', LTD_ACCOUNTS_STAGES],
  ] as const) {
    const cancelled = await movedTo(partner, stages, 'WORK_IN_PROGRESS');
    await done(partner.post(`${cancelled.path}/cancel`, { reason: 'The client left' }));
    keep(`${kind}-cancelled`, cancelled);
  }
  const reopened = await movedTo(partner, VAT_STAGES, 'FILED_TO_HMRC');
  await done(partner.post(`${reopened.path}/reopen`, { notes: 'Filed by mistake', rejectedBy: ['HMRC'] }));
  keep('vat-reopened', reopened);
  const accounts = await filedOneAtATime(partner);
  await done(partner.post(`${accounts.path}/reopen`, { notes: 'Rejected', rejectedBy: ['COMPANIES_HOUSE'] }));
  keep('ltd-reopened', accounts);
  return told;
}

async function movedTo(partner: ApiCaller, stages: readonly string[], last: string): Promise<Filing> {
  const filing = stages === VAT_STAGES ? await openVat(partner) : await openLtd(partner);
  for (const stage of stages.slice(1, stages.indexOf(last) + 1))
    await done(partner.post(`${filing.path}/transitions`, { stage }));
  return filing;
}

async function filedOneAtATime(partner: ApiCaller): Promise<Filing> {
  const filing = await movedTo(partner, LTD_ACCOUNTS_STAGES, 'PARTNER_APPROVED');
  for (const authority of ['COMPANIES_HOUSE', 'HMRC']) {
    await done(partner.post(`${filing.path}/transitions`, { stage: 'FILED', filedTo: [authority] }));
  }
  return filing;
}

/** With a send time that has come, an ended period is chased at once. */
async function chasedByItself(partner: ApiCaller): Promise<Filing> {
  const sendTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' }).format();
  await done(partner.put('/settings/chase-policies/vat', { sendTime, lastSendTime: sendTime, workingDaysOnly: false }));
  const filing = await openVat(partner, 'periodEnd');
  const isChased = async (): Promise<boolean> => (await partner.get(filing.path)).row()['currentStage'] === 'PAPERWORK_CHASED';
  if (!(await waitUntil(isChased, 60_000))) throw new Error('The client was not chased');
  return filing;
}

async function everyMessage(partner: ApiCaller, temporal: Client, filing: Filing, lastStage: string): Promise<Filing> {
  const { id } = (await partner.get('/auth/me')).row();
  await done(partner.put(`${filing.path}/assignee`, { userId: id }));
  await done(partner.post(`${filing.path}/pause-chasing`, { reason: 'On holiday' }));
  await done(partner.post(`${filing.path}/resume-chasing`));
  await done(partner.post(`${filing.path}/chase-now`));
  const row = (await partner.get(filing.path)).row();
  const deadline = filing.path.startsWith('/vat') ? 'filingDueDate' : 'accountsDueDate';
  await done(partner.put(`${filing.path}/deadlines`, { deadlines: { [deadline]: row[deadline] }, reason: 'Confirmed' }));
  await done(partner.put('/settings/chase-policies/vat', { stuckAfterDays: 6 }));
  for (const rubbish of [null, 'rubbish', { stage: 7 }]) {
    await temporal.workflow.getHandle(filing.workflowId).signal('stageTransition', rubbish);
  }
  await temporal.workflow.getHandle(filing.workflowId).signal('noSuchSignal');
  const refused = await partner.post(`${filing.path}/transitions`, { stage: 'CLIENT_APPROVED' });
  if (refused.status !== 409) throw new Error('It should have been refused');
  for (const stage of ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', lastStage]) {
    await done(partner.post(`${filing.path}/transitions`, { stage }));
  }
  await done(partner.post(`${filing.path}/transitions`, { stage: 'PAPERWORK_CHASED', notes: 'They were incomplete' }));
  return filing;
}

/** The client's own answers: changes, then approval. */
async function clientDecision(partner: ApiCaller, temporal: Client): Promise<Filing> {
  const filing = await movedTo(partner, VAT_STAGES, 'EMAILED_TO_CLIENT');
  const actor = { userId: null, name: 'Casey Contact', role: 'CLIENT', relation: 'none' };
  const stage = async (): Promise<unknown> => (await partner.get(filing.path)).row()['currentStage'];
  for (const [decision, leadsTo] of [
    ['changes', 'WORK_IN_PROGRESS'],
    ['approved', 'CLIENT_APPROVED'],
  ] as const) {
    const body = { requestId: `recorded-${decision}`, sendingId: 'recorded', decision, actor };
    await temporal.workflow.getHandle(filing.workflowId).signal('clientDecision', body);
    if (!(await waitUntil(async () => (await stage()) === leadsTo, 60_000)))
      throw new Error(`The client's ${decision} had no effect`);
    if (decision === 'approved') break;
    for (const next of ['REVIEW_PENDING_PARTNER', 'EMAILED_TO_CLIENT'])
      await done(partner.post(`${filing.path}/transitions`, { stage: next }));
  }
  return filing;
}

/** The first of a new client's VAT periods by this order: the running one ends last. */
async function openVat(partner: ApiCaller, sortBy = 'periodEnd&sortOrder=desc'): Promise<Filing> {
  const client = await partner.post('/clients', { ...CLIENT, ...MONTHLY, companyType: 'NON_LIMITED_COMPANY' });
  return await firstFiling(partner, `/vat-quarters?clientId=${client.row().id}&sortBy=${sortBy}`);
}

async function openLtd(partner: ApiCaller): Promise<Filing> {
  const client = await partner.post('/clients', { ...CLIENT, ...YEAR, companyType: 'LIMITED_COMPANY' });
  return await firstFiling(partner, `/ltd-accounts?clientId=${client.row().id}`);
}

async function firstFiling(partner: ApiCaller, list: string): Promise<Filing> {
  const [row] = (await partner.get(list)).rows();
  return { path: `${list.slice(0, list.indexOf('?'))}/${String(row?.['id'])}`, workflowId: String(row?.['workflowId']) };
}

async function done(reply: ReturnType<ApiCaller['post']>): Promise<void> {
  const { status, body } = await reply;
  if (status !== 200) throw new Error(`${status}: ${body.message}`);
}
