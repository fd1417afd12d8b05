import { addDays, addMonths, endOfMonth, daysBetween } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { onOrAfter } from '../../domain/calendar/workingDays';
import { ApiCaller } from '../harness/apiCaller';
import type { CompaniesHouseStandIn } from '../harness/companiesHouseStandIn';
import { YEAR } from '../harness/exampleCompany';
import type { RunningPractice } from '../harness/runningPractice';
import type { Company } from './companiesHousePractice';
import { CompaniesHousePractice, CONTACT, Filings } from './companiesHousePractice';

const PASSWORD = 'Someone-Password-1';

let system: CompaniesHousePractice;
let standIn: CompaniesHouseStandIn;
let practice: RunningPractice;
let partner: ApiCaller;
let staff: ApiCaller;
let staffId: string;

beforeAll(async () => {
  system = await CompaniesHousePractice.start();
  ({ standIn, practice, partner } = system);
  const email = 'sam@example.com';
  staffId = (await partner.post('/users', { name: 'Sam Staff', email, password: PASSWORD, role: 'STAFF' })).row().id;
  staff = await ApiCaller.signIn(practice.url, email, PASSWORD);
}, 300_000);

afterAll(() => system.stop(), 120_000);

beforeEach(() => system.reset());

const company = (changes?: Record<string, unknown>): Promise<Company> => system.company(changes);
const change = (number: string, changes: Record<string, unknown>): void => system.change(number, changes);
const refresh = (id: string, api = partner) => api.post(`/clients/${id}/companies-house/refresh`);
const proposals = async (clientId: string): Promise<Record<string, unknown>[]> =>
  (await partner.get(`/date-proposals?status=PENDING&clientId=${clientId}`)).rows();
const client = (id: string) => system.client(id);

const LONGER_YEAR = {
  accounts: {
    last_accounts: { made_up_to: `${YEAR}-06-30` },
    next_accounts: { period_start_on: `${YEAR}-07-01`, period_end_on: `${YEAR + 1}-09-30`, due_on: `${YEAR + 2}-06-30` },
  },
};

