import { addDays, addMonths, endOfMonth } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { vatDue } from '../../domain/uk/vatPeriods';
import type { ApiCaller } from '../harness/apiCaller';
import { RunningPractice } from '../harness/runningPractice';

let practice: RunningPractice;
let partner: ApiCaller;

beforeAll(async () => {
  practice = await RunningPractice.start();
  partner = await practice.partner();
}, 90_000);

afterAll(() => practice.stop(), 60_000);

const thisMonth = `${londonDateOf(Date.now()).slice(0, 8)}01`;
const lastMonth = addMonths(thisMonth, -1);

/** A period with the state of its filing: `2024-01-01 to 2024-01-31, due 2024-03-07, open in WORK_IN_PROGRESS`. */
function period(start: string, end: string, state: string, due = vatDue(end)): string {
  return `${start} to ${end}, due ${due}, ${state}`;
}

async function filingsOf(clientId: string): Promise<string[]> {
  const rows = await practice.rows<{ start: string; end: string; due: string; state: string }>(
    `SELECT quarter_start_date AS start, quarter_end_date AS end, filing_due_date AS due,
       CASE WHEN is_cancelled THEN 'cancelled in ' ELSE 'open in ' END || current_stage AS state
     FROM vat_quarters WHERE client_id = $1 ORDER BY quarter_start_date`,
    [clientId],
  );
  return rows.map(({ start, end, due, state }) => period(start, end, state, due));
}

async function addClient(companyName: string): Promise<string> {
  const created = await partner.post('/clients', {
    companyName,
    companyType: 'NON_LIMITED_COMPANY',
    contactName: 'Casey Contact',
    contactEmail: 'casey@example.com',
    isVatEnabled: true,
    vatFrequency: 'Monthly',
    vatRegistrationDate: lastMonth,
  });
  return created.row().id;
}

/** Waits until the filings of a client are these, and nothing that was asked for is under way. */
async function untilFilings(id: string, expected: string[]): Promise<void> {
  const pending = `SELECT FROM filing_requests WHERE status = 'PENDING'`;
  const isSo = async (): Promise<boolean> =>
    (await filingsOf(id)).join() === expected.join() && (await practice.rows(pending)).length === 0;
  await practice.until(isSo).catch(() => undefined);
  expect(await filingsOf(id)).toEqual(expected);
}

it('shortens and cancels when deregistration is set, and gives back when it is moved or taken back', async () => {
  const id = await addClient('Leaving VAT');
  const [first] = (await partner.get(`/vat-quarters?clientId=${id}&sortBy=filingDueDate`)).rows();
  const path = `/vat-quarters/${String(first?.['id'])}`;
  expect((await partner.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' })).status).toBe(200);
  const stage = 'PAPERWORK_RECEIVED';
  const next = 'PAPERWORK_PENDING_CHASE';
  const become = async (vatDeregistrationDate: string | null, expected: string[]): Promise<void> => {
    expect((await partner.patch(`/clients/${id}`, { vatDeregistrationDate })).status).toBe(200);
    await untilFilings(id, expected);
  };
  const whole = period(lastMonth, endOfMonth(lastMonth), `open in ${stage}`);
  const running = period(thisMonth, endOfMonth(thisMonth), `open in ${next}`);
  const cancelled = period(thisMonth, endOfMonth(thisMonth), `cancelled in ${next}`);
  const [early, later, afterwards] = [addDays(lastMonth, 9), addDays(lastMonth, 19), addDays(thisMonth, 4)];
  expect(await filingsOf(id)).toEqual([whole, running]);
  await become(early, [period(lastMonth, early, `open in ${stage}`), cancelled]);
  await become(later, [period(lastMonth, later, `open in ${stage}`), cancelled]);
  await become(afterwards, [whole, period(thisMonth, afterwards, `open in ${next}`)]);
  await become(early, [period(lastMonth, early, `open in ${stage}`), period(thisMonth, afterwards, `cancelled in ${next}`)]);
  await become(null, [whole, running]);

  const log = (await partner.get(`/activity-logs?clientId=${id}&limit=100`)).rows();
  const counts = (action: string): number => log.filter((entry) => entry['action'] === action).length;
  expect([counts('CLIENT_UPDATED'), counts('FILING_CANCELLED'), counts('FILING_REOPENED')]).toEqual([5, 2, 2]);
  expect(counts('FILING_DEADLINES_CHANGED')).toBe(7);
  expect(log.find(({ action }) => action === 'CLIENT_UPDATED')).toMatchObject({
    details: { before: { vat_deregistration_date: early }, after: { vat_deregistration_date: null } },
  });
  expect(log.find(({ action }) => action === 'FILING_REOPENED')).toMatchObject({
    details: { actorName: 'system for Pat Partner', after: { stage: next } },
  });
  // A reopened filing is chased on by its new run.
  const [, reopened] = (await partner.get(`/vat-quarters?clientId=${id}&sortBy=filingDueDate`)).rows();
  const workflow = await partner.get(`/vat-quarters/${String(reopened?.['id'])}/workflow`);
  expect(workflow.body).toMatchObject({ data: { status: 'RUNNING', dates: { periodEnd: endOfMonth(thisMonth) } } });
});

it('restores what archiving had cancelled as far as the registration reaches by then', async () => {
  const id = await addClient('Away for a while');
  const next = 'PAPERWORK_PENDING_CHASE';
  const both = (state: string): string[] => [
    period(lastMonth, endOfMonth(lastMonth), `${state} in ${next}`),
    period(thisMonth, endOfMonth(thisMonth), `${state} in ${next}`),
  ];
  const last = addDays(lastMonth, 9);
  const cut = (state: string): string[] => [
    period(lastMonth, last, `${state} in ${next}`),
    period(thisMonth, endOfMonth(thisMonth), `cancelled in ${next}`),
  ];
  const archived = async (vatDeregistrationDate: string | null, away: string[], back: string[]): Promise<void> => {
    expect((await partner.post(`/clients/${id}/archive`)).status).toBe(200);
    await untilFilings(id, away);
    expect((await partner.patch(`/clients/${id}`, { vatDeregistrationDate })).status).toBe(200);
    expect((await partner.post(`/clients/${id}/restore`)).status).toBe(200);
    await untilFilings(id, back);
  };
  await untilFilings(id, both('open'));
  await archived(last, both('cancelled'), cut('open'));
  await archived(null, cut('cancelled'), both('open'));
});
