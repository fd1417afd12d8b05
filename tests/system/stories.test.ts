import { z } from 'zod';
import { addDays, addMonths } from '../../domain/calendar/dates';
import { londonDateOf, londonInstant } from '../../domain/calendar/london';
import { LTD_ACCOUNTS_STAGES, VAT_STAGES } from '../../domain/filings/stages';
import type { ApiCaller } from '../harness/apiCaller';
import { makeClient, makeVatQuarter } from '../harness/practice';
import { RunningPractice } from '../harness/runningPractice';

let practice: RunningPractice;
let partner: ApiCaller;

/** Somewhere where it is another date than in London now: fourteen hours ahead of UTC, or twelve behind it. */
const londonHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' }).format();
const abroad = Number(londonHour) >= 12 ? 'Pacific/Kiritimati' : 'Etc/GMT+12';

beforeAll(async () => {
  practice = await RunningPractice.start(undefined, { TZ: abroad });
  partner = await practice.partner();
}, 90_000);

afterAll(() => practice.stop(), 60_000);

const OpenFilings = z.array(z.looseObject({ id: z.string(), kind: z.string(), workflowId: z.string(), period: z.string() }));
const Planned = z.looseObject({ plan: z.array(z.object({ plannedFor: z.string(), plannedAt: z.number() })) });
type OpenFiling = z.infer<typeof OpenFilings>[number];

async function openFiling(kind: string, client: Record<string, unknown>): Promise<OpenFiling> {
  const created = await partner.post('/clients', {
    companyName: 'Acme Ltd',
    companyType: 'LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
    ...client,
  });
  expect(created.status).toBe(201);
  const filing = OpenFilings.parse(created.row()['openFilings']).find((candidate) => candidate.kind === kind);
  if (!filing) throw new Error(`No ${kind} was opened`);
  return filing;
}

/** The names of the `stageTransition` signals in the history of a filing's workflow. */
async function stageTransitions(workflowId: string): Promise<number> {
  const { events } = await practice.temporal.workflow.getHandle(workflowId).fetchHistory();
  const signals = (events ?? []).map(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName);
  return signals.filter((name) => name === 'stageTransition').length;
}

const quarterly = { isVatEnabled: true, vatFrequency: 'Quarterly', vatQuarterGroup: 'C', vatRegistrationDate: '2020-01-01' };

it('moves a VAT quarter through all eleven stages, and every record of it agrees', async () => {
  const filing = await openFiling('VAT_QUARTER', { ...quarterly, companyType: 'NON_LIMITED_COMPANY' });
  const path = `/vat-quarters/${filing.id}`;
  const order = VAT_STAGES.slice(1);
  for (const [index, stage] of order.entries()) {
    const expectedStage = VAT_STAGES[index];
    const moved = await partner.post(`${path}/transitions`, { stage, expectedStage, notes: `to ${stage}` });
    expect(moved.body).toMatchObject({ success: true });
    expect(moved.status).toBe(200);
    expect(moved.row()).toMatchObject({ id: filing.id, currentStage: stage, sequence: index + 1, assignedUser: null });
    // A read after a 200 shows the move, in the same words.
    expect((await partner.get(path)).row()).toEqual(moved.row());
  }
  const row = (await partner.get(path)).row();
  expect(row).toMatchObject({ isCompleted: true, currentStage: 'FILED_TO_HMRC', waitingFor: 'NOBODY', daysLeft: null });
  for (const milestone of [
    'chaseStarted',
    'paperworkReceived',
    'workStarted',
    'workFinished',
    'sentToClient',
    'clientApproved',
    'filedToHMRC',
  ]) {
    expect(row[`${milestone}ByUserName`]).toBe('Pat Partner');
    expect(row[`${milestone}Date`]).toEqual(expect.any(String));
  }
  const history = (await partner.get(`${path}/history`)).rows();
  expect(history.map(({ fromStage, toStage, sequence }) => [fromStage, toStage, sequence])).toEqual(
    order.map((stage, index) => [VAT_STAGES[index], stage, index + 1]),
  );
  expect(
    history.every(({ userName, userRole, source }) => userName === 'Pat Partner' && userRole === 'PARTNER' && source === 'API'),
  ).toBe(true);
  expect(history.map(({ notes }) => notes)).toEqual(order.map((stage) => `to ${stage}`));
  expect(await stageTransitions(filing.workflowId)).toBe(order.length);
  const log = await partner.get(`/activity-logs?action=FILING_STAGE_CHANGED&clientId=${String(row['clientId'])}&limit=50`);
  expect(log.rows()).toHaveLength(order.length);
  expect(await partner.get(`${path}/workflow`)).toMatchObject({
    status: 200,
    body: {
      data: { workflowId: filing.workflowId, status: 'COMPLETED', stage: 'FILED_TO_HMRC', sequence: order.length },
    },
  });

  // What people wrote and how the client is reached stays out of Temporal and out of the logs.
  const events = JSON.stringify(await practice.temporal.workflow.getHandle(filing.workflowId).fetchHistory());
  for (const text of [events, Buffer.from(events).toString('base64'), practice.logs()]) {
    expect(text).not.toContain('casey@example.com');
    expect(text).not.toContain('to WORK_IN_PROGRESS');
  }
  expect(practice.logs()).not.toContain(partner.token);

  const again = await partner.post(`${path}/transitions`, { stage: 'CLIENT_APPROVED', notes: 'too late' });
  expect(again.status).toBe(409);
  expect(again.body).toMatchObject({ code: 'TRANSITION_REJECTED', message: expect.stringContaining('already filed') });
});