it('moves a filing in mid-job when its changed year end is accepted: same workflow, same stage, reminders planned anew', async () => {
  const { number, id, filing } = await company();
  const path = `/ltd-accounts/${filing.id}`;
  for (const stage of ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS']) await partner.post(`${path}/transitions`, { stage });
  change(number, { ...LONGER_YEAR, company_status_detail: 'active-proposal-to-strike-off' });
  const refreshed = await refresh(id);
  expect([refreshed.status, refreshed.body.data]).toMatchObject([
    200,
    {
      changes: expect.arrayContaining([
        { field: 'nextYearEnd', oldValue: `${YEAR + 1}-06-30`, newValue: `${YEAR + 1}-09-30`, isProposed: true },
        { field: 'nextAccountsDue', oldValue: `${YEAR + 2}-03-31`, newValue: `${YEAR + 2}-06-30`, isProposed: true },
        { field: 'companyStatusDetail', oldValue: null, newValue: 'active-proposal-to-strike-off', isProposed: false },
      ]),
    },
  ]);
  // Nothing moves before somebody has said so.
  expect(await client(id)).toMatchObject({ nextYearEnd: `${YEAR + 1}-06-30`, nextAccountsDue: `${YEAR + 2}-03-31` });
  const ids = (await proposals(id)).map((proposal) => proposal['id']);
  const accepted = await partner.post('/date-proposals/bulk-accept', { ids });
  expect(accepted.body).toMatchObject({ success: true, results: { successful: 2, failed: 0 } });
  expect(await client(id)).toMatchObject({ nextYearEnd: `${YEAR + 1}-09-30`, nextAccountsDue: `${YEAR + 2}-06-30` });
  expect((await partner.get(path)).row()).toMatchObject({
    currentStage: 'WORK_IN_PROGRESS',
    workflowId: filing.workflowId,
    filingPeriodStart: `${YEAR}-07-01`,
    filingPeriodEnd: `${YEAR + 1}-09-30`,
    accountsDueDate: `${YEAR + 2}-06-30`,
    ctDueDate: `${YEAR + 2}-04-01`,
    ctReturnDueDate: `${YEAR + 2}-09-30`,
    filingDueDate: `${YEAR + 2}-06-30`,
  });
  const planned = await practice.rows<{ planned_for: string }>(
    `SELECT planned_for FROM chase_reminders WHERE filing_id = $1 AND status = 'PLANNED' AND deadline = 'accountsDueDate'`,
    [filing.id],
  );
  expect(planned.map(({ planned_for: day }) => day)).toContain(`${YEAR + 2}-06-30`);
  const workflow = (await partner.get(`${path}/workflow`)).body.data;
  expect(workflow).toMatchObject({
    workflowId: filing.workflowId,
    dates: { periodEnd: `${YEAR + 1}-09-30` },
    dueDate: `${YEAR + 2}-06-30`,
  });
  // A longer period has two payments.
  const deadlines = (await partner.get(`${path}/deadlines`)).rows();
  expect(deadlines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: 'accountsDueDate',
        date: `${YEAR + 2}-06-30`,
        computed: `${YEAR + 2}-06-30`,
        official: `${YEAR + 2}-06-30`,
        source: 'COMPANIES_HOUSE',
        readAt: expect.any(String),
        isMismatch: false,
      }),
      expect.objectContaining({ name: 'ctDueDate', date: `${YEAR + 2}-04-01` }),
      expect.objectContaining({ name: 'ctSecondDueDate', date: `${YEAR + 2}-07-01` }),
    ]),
  );
  expect((await client(id))['corporationTax']).toMatchObject({
    status: 'IN_PROGRESS',
    periodStart: `${YEAR}-07-01`,
    periodEnd: `${YEAR + 1}-06-30`,
    periods: [
      { paymentDue: `${YEAR + 2}-04-01`, returnFilingDate: `${YEAR + 2}-09-30` },
      { paymentDue: `${YEAR + 2}-07-01`, returnFilingDate: `${YEAR + 2}-09-30` },
    ],
  });
  const actions = (await partner.get(`/clients/${id}/activity`)).rows().map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['CLIENT_REFRESHED', 'OFFICIAL_DATES_ACCEPTED', 'FILING_DEADLINES_CHANGED']));
});

it('moves a filing when a person changes the year end of the client', async () => {
  const { id, filing } = await company();
  const path = `/ltd-accounts/${filing.id}`;
  const dates = {
    nextYearEnd: `${YEAR + 1}-03-31`,
    nextAccountsDue: `${YEAR + 1}-12-31`,
    nextConfirmationDue: `${YEAR + 1}-07-31`,
  };
  expect((await partner.patch(`/clients/${id}`, dates)).status).toBe(200);
  await practice.until(async () => (await partner.get(path)).row()['filingPeriodEnd'] === `${YEAR + 1}-03-31`);
  expect((await partner.get(path)).row()).toMatchObject({
    accountsDueDate: `${YEAR + 1}-12-31`,
    ctDueDate: `${YEAR + 2}-01-01`,
    ctReturnDueDate: `${YEAR + 2}-03-31`,
    csDueDate: `${YEAR + 1}-07-31`,
  });
  expect((await partner.get(`${path}/deadlines`)).rows()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'csDueDate', official: `${YEAR + 1}-06-23`, source: 'STAFF', isMismatch: true }),
    ]),
  );
});

