import { z } from 'zod';
import { addDays, addMonths } from '../../domain/calendar/dates';
import { londonDateOf, londonInstant } from '../../domain/calendar/london';
import { newId } from '../../models/ids';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';
import type { TestFiling } from '../harness/practice';
import { makeClient, makeLtdAccounts, makeVatQuarter } from '../harness/practice';

let server: ApiServer;
let manager: { id: string; api: ApiCaller };
let staff: { id: string; api: ApiCaller };
let soon: TestFiling;
let filed: TestFiling;
let late: TestFiling;

const today = londonDateOf(Date.now());
const inDays = (days: number): string => addDays(today, days);

/** Three clients' filings: one due in ten days, the staff member's; one overdue; one filed and due today; accounts due later. */
beforeAll(async () => {
  server = await ApiServer.start();
  manager = await server.person('MANAGER');
  staff = await server.person('STAFF');
  const { db } = server.database;
  const acorn = await makeClient(db, '=Acorn Ltd');
  const bluebell = await makeClient(db, 'Bluebell Ltd');
  const quarter = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31' };
  soon = await makeVatQuarter(db, bluebell, { ...quarter, due: inDays(10) }, staff.id);
  filed = await makeVatQuarter(db, acorn, { ...quarter, due: today }, manager.id);
  await db.VATQuarter.update({ isCompleted: true, currentStage: 'FILED_TO_HMRC' }, { where: { id: filed.filingId } });
  late = await makeVatQuarter(db, acorn, { ...quarter, period: '2023-Q4', start: '2023-10-01', due: inDays(-5) }, manager.id);
  const year = { start: '2023-04-01', end: '2024-03-31' };
  await makeLtdAccounts(
    db,
    bluebell,
    { ...year, accountsDue: inDays(20), ctDue: inDays(21), ctReturnDue: inDays(90) },
    manager.id,
  );
}, 60_000);

afterAll(() => server.stop());

async function csv(person: { api: ApiCaller }, path: string): Promise<string[]> {
  const reply = await person.api.get(path, { accept: 'text/csv' });
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  return reply.text.trimEnd().split('\r\n');
}

describe('deadlines', () => {
  const days = async (person: { api: ApiCaller }, query: string): Promise<unknown[]> => {
    const rows = (await person.api.get(`/reports/deadlines?${query}`)).rows();
    return rows.map(({ date, deadlines }) => [date, deadlines]);
  };
  const deadline = (label: string, daysLeft: number, colour: string, isMet = false): unknown =>
    expect.objectContaining({ label, daysLeft, colour, isMet });

  it('come day by day, coloured by their closeness; what is filed is never red, what has passed unmet is', async () => {
    expect(await days(manager, 'days=30')).toEqual([
      [inDays(-5), [deadline('VAT return', -5, 'red')]],
      [today, [deadline('VAT return', 0, 'green', true)]],
      [inDays(10), [deadline('VAT return', 10, 'amber')]],
      [inDays(20), [deadline('Accounts', 20, 'green')]],
      [inDays(21), [deadline('Corporation Tax payment', 21, 'green')]],
    ]);
  });

  it('are narrowed down by kind, client and person, and for staff to their own', async () => {
    expect(await days(manager, 'days=30&kind=ltd-accounts')).toHaveLength(2);
    expect(await days(manager, `days=0&assignedUserId=${manager.id}`)).toHaveLength(2);
    expect(await days(staff, 'days=400')).toEqual([[inDays(10), [deadline('VAT return', 10, 'amber')]]]);
    expect(await days(staff, `days=400&assignedUserId=${manager.id}`)).toEqual([]);
  });

  it.each(['days=-1', 'days=x', 'kind=payroll', 'userId=x'])('refuse %s', async (query) => {
    expect((await manager.api.get(`/reports/deadlines?${query}`)).status).toBe(422);
  });
});

it('tells what is overdue, and for how long', async () => {
  const overdue = await manager.api.get('/reports/overdue');
  expect(overdue.rows()).toEqual([
    expect.objectContaining({
      filingId: late.filingId,
      companyName: '=Acorn Ltd',
      daysOverdue: 5,
      assignedUserName: 'MANAGER person',
    }),
  ]);
  expect((await staff.api.get('/reports/overdue')).rows()).toEqual([]);
});