const company = { incorporationDate: '2019-01-15', lastAccountsMadeUpTo: '2025-12-31', nextYearEnd: '2026-12-31' };

async function moveToPartnerApproved(path: string): Promise<void> {
  const upTo = LTD_ACCOUNTS_STAGES.indexOf('PARTNER_APPROVED');
  for (const stage of LTD_ACCOUNTS_STAGES.slice(1, upTo + 1)) {
    expect((await partner.post(`${path}/transitions`, { stage })).body).toMatchObject({ success: true });
  }
}

it('files Ltd accounts with Companies House and HMRC one at a time', async () => {
  const filing = await openFiling('LTD_ACCOUNTS', company);
  const path = `/ltd-accounts/${filing.id}`;
  await moveToPartnerApproved(path);
  const before = (await partner.get(path)).row();
  expect(before).toMatchObject({ filingDueDate: before['accountsDueDate'] });

  const first = await partner.post(`${path}/transitions`, { stage: 'FILED', filedTo: ['COMPANIES_HOUSE'] });
  expect(first.row()).toMatchObject({
    currentStage: 'PARTNER_APPROVED',
    isCompleted: false,
    filedToCompaniesHouseByUserName: 'Pat Partner',
  });
  // What is due next is the company tax return.
  expect(first.row()).toMatchObject({ filingDueDate: before['ctReturnDueDate'], filedToHMRCDate: null });

  const twice = await partner.post(`${path}/transitions`, { stage: 'FILED', filedTo: ['COMPANIES_HOUSE'] });
  expect(twice.status).toBe(409);
  const last = await partner.post(`${path}/transitions`, { stage: 'FILED', filedTo: ['HMRC'] });
  expect(last.row()).toMatchObject({
    currentStage: 'FILED',
    isCompleted: true,
    filedByUserName: 'Pat Partner',
    filedToHMRCByUserName: 'Pat Partner',
  });
  expect(await stageTransitions(filing.workflowId)).toBe(LTD_ACCOUNTS_STAGES.length - 2 + 3);
});