it.each([
  ['sooner', -3],
  ['later', 3],
])('moves the open filing after it along when a year comes to end %s', async (_case, months) => {
  const monthEnd = (shift: number): string => endOfMonth(addMonths(`${londonDateOf(Date.now()).slice(0, 7)}-01`, shift));
  const made = await partner.post('/clients', {
    ...CONTACT,
    companyName: 'Year End Ltd',
    companyType: 'LIMITED_COMPANY',
    incorporationDate: '2015-06-10',
    lastAccountsMadeUpTo: monthEnd(-14),
    nextYearEnd: monthEnd(-2),
    nextAccountsDue: monthEnd(7),
  });
  const { id } = made.row();
  const periods = async (): Promise<unknown[]> =>
    (await partner.get(`/clients/${id}/filings`))
      .rows()
      .map(({ periodStart, periodEnd, filingDueDate }) => [periodStart, periodEnd, filingDueDate]);
  const [, running] = Filings.parse(made.row()['openFilings']);
  expect(await periods()).toEqual([
    [addDays(monthEnd(-14), 1), monthEnd(-2), monthEnd(7)],
    [addDays(monthEnd(-2), 1), monthEnd(10), monthEnd(19)],
  ]);
  const moved = await partner.post(`/ltd-accounts/${running?.id}/transitions`, { stage: 'PAPERWORK_RECEIVED' });
  expect(moved.status).toBe(200);
  const end = monthEnd(-2 + months);
  expect((await partner.patch(`/clients/${id}`, { nextYearEnd: end, nextAccountsDue: monthEnd(7 + months) })).status).toBe(200);
  const expected = [
    [addDays(monthEnd(-14), 1), end, monthEnd(7 + months)],
    [addDays(end, 1), monthEnd(10 + months), monthEnd(19 + months)],
  ];
  await practice.until(async () => JSON.stringify(await periods()) === JSON.stringify(expected));
  await practice.temporal.schedule.getHandle('open-due-filings').trigger();
  const state = practice.temporal.workflow.getHandle(running?.workflowId ?? '').query<{ dates: object }>('filingState');
  expect((await state).dates).toMatchObject({ periodStart: addDays(end, 1), periodEnd: monthEnd(10 + months) });
  expect((await partner.get(`/ltd-accounts/${running?.id}`)).row()).toMatchObject({ currentStage: 'PAPERWORK_RECEIVED' });
  expect(await practice.runToEnd('commands/audit.ts')).toContain('\n0 violations');
  expect(await periods()).toEqual(expected);
});

it('decides a proposal once; what was rejected is not proposed again until another date is told', async () => {
  const { number, id, filing } = await company();
  const later = (next_due: string) => ({
    confirmation_statement: { last_made_up_to: `${YEAR}-06-09`, next_made_up_to: `${YEAR + 1}-06-09`, next_due },
  });
  change(number, later(`${YEAR + 1}-07-01`));
  await refresh(id);
  const [first] = await proposals(id);
  expect(first).toMatchObject({
    field: 'nextConfirmationDue',
    oldDate: `${YEAR + 1}-06-23`,
    newDate: `${YEAR + 1}-07-01`,
    source: 'COMPANIES_HOUSE',
    readAt: expect.any(String),
  });
  expect((await partner.post(`/date-proposals/${String(first?.['id'])}/reject`)).row()).toMatchObject({
    status: 'REJECTED',
    decidedBy: { name: 'Pat Partner' },
  });
  const again = await partner.post(`/date-proposals/${String(first?.['id'])}/accept`);
  expect([again.status, again.body.code]).toEqual([409, 'CONFLICT']);
  expect((await refresh(id)).body.data).toMatchObject({ changes: [] });
  // The mismatch stays to be seen.
  expect((await client(id))['deadlines']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: 'nextConfirmationDue',
        date: `${YEAR + 1}-06-23`,
        official: `${YEAR + 1}-07-01`,
        isMismatch: true,
      }),
    ]),
  );
  change(number, later(`${YEAR + 1}-08-01`));
  await refresh(id);
  change(number, later(`${YEAR + 1}-09-01`));
  await refresh(id);
  const [last, ...others] = await proposals(id);
  expect([last, others]).toMatchObject([{ newDate: `${YEAR + 1}-09-01` }, []]);
  await partner.post(`/date-proposals/${String(last?.['id'])}/accept`);
  expect((await partner.get(`/ltd-accounts/${filing.id}`)).row()).toMatchObject({ csDueDate: `${YEAR + 1}-09-01` });
});