it('counts open filings in every stage that they can be in', async () => {
  const stages = (await manager.api.get('/reports/stages?kind=vat-quarters')).rows();
  expect(stages).toHaveLength(10);
  expect(stages[0]).toEqual({ kind: 'VAT_QUARTER', stage: 'PAPERWORK_PENDING_CHASE', count: 2, overdue: 1 });
  expect(stages.slice(1).every(({ count }) => count === 0)).toBe(true);
});

describe('time in stage', () => {
  /** So many days in each stage that the filing left, by a person. */
  async function moved(filing: TestFiling, moves: [from: string, to: string, days: number, by: string][]): Promise<void> {
    for (const [index, [from, to, days, by]] of moves.entries()) {
      await server.database.db.pool.query(
        `INSERT INTO vat_workflow_history (id, filing_id, from_stage, to_stage, stage_changed_at, days_in_previous_stage, user_id, user_name,
           user_role, source, transition_id, sequence)
         VALUES ($1, $2, $3::vat_workflow_stage, $4::vat_workflow_stage, $5, $6, $7, 'x', 'STAFF', 'API', $1, $8)`,
        [newId(), filing.filingId, from, to, new Date(londonInstant('2024-07-01', '00:30')), days, by, index + 1],
      );
    }
  }

  beforeAll(async () => {
    const work: [string, string] = ['WORK_IN_PROGRESS', 'QUERIES_PENDING'];
    const back: [string, string] = ['QUERIES_PENDING', 'WORK_IN_PROGRESS'];
    await moved(late, [
      [...work, 2, manager.id],
      [...back, 0, manager.id],
      [...work, 15, manager.id],
    ]);
    await moved(soon, [[...work, 12, staff.id]]);
  });

  const times = async (person: { api: ApiCaller }, query = ''): Promise<unknown[]> =>
    (await person.api.get(`/reports/time-in-stage?kind=vat-quarters${query}`))
      .rows()
      .map(({ stage, userName, moves, medianDays, percentile90Days }) => [stage, userName, moves, medianDays, percentile90Days]);

  it('has median and 90th percentile of each stage, of everybody and by person', async () => {
    expect(await times(manager)).toEqual([
      ['WORK_IN_PROGRESS', null, 3, 12, 14.4],
      ['WORK_IN_PROGRESS', 'MANAGER person', 2, 8.5, 13.7],
      ['WORK_IN_PROGRESS', 'STAFF person', 1, 12, 12],
      ['QUERIES_PENDING', null, 1, 0, 0],
      ['QUERIES_PENDING', 'MANAGER person', 1, 0, 0],
    ]);
  });

  it('counts moves between dates of London, in some stages, and for staff those of their own filings', async () => {
    expect(await times(manager, '&to=2024-06-30')).toEqual([]);
    expect(await times(manager, '&from=2024-07-01&to=2024-07-01&stages=QUERIES_PENDING')).toHaveLength(2);
    expect(await times(staff)).toEqual([
      ['WORK_IN_PROGRESS', null, 1, 12, 12],
      ['WORK_IN_PROGRESS', 'STAFF person', 1, 12, 12],
    ]);
  });
});