it('gives a period of more than twelve months a second payment of Corporation Tax, and takes it away again', async () => {
  const filing = await openFiling('LTD_ACCOUNTS', company);
  const path = `/ltd-accounts/${filing.id}`;
  const put = async (dates: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const moved = await partner.put(`${path}/deadlines`, { ...dates, reason: 'The year end was moved' });
    expect([moved.status, moved.body.message]).toEqual([200, expect.any(String)]);
    return moved.row();
  };
  const accounts = { accountsDueDate: '2027-12-31', ctReturnDueDate: '2028-03-31' };
  expect((await partner.get(path)).row()).toMatchObject({ ctDueDate: '2027-10-01', ctSecondDueDate: null });
  // As a form sends it: with what nobody changed.
  const long = { periodEnd: '2027-03-31', deadlines: { ...accounts, ctDueDate: '2027-10-01' } };
  expect(await put(long)).toMatchObject({
    filingPeriodEnd: '2027-03-31',
    ctDueDate: '2027-10-01',
    ctSecondDueDate: '2028-01-01',
  });
  const again = { 'content-type': 'application/json', 'idempotency-key': 'a-long-period' };
  const body = JSON.stringify({ periodEnd: '2027-02-28', reason: 'The year end was moved' });
  const [once, twice] = [
    await partner.send('PUT', `${path}/deadlines`, body, again),
    await partner.send('PUT', `${path}/deadlines`, body, again),
  ];
  expect([once.status, once.row()['ctSecondDueDate'], twice.body]).toEqual([200, '2027-12-01', once.body]);
  const { plan } = z
    .looseObject({ plan: z.array(z.looseObject({ kind: z.string(), deadline: z.string().nullish() })) })
    .parse((await partner.get(`${path}/workflow`)).body.data);
  expect(plan.some(({ deadline }) => deadline === 'ctSecondDueDate')).toBe(true);
  expect(await put({ periodEnd: '2027-05-31' })).toMatchObject({
    accountsDueDate: '2028-02-29',
    ctReturnDueDate: '2028-05-31',
    ctDueDate: '2027-10-01',
    ctSecondDueDate: '2028-03-01',
  });
  const byHand = { deadlines: { ctSecondDueDate: '2028-02-15' } };
  expect(await put(byHand)).toMatchObject({ ctSecondDueDate: '2028-02-15' });
  expect(await put({ periodEnd: '2027-04-30' })).toMatchObject({ ctSecondDueDate: '2028-02-15' });
  expect(await put({ periodEnd: '2026-09-30' })).toMatchObject({ ctDueDate: '2027-07-01', ctSecondDueDate: null });
  const deadlines = (await partner.get(`${path}/deadlines`)).rows();
  expect(deadlines.map(({ name }) => name)).not.toContain('ctSecondDueDate');
});

it('takes the due date along when the first VAT period is made longer, as HMRC often directs', async () => {
  const today = londonDateOf(Date.now());
  const filing = await openFiling('VAT_QUARTER', {
    ...quarterly,
    companyType: 'NON_LIMITED_COMPANY',
    vatRegistrationDate: today,
  });
  const path = `/vat-quarters/${filing.id}`;
  const end = String((await partner.get(path)).row()['quarterEndDate']);
  const longer = addMonths(end, 3);
  const put = async (dates: Record<string, unknown>): Promise<Record<string, unknown>> =>
    (await partner.put(`${path}/deadlines`, { ...dates, reason: 'HMRC directed a long first period' })).row();
  expect(await put({ periodEnd: longer })).toMatchObject({
    quarterEndDate: longer,
    filingDueDate: addDays(addMonths(longer, 1), 7),
  });
  const early = addDays(longer, 20);
  expect(await put({ deadlines: { filingDueDate: early } })).toMatchObject({ filingDueDate: early });
  expect(await put({ periodEnd: end })).toMatchObject({ quarterEndDate: end, filingDueDate: early });
  const refused = await partner.put(`${path}/deadlines`, { periodEnd: '2020-01-01', reason: 'A slip' });
  expect([refused.status, refused.body.message]).toEqual([409, expect.stringContaining('cannot end before it starts')]);
});