it('shows staff the proposals of their own clients only, and lets them decide those', async () => {
  const [own, foreign] = [await company(), await company()];
  await partner.put(`/clients/${own.id}/assignments/ltd`, { userId: staffId });
  for (const { number, id } of [own, foreign]) {
    change(number, LONGER_YEAR);
    await refresh(id);
  }
  const seen = (await staff.get('/date-proposals?status=PENDING&limit=200')).rows();
  expect(new Set(seen.map(({ clientId }) => clientId))).toEqual(new Set([own.id]));
  await refresh(own.id);
  const told = (await staff.get('/notifications?limit=200')).rows().filter(({ type }) => type === 'DATES_PROPOSED');
  expect(told).toMatchObject([{ clientId: own.id, message: expect.stringContaining('Next year end') }]);
  const [hidden] = await proposals(foreign.id);
  for (const verb of ['accept', 'reject']) {
    expect((await staff.post(`/date-proposals/${String(hidden?.['id'])}/${verb}`)).status).toBe(404);
  }
  const ids = [...seen, hidden].map((proposal) => proposal?.['id']);
  expect((await staff.post('/date-proposals/bulk-accept', { ids })).body).toMatchObject({
    results: { successful: 2, failed: 1, errors: [expect.stringContaining('there is no such proposal')] },
  });
  expect((await refresh(foreign.id, staff)).status).toBe(404);
});

it('tells the assigned people of a company that is ending, once', async () => {
  const { number, id } = await company();
  await partner.put(`/clients/${id}/assignments/general`, { userId: staffId });
  change(number, { company_status: 'liquidation', has_been_liquidated: true });
  await refresh(id);
  await refresh(id);
  expect(await client(id)).toMatchObject({ companyStatus: 'liquidation', hasBeenLiquidated: true });
  const told = (await staff.get('/notifications'))
    .rows()
    .filter(({ clientId, type }) => clientId === id && type === 'COMPANY_STATUS');
  expect(told).toMatchObject([{ title: expect.stringContaining('is in liquidation') }]);
});

it('forgets a strike-off that was discontinued, and tells of the next one', async () => {
  const { number, id } = await company();
  const struckOff = { company_status_detail: 'active-proposal-to-strike-off', date_of_cessation: '2026-11-01' };
  const tolds = async (): Promise<number> =>
    (await partner.get('/notifications')).rows().filter(({ clientId, type }) => clientId === id && type === 'COMPANY_STATUS')
      .length;
  for (const [changes, shown, told] of [
    [struckOff, { companyStatusDetail: struckOff.company_status_detail, cessationDate: '2026-11-01' }, 1],
    [{}, { companyStatusDetail: null, cessationDate: null }, 1],
    [struckOff, { companyStatusDetail: struckOff.company_status_detail, cessationDate: '2026-11-01' }, 2],
  ] as const) {
    change(number, changes);
    await refresh(id);
    expect(await client(id)).toMatchObject(shown);
    expect(await tolds()).toBe(told);
  }
});

it.each<[string, Parameters<CompaniesHouseStandIn['misbehave']>[0]]>([
  ['a 500', { status: 500 }],
  ['a broken connection', 'reset'],
  ['a page of HTML', 'notJson'],
  ['a 429 that asks for a second', { status: 429, headers: { 'retry-after': '1' } }],
])('refreshes through %s', async (_case, misbehaviour) => {
  const { number, id } = await company();
  change(number, { company_status: 'dissolved' });
  standIn.misbehave(misbehaviour);
  const refreshed = await refresh(id);
  expect([refreshed.status, await client(id)]).toMatchObject([200, { companyStatus: 'dissolved' }]);
});

it.each([
  [404, 409, 'CONFLICT', /no company with this number/],
  [401, 502, 'PROVIDER_FAILED', /COMPANIES_HOUSE_API_KEY/],
])('answers a %s of Companies House with what to do', async (theirs, status, code, message) => {
  const { id } = await company();
  standIn.misbehave({ status: theirs }, 10);
  const refused = await refresh(id);
  expect([refused.status, refused.body.code]).toEqual([status, code]);
  expect(refused.body.message).toMatch(message);
});