describe('the chase ledger', () => {
  async function planned(filing: TestFiling, kind: string, fields: Record<string, unknown>): Promise<void> {
    const { db } = server.database;
    const quarter = await db.VATQuarter.findByPk(filing.filingId, { rejectOnEmpty: true });
    await db.pool.query(
      `INSERT INTO chase_reminders (id, filing_kind, filing_id, client_id, kind, planned_for, planned_at, recipient, policy_version, status, reason, sent_at)
       VALUES ($1, 'VAT_QUARTER', $2, $3, $4::reminder_kind, $5, $6, $7::reminder_recipient, 7, $8::reminder_status, $9, $10)`,
      [
        newId(),
        filing.filingId,
        quarter.clientId,
        kind,
        '2024-04-02',
        '2024-04-02T08:00:00Z',
        kind.endsWith('REMINDER') ? 'CLIENT' : 'ASSIGNED',
        fields['status'] ?? 'PLANNED',
        fields['reason'] ?? null,
        fields['sentAt'] ?? null,
      ],
    );
  }

  beforeAll(async () => {
    await planned(soon, 'PAPERWORK_REMINDER', { status: 'SENT', sentAt: '2024-04-02T08:00:01Z' });
    await planned(soon, 'STUCK', {});
    await planned(late, 'PAPERWORK_REMINDER', { status: 'SUPPRESSED', reason: 'PAUSED' });
    await planned(filed, 'PAPERWORK_REMINDER', { status: 'FAILED', reason: 'EMAIL_FAILED' });
  });

  const chases = async (person: { api: ApiCaller }, query: string): Promise<Record<string, unknown>> => {
    const { data } = (await person.api.get(`/reports/chases?${query}`)).body;
    return Object(data);
  };

  it('adds up: planned = sent + suppressed + outstanding, each with why', async () => {
    const { totals, items } = await chases(manager, 'date=2024-04-02');
    expect(totals).toEqual({ planned: 4, sent: 1, suppressed: 2, outstanding: 1 });
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          filingId: soon.filingId,
          reminder: 'PAPERWORK_REMINDER',
          recipient: 'CLIENT',
          status: 'SENT',
          policyVersion: 7,
        }),
        expect.objectContaining({ filingId: soon.filingId, reminder: 'STUCK', recipient: 'ASSIGNED', status: 'OUTSTANDING' }),
        expect.objectContaining({
          filingId: late.filingId,
          status: 'SUPPRESSED',
          reason: 'PAUSED',
          explanation: 'Chasing was paused',
        }),
        expect.objectContaining({ filingId: filed.filingId, status: 'SUPPRESSED', reason: 'EMAIL_FAILED' }),
      ]),
    );
  });

  it('shows staff their own, and of a day without chases nothing', async () => {
    const none = { planned: 0, sent: 0, suppressed: 0, outstanding: 0 };
    expect((await chases(staff, 'date=2024-04-02'))['totals']).toEqual({ ...none, planned: 2, sent: 1, outstanding: 1 });
    expect((await chases(manager, 'date=2024-04-03'))['totals']).toEqual(none);
    expect((await chases(manager, 'date=2024-04-02&status=SUPPRESSED&recipient=CLIENT'))['totals']).toMatchObject({ planned: 2 });
  });

  it('tells how many reminders it took until the paperwork came', async () => {
    await server.database.db.VATQuarter.update(
      { paperworkReceivedDate: new Date('2024-04-10T12:00:00Z') },
      { where: { id: soon.filingId } },
    );
    const groups = (await manager.api.get('/reports/chase-effectiveness?kind=vat-quarters')).rows();
    expect(groups).toEqual([
      { kind: 'VAT_QUARTER', paperwork: 'RECEIVED', reminders: 1, filings: 1, medianDays: 10 },
      { kind: 'VAT_QUARTER', paperwork: 'WAITING', reminders: 0, filings: 1, medianDays: null },
    ]);
    expect((await manager.api.get('/reports/chase-effectiveness?kind=vat-quarters&from=2024-04-11')).rows()).toHaveLength(1);
  });
});

describe('as CSV', () => {
  it('makes what a spreadsheet would calculate harmless, by Accept and by .csv alike', async () => {
    const lines = await csv(manager, '/reports/overdue');
    expect(lines).toEqual([
      'Due,Days overdue,Kind,Client,Company,Period,Stage,Waiting for,Days in stage,Reminders sent,Assigned to',
      expect.stringMatching(new RegExp(`^${inDays(-5)},5,VAT_QUARTER,NZ-\\d+,'=Acorn Ltd,2023-Q4,`)),
    ]);
    expect(await csv(manager, '/reports/overdue.csv')).toEqual(lines);
  });

  it('holds for staff their own only', async () => {
    expect(await csv(staff, '/reports/overdue')).toHaveLength(1);
    expect(await csv(staff, '/reports/deadlines.csv?days=400')).toHaveLength(2);
    expect(await csv(staff, '/reports/chases.csv?date=2024-04-02')).toHaveLength(3);
  });

  it('is in the activity log: who took what away', async () => {
    const rows = await server.database.db.ActivityLog.findAll({ where: { action: 'DATA_EXPORTED', userId: staff.id } });
    expect(rows.map(({ details }) => details)).toContainEqual(
      expect.objectContaining({ what: 'deadlines', filters: { days: 400 }, rows: 1 }),
    );
  });
});