it('lets the client file the accounts alone', async () => {
  const filing = await openFiling('LTD_ACCOUNTS', company);
  const path = `/ltd-accounts/${filing.id}`;
  await moveToPartnerApproved(path);
  const filed = await partner.post(`${path}/transitions`, { stage: 'FILED', filedTo: ['CLIENT_SELF_FILING'] });
  expect(filed.row()).toMatchObject({
    isCompleted: true,
    clientSelfFilingByUserName: 'Pat Partner',
    filedToCompaniesHouseDate: null,
  });
});

it('reopens what was filed by mistake, as a new run that carries on, and cancels what is not to be filed', async () => {
  const filing = await openFiling('VAT_QUARTER', { ...quarterly, companyType: 'NON_LIMITED_COMPANY' });
  const path = `/vat-quarters/${filing.id}`;
  for (const stage of VAT_STAGES.slice(1)) await partner.post(`${path}/transitions`, { stage });
  const reopened = await partner.post(`${path}/reopen`, { notes: 'HMRC rejected it', rejectedBy: ['HMRC'] });
  expect(reopened.body).toMatchObject({ success: true });
  expect(reopened.row()).toMatchObject({
    currentStage: 'CLIENT_APPROVED',
    isCompleted: false,
    filedToHMRCDate: null,
    sequence: VAT_STAGES.length,
  });
  const cancelled = await partner.post(`${path}/cancel`, { reason: 'The client left' });
  expect(cancelled.row()).toMatchObject({
    isCancelled: true,
    isCompleted: false,
    currentStage: 'CLIENT_APPROVED',
    cancelReason: 'The client left',
    cancelledByUserName: 'Pat Partner',
  });
});

it('answers "archive" by cancelling the open filings, and "restore" by reopening them', async () => {
  const filing = await openFiling('VAT_QUARTER', { ...quarterly, companyType: 'NON_LIMITED_COMPANY' });
  const { clientId } = (await partner.get(`/vat-quarters/${filing.id}`)).row();
  const isCancelled = async (): Promise<unknown> => (await partner.get(`/vat-quarters/${filing.id}`)).row()['isCancelled'];
  expect((await partner.post(`/clients/${String(clientId)}/archive`)).status).toBe(200);
  await practice.until(async () => (await isCancelled()) === true);
  expect((await partner.post(`/clients/${String(clientId)}/restore`)).status).toBe(200);
  await practice.until(async () => (await isCancelled()) === false);
});

it('means London’s dates wherever it runs and is looked at from', async () => {
  const today = londonDateOf(Date.now());
  expect(new Intl.DateTimeFormat('en-CA', { timeZone: abroad }).format()).not.toBe(today);
  const { db } = practice.database;
  const client = await makeClient(db, 'Far Away Ltd');
  const quarter = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: today };
  const dueToday = await makeVatQuarter(db, client, quarter);
  const dueYesterday = await makeVatQuarter(db, client, {
    ...quarter,
    period: '2023-Q4',
    start: '2023-10-01',
    due: addDays(today, -1),
  });
  const row = (await partner.get(`/vat-quarters/${dueToday.filingId}`)).row();
  expect(row).toMatchObject({ filingDueDate: today, daysLeft: 0, isOverdue: false });
  const overdue = (await partner.get(`/reports/overdue?clientId=${client.id}`)).rows();
  expect(overdue).toEqual([
    expect.objectContaining({ filingId: dueYesterday.filingId, dueDate: addDays(today, -1), daysOverdue: 1 }),
  ]);
  const [, day] = (await partner.get(`/reports/deadlines?days=0&clientId=${client.id}`)).rows();
  expect(day).toMatchObject({ date: today, deadlines: [{ filingId: dueToday.filingId, daysLeft: 0 }] });
  const running = await openFiling('VAT_QUARTER', { ...quarterly, companyType: 'NON_LIMITED_COMPANY' });
  const { plan } = Planned.parse((await partner.get(`/vat-quarters/${running.id}/workflow`)).body.data);
  expect(plan.length).toBeGreaterThan(0);
  // Nine in London, whatever the clock on the wall says.
  expect(plan.every(({ plannedFor, plannedAt }) => plannedAt === londonInstant(plannedFor, '09:00'))).toBe(true);
});