it('refreshes many clients beside each other, and shows how far it has come', async () => {
  const clients = [await company(), await company(), await company()];
  for (const { number } of clients) change(number, { company_status: 'dissolved' });
  const [, gone] = clients;
  if (!gone) throw new Error('There are three');
  standIn.companies.delete(gone.number);
  const clientIds = [...clients.map(({ id }) => id), 'absent'];
  const previewed = await partner.post('/clients/companies-house/refresh', { clientIds, dryRun: true });
  expect([previewed.status, previewed.body]).toMatchObject([
    200,
    {
      data: { id: null },
      results: {
        successful: 3,
        failed: 1,
        records: [
          ...clients.map(({ id, clientCode }) => ({ id, label: clientCode, refusal: null, change: expect.any(String) })),
          { id: 'absent', label: null, refusal: 'there is no such client', change: null },
        ],
      },
    },
  ]);
  await practice.rows('DELETE FROM rate_limits');
  const started = await partner.post('/clients/companies-house/refresh', { clientIds });
  expect([started.status, started.body]).toMatchObject([202, { results: { successful: 3, failed: 1 } }]);
  const path = `/companies-house/refreshes/${String(Object(started.body.data).id)}`;
  await practice.until(async () => (await partner.get(path)).row()['status'] === 'COMPLETED');
  expect((await partner.get(path)).row()).toMatchObject({
    total: 3,
    done: 3,
    changed: 2,
    failed: 1,
    failures: [{ clientId: gone.id, failure: 'NOT_FOUND' }],
    stopped: null,
  });
  expect((await staff.get(path)).status).toBe(404);
});

it('has the weekly refresh as a Schedule that shows in the Temporal UI', async () => {
  const schedule = practice.temporal.schedule.getHandle('refresh-companies');
  expect((await schedule.describe()).memo).toMatchObject({ purpose: expect.stringContaining('Every week') });
  const { number, id } = await company();
  // Those of other tests would keep it waiting for its turn.
  await practice.rows('UPDATE clients SET company_number = NULL WHERE id <> $1', [id]);
  change(number, { company_status: 'dissolved' });
  await schedule.trigger();
  await practice.until(async () => (await client(id))['companyStatus'] === 'dissolved');
});

it('opens the filing of a client that comes the last working day before its deadline, and warns of it', async () => {
  const today = londonDateOf(Date.now());
  const bankHolidays = await practice.rows<{ date: string }>(`SELECT to_char(date, 'YYYY-MM-DD') AS date FROM bank_holidays`);
  const days = { workingDaysOnly: true, bankHolidays: bankHolidays.map(({ date }) => date) };
  const due = onOrAfter(addDays(today, 1), days);
  const { filing, id } = await company({
    accounts: {
      last_accounts: { made_up_to: addDays(today, -640) },
      next_accounts: { period_start_on: addDays(today, -639), period_end_on: addDays(today, -275), due_on: due },
    },
  });
  expect((await partner.get(`/ltd-accounts/${filing.id}`)).row()).toMatchObject({
    filingDueDate: due,
    daysLeft: daysBetween(today, due),
  });
  await practice.until(
    async () => (await practice.rows(`SELECT FROM chase_reminders WHERE filing_id = $1`, [filing.id])).length > 0,
  );
  const planned = await practice.rows<{ kind: string; recipient: string }>(
    `SELECT kind::text, recipient::text FROM chase_reminders WHERE filing_id = $1 AND planned_for BETWEEN $2 AND $3`,
    [filing.id, addDays(today, -4), addDays(due, 4)],
  );
  const kinds = new Set(planned.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(['PAPERWORK_REMINDER', 'DEADLINE_WARNING']));
  expect((await client(id))['deadlines']).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'nextAccountsDue', date: due, source: 'COMPANIES_HOUSE' })]),
  );
});