describe('confirmation statements', () => {
  let carer: { id: string; api: ApiCaller };

  /** A company with dates; gives its id. */
  async function company(companyName: string, fields: Record<string, unknown>): Promise<string> {
    const { db } = server.database;
    const { id } = await makeClient(db, companyName);
    await db.Client.update(fields, { where: { id } });
    return id;
  }

  beforeAll(async () => {
    carer = await server.person('STAFF', 'Carrie Carer');
    const theirs = { ltdCompanyAssignedUserId: carer.id };
    await company('Told Ltd', { ...theirs, nextConfirmationDue: inDays(5), incorporationDate: '2020-01-01' });
    await company('Late Ltd', { assignedUserId: carer.id, nextConfirmationDue: inDays(-2) });
    // Twelve months after the last statement, and fourteen days.
    await company('Computed Ltd', { ...theirs, lastConfirmationMadeUpTo: addMonths(inDays(16), -12) });
    await company('Unknown Ltd', theirs);
    await company('Later Ltd', { ...theirs, nextConfirmationDue: inDays(60) });
    await company('Archived Ltd', { ...theirs, nextConfirmationDue: inDays(5), isActive: false });
    await company('Dissolved Ltd', { ...theirs, nextConfirmationDue: inDays(5), cessationDate: inDays(-1) });
    await company('Trader', { ...theirs, nextConfirmationDue: inDays(5), companyType: 'NON_LIMITED_COMPANY' });
    await company('Of others Ltd', { vatAssignedUserId: carer.id, nextConfirmationDue: inDays(5) });
  });

  type Day = { date: string; deadlines: Record<string, unknown>[] };
  const days = async (person: { api: ApiCaller }, query: string): Promise<unknown[]> => {
    const found: Day[] = z
      .array(z.object({ date: z.string(), deadlines: z.array(z.record(z.string(), z.unknown())) }))
      .parse((await person.api.get(`/reports/deadlines?${query}`)).body.data);
    return found.flatMap(({ date, deadlines }) => deadlines.map(({ companyName }) => `${String(companyName)} ${date}`));
  };
  const kind = 'kind=confirmation-statements';
  const own = [`Late Ltd ${inDays(-2)}`, `Told Ltd ${inDays(5)}`, `Computed Ltd ${inDays(30)}`];

  it('are among the deadlines: as Companies House says, else computed; late ones, and only those of active companies', async () => {
    expect(await days(carer, 'days=30')).toEqual(own);
    expect(await days(carer, `days=30&${kind}`)).toEqual(own);
    expect(await days(carer, 'days=30&kind=ltd-accounts')).toEqual([]);
    const [, day] = (await carer.api.get(`/reports/deadlines?days=30&${kind}`)).rows();
    expect(day).toMatchObject({
      deadlines: [
        {
          kind: 'CONFIRMATION_STATEMENT',
          label: 'Confirmation statement',
          filingId: null,
          stage: null,
          period: inDays(-9),
          daysLeft: 5,
          isMet: false,
          colour: 'amber',
          assignedUserId: carer.id,
          assignedUserName: 'Carrie Carer',
        },
      ],
    });
  });

  it('are narrowed down by client and person', async () => {
    expect(await days(manager, `days=30&${kind}`)).toHaveLength(4);
    expect(await days(manager, `days=30&${kind}&assignedUserId=${carer.id}`)).toEqual(own);
    const late = (await carer.api.get(`/clients?search=Late`)).rows()[0]?.['id'];
    expect(await days(manager, `days=30&clientId=${String(late)}`)).toEqual(own.slice(0, 1));
    expect((await manager.api.get(`/reports/overdue?${kind}`)).status).toBe(422);
  });

  it('are in the CSV file and in the calendar', async () => {
    const [, late] = await csv(carer, `/reports/deadlines?days=30&${kind}`);
    expect(late).toMatch(
      new RegExp(`^${inDays(-2)},Confirmation statement,NZ-\\d+,Late Ltd,${inDays(-16)},,-2,false,red,Carrie Carer$`),
    );
    const link = z.object({ url: z.string() }).parse((await carer.api.post('/calendar-link')).body.data).url;
    const feed = (await (await fetch(link)).text()).replaceAll('\r\n ', '');
    expect(feed.match(/SUMMARY:.*/g)?.toSorted()).toEqual([
      'SUMMARY:Computed Ltd: Confirmation statement due',
      'SUMMARY:Late Ltd: Confirmation statement due',
      'SUMMARY:Later Ltd: Confirmation statement due',
      'SUMMARY:Told Ltd: Confirmation statement due',
    ]);
    expect(feed).toMatch(
      new RegExp(`DESCRIPTION:Confirmation statement to ${inDays(-9)} of NZ-\\d+\\\\nAssigned to Carrie Carer`),
    );
  });
});
