import { addDays } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import { onOrAfter } from '../../domain/calendar/workingDays';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';
import type { TestClient, TestFiling } from '../harness/practice';
import { makeClient, makeVatQuarter } from '../harness/practice';

let server: ApiServer;
let manager: { id: string; api: ApiCaller };
let acorn: TestClient;
let running: TestFiling;

const today = londonDateOf(Date.now());
const periodEnd = addDays(today, 20);
const weekdays = { workingDaysOnly: true, bankHolidays: [] };

const PRACTICE = '/settings/chase-policies/vat';

beforeAll(async () => {
  server = await ApiServer.start();
  manager = await server.person('MANAGER');
  const { db } = server.database;
  acorn = await makeClient(db, 'Acorn Ltd');
  const quarter = { period: '2024-Q1', start: addDays(today, -70), end: periodEnd, due: addDays(today, 57) };
  running = await makeVatQuarter(db, acorn, quarter);
  const filed = await makeVatQuarter(db, acorn, { ...quarter, period: '2023-Q4', start: addDays(today, -160) });
  await db.VATQuarter.update({ isCompleted: true }, { where: { id: filed.filingId } });
}, 60_000);

afterAll(() => server.stop());

const policy = async (path: string): Promise<Record<string, unknown>> => Object((await manager.api.get(path)).body.data);

describe('a change that is only tried', () => {
  it.each([
    ['in the query', `${PRACTICE}?dryRun=true`, {}],
    ['in the body', PRACTICE, { dryRun: true }],
  ])('tells which filings it changes, with the next reminder before and after: %s', async (_case, path, body) => {
    const tried = await manager.api.put(path, { firstReminderAfterDays: 8, ...body });
    expect(tried.status).toBe(200);
    expect(tried.body.data).toMatchObject({
      firstReminderAfterDays: 8,
      version: 0,
      preview: {
        filings: [
          {
            filingId: running.filingId,
            clientCode: acorn.code,
            period: '2024-Q1',
            nextReminderBefore: { kind: 'PAPERWORK_REMINDER', plannedFor: onOrAfter(addDays(periodEnd, 1), weekdays) },
            nextReminderAfter: { kind: 'PAPERWORK_REMINDER', plannedFor: onOrAfter(addDays(periodEnd, 8), weekdays) },
          },
        ],
        unchanged: 0,
      },
    });
    expect(tried.body.message).toContain('1 of 1');
    expect(await policy(PRACTICE)).toMatchObject({ firstReminderAfterDays: 1, version: 0 });
    expect(await server.database.db.ActivityLog.count({ where: { action: 'CHASE_POLICY_CHANGED' } })).toBe(0);
  });

  it('leaves filings alone that the change does not concern', async () => {
    const tried = await manager.api.put(`${PRACTICE}?dryRun=true`, { clientReminderEveryWorkingDays: 9 });
    expect(tried.body.data).toMatchObject({ preview: { filings: [], unchanged: 1 } });
    const other = await manager.api.put('/settings/chase-policies/ltd?dryRun=true', { stuckAfterDays: 3 });
    expect(other.body.data).toMatchObject({ preview: { filings: [], unchanged: 0 } });
  });
});

it.each([
  [{ stuckAfterDays: 'often' }, 'stuckAfterDays', 'Stuck after days must be a number'],
  [{ stuckAfterDays: 0 }, 'stuckAfterDays', 'Stuck after days must be 1 or more'],
  [{ reminderEveryDays: 1.5 }, 'reminderEveryDays', 'Reminder every days must be a whole number'],
  [{ closer: [{ withinDays: 14 }] }, 'closer.0.everyDays', 'Closer, entry 1, every days must be given'],
  [{ workingDaysOnly: 'yes' }, 'workingDaysOnly', 'Working days only must be true or false'],
  [{ sendTime: 'noon' }, 'sendTime', 'Must be a time like 09:00'],
])('refuses %j with a sentence that names the field', async (change, path, message) => {
  const refused = await manager.api.put(PRACTICE, change);
  expect([refused.status, refused.body.errors]).toEqual([422, [{ path, message }]]);
});

it('names in the same way a filter of a list that there is not', async () => {
  const refused = await manager.api.get('/vat-quarters?stage=NOPE');
  expect(refused.body.message).toMatch(/^Stage must be one of PAPERWORK_PENDING_CHASE, /);
});

it('is changed in the audit trail: who, which version, and what from and to', async () => {
  expect((await manager.api.put(PRACTICE, { stuckAfterDays: 6 })).body.data).toMatchObject({ stuckAfterDays: 6, version: 1 });
  const logged = await server.database.db.ActivityLog.findAll({ where: { action: 'CHASE_POLICY_CHANGED' } });
  expect(logged).toMatchObject([
    {
      userId: manager.id,
      details: { policyKind: 'VAT', version: 1, before: { stuckAfterDays: 5 }, after: { stuckAfterDays: 6 } },
    },
  ]);
});

it('of a client counts for its filings alone until it is taken away, and each change has a later version', async () => {
  const own = `/clients/${acorn.id}/chase-policy/vat`;
  const tried = await manager.api.put(`${own}?dryRun=true`, { sendTime: '10:30' });
  expect(tried.body.data).toMatchObject({ isClientsOwn: false, preview: { filings: [{ filingId: running.filingId }] } });
  expect((await manager.api.put(own, { sendTime: '10:30' })).body.data).toMatchObject({ sendTime: '10:30', version: 2 });
  expect(await policy(PRACTICE)).toMatchObject({ sendTime: '09:00', version: 1 });
  const practice = await manager.api.put(`${PRACTICE}?dryRun=true`, { sendTime: '11:00' });
  expect(practice.body.data).toMatchObject({ preview: { filings: [], unchanged: 0 } });
  const removal = await manager.api.send('DELETE', `${own}?dryRun=true`);
  expect(removal.body.data).toMatchObject({
    sendTime: '09:00',
    isClientsOwn: false,
    preview: { filings: [{ filingId: running.filingId }], unchanged: 0 },
  });
  expect(await policy(own)).toMatchObject({ sendTime: '10:30', version: 2, isClientsOwn: true });
  expect((await manager.api.send('DELETE', own)).body.data).toMatchObject({ sendTime: '09:00', version: 3, isClientsOwn: false });
  expect(await policy(own)).toMatchObject({ sendTime: '09:00', isClientsOwn: false });
  expect((await manager.api.send('DELETE', own)).status).toBe(404);
  expect((await manager.api.send('DELETE', `${own}?dryRun=true`)).status).toBe(404);
});

it.each([[{}], [{ dryRun: true }], [{ sendTime: '9am' }], [{ reminderEveryDays: 0 }], [{ unknown: 1 }]])(
  'refuses %j',
  async (body) => {
    expect((await manager.api.put(PRACTICE, body)).status).toBe(422);
  },
);
