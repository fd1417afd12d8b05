import { addDays } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { TO_PARTNER_APPROVED } from '../harness/accountsStages';
import type { ApiCaller } from '../harness/apiCaller';
import { YEAR } from '../harness/exampleCompany';
import type { RunningPractice } from '../harness/runningPractice';
import { CompaniesHousePractice } from './companiesHousePractice';

let system: CompaniesHousePractice;
let practice: RunningPractice;
let partner: ApiCaller;

beforeAll(async () => {
  system = await CompaniesHousePractice.start();
  ({ practice, partner } = system);
}, 300_000);

afterAll(() => system.stop(), 120_000);

it('follows the accounts: pending, in progress, filed, and back when HMRC rejects the return', async () => {
  const { id, filing } = await system.company();
  const path = `/ltd-accounts/${filing.id}`;
  const status = async () => (await system.client(id))['corporationTax'];
  expect(await status()).toMatchObject({
    status: 'PENDING',
    periodStart: `${YEAR}-07-01`,
    periodEnd: `${YEAR + 1}-06-30`,
    dueDate: `${YEAR + 2}-04-01`,
    returnDueDate: `${YEAR + 2}-06-30`,
    dueSource: 'AUTO',
  });
  for (const stage of TO_PARTNER_APPROVED) {
    expect((await partner.post(`${path}/transitions`, { stage })).status).toBe(200);
  }
  expect(await status()).toMatchObject({ status: 'IN_PROGRESS', statusChangedBy: { name: 'Pat Partner' } });
  const filed = { stage: 'FILED', filedTo: ['COMPANIES_HOUSE', 'HMRC'] };
  expect((await partner.post(`${path}/transitions`, filed)).status).toBe(200);
  expect(await status()).toMatchObject({ status: 'FILED', statusChangedAt: expect.any(String) });
  await partner.post(`${path}/reopen`, { notes: 'Rejected by HMRC', rejectedBy: ['HMRC'] });
  expect(await status()).toMatchObject({ status: 'IN_PROGRESS' });
});

it('takes a status and a payment date from a person, which the filing follows, until it is taken away', async () => {
  const { id, filing } = await system.company();
  const path = `/ltd-accounts/${filing.id}`;
  const set = (body: unknown) => partner.put(`/clients/${id}/corporation-tax`, body);
  const changed = await set({ status: 'IN_PROGRESS', dueOverride: `${YEAR + 2}-01-14`, note: 'Large company: by instalments' });
  expect(changed.row()['corporationTax']).toMatchObject({
    status: 'IN_PROGRESS',
    dueDate: `${YEAR + 2}-01-14`,
    dueSource: 'MANUAL',
    computedDueDate: `${YEAR + 2}-04-01`,
    statusChangedBy: { name: 'Pat Partner' },
  });
  await practice.until(async () => (await partner.get(path)).row()['ctDueDate'] === `${YEAR + 2}-01-14`);
  expect((await partner.get(`${path}/deadlines`)).rows()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'ctDueDate', source: 'STAFF', computed: `${YEAR + 2}-04-01`, isMismatch: true }),
    ]),
  );
  expect((await set({ status: 'NOT_REQUIRED', dueOverride: null })).row()['corporationTax']).toMatchObject({
    status: 'NOT_REQUIRED',
    dueDate: `${YEAR + 2}-04-01`,
    dueSource: 'AUTO',
  });
  await practice.until(async () => (await partner.get(path)).row()['ctDueDate'] === `${YEAR + 2}-04-01`);
  const [latest] = (await partner.get('/activity-logs?action=CORPORATION_TAX_CHANGED&limit=1')).rows();
  expect(latest).toMatchObject({ details: { before: { corporation_tax_status: 'IN_PROGRESS' } } });
  for (const [body, field] of [
    [{ status: 'OVERDUE' }, 'status'],
    [{ status: 'LATE' }, 'status'],
    [{ status: 'PENDING', dueOverride: '2020-01-01' }, 'dueOverride'],
    [{ status: 'PENDING', dueOverride: `${YEAR + 2}-02-30` }, 'dueOverride'],
  ] as const) {
    const refused = await set(body);
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: field }]]);
  }
});

it('is due on the computed date as soon as the payment date is taken away, before the filing has followed', async () => {
  const { id, filing } = await system.company();
  const set = (dueOverride: string | null) => partner.put(`/clients/${id}/corporation-tax`, { status: 'PENDING', dueOverride });
  await set(`${YEAR + 2}-01-14`);
  const path = `/ltd-accounts/${filing.id}`;
  await practice.until(async () => (await partner.get(path)).row()['ctDueDate'] === `${YEAR + 2}-01-14`);
  const recording = await practice.database.db.pool.connect();
  try {
    await recording.query('BEGIN');
    await recording.query('SELECT FROM ltd_accounts_workflows WHERE id = $1 FOR UPDATE', [filing.id]);
    await set(null);
    // Every change of a client looks at its Corporation Tax again.
    expect((await partner.patch(`/clients/${id}`, { contactName: 'Robin Contact' })).status).toBe(200);
    expect((await system.client(id))['corporationTax']).toMatchObject({ dueDate: `${YEAR + 2}-04-01`, dueSource: 'AUTO' });
  } finally {
    await recording.query('ROLLBACK');
    recording.release();
  }
  await practice.until(async () => (await partner.get(path)).row()['ctDueDate'] === `${YEAR + 2}-04-01`);
  expect((await system.client(id))['corporationTax']).toMatchObject({ dueDate: `${YEAR + 2}-04-01`, dueSource: 'AUTO' });
});

it('is overdue from the day after its payment was due, by the daily sweep', async () => {
  const { id } = await system.company();
  // What the workflow records when it opens would write over the date that follows.
  const taken = `SELECT FROM ltd_accounts_workflows WHERE client_id = $1 AND run_id IS NOT NULL`;
  await practice.until(async () => (await practice.rows(taken, [id])).length > 0);
  await practice.rows(`UPDATE clients SET next_corporation_tax_due = NULL, corporation_tax_period_start = NULL WHERE id = $1`, [
    id,
  ]);
  const yesterday = addDays(londonDateOf(Date.now()), -1);
  await practice.rows(`UPDATE ltd_accounts_workflows SET ct_due_date = $2 WHERE client_id = $1`, [id, yesterday]);
  await practice.temporal.schedule.getHandle('follow-corporation-tax').trigger();
  await practice.until(async () => Object((await system.client(id))['corporationTax']).status === 'OVERDUE');
  expect((await system.client(id))['corporationTax']).toMatchObject({ statusChangedBy: { name: 'system' }, dueDate: yesterday });
});
