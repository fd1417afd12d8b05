import type { PlannedReminder } from '../../../domain/chasing/reminderKinds';
import { reminderCountsFrom } from '../../../domain/chasing/plan';
import {
  afterClientEmail,
  afterTakenDay,
  afterUnsendableEmail,
  decideChaseNow,
  dueReminders,
  ledgerChange,
  nextReminder,
  replan,
} from '../../../domain/chasing/reminders';
import { decideTransition } from '../../../domain/filings/decideTransition';
import type { FilingState } from '../../../domain/filings/state';
import { ACTORS, applied, LTD, makeState, VAT } from '../filings/exampleFilings';
import { at, datesOf, planAt, rulesOf } from './exampleChasing';

const rules = rulesOf('VAT');
const fresh = makeState(VAT);
const chased: FilingState = {
  ...fresh,
  stage: 'PAPERWORK_CHASED',
  chase: { ...fresh.chase, remindersSent: 1, lastReminderOn: '2024-04-02' },
};

const brief = (rows: readonly PlannedReminder[]): string[] => rows.map(({ kind, plannedFor }) => `${kind} ${plannedFor}`);

describe('the next row', () => {
  it('is the soonest, at its time', () => {
    const next = nextReminder(planAt(fresh, rules, '2024-03-20 12:00'), rules, at('2024-03-20 12:00'));
    expect(next).toMatchObject({ at: at('2024-04-02 09:00'), reminder: { kind: 'PAPERWORK_REMINDER', number: 1 } });
  });

  it('that is late goes at once in the send window, else when it opens', () => {
    const plan = planAt(fresh, rules, '2024-03-20 12:00');
    expect(nextReminder(plan, rules, at('2024-04-02 11:00'))?.at).toBe(at('2024-04-02 11:00'));
    expect(nextReminder(plan, rules, at('2024-04-02 20:00'))?.at).toBe(at('2024-04-03 09:00'));
  });

  it('is none where nothing is planned', () => {
    expect(nextReminder([], rules, at('2024-04-02 11:00'))).toBeNull();
  });
});

describe('what is due', () => {
  it('is nothing before the first row', () => {
    const due = dueReminders(planAt(fresh, rules, '2024-03-20 12:00'), rules, at('2024-04-02 08:59'));
    expect(due).toEqual({ clientEmail: null, alerts: [], missed: [] });
  });

  it('after an outage of two weeks is the last of each kind, and the others are missed', () => {
    const due = dueReminders(planAt(chased, rules, '2024-04-08 12:00'), rules, at('2024-04-24 11:00'));
    expect(due.clientEmail).toMatchObject({ kind: 'PAPERWORK_REMINDER', plannedFor: '2024-04-23' });
    expect(brief(due.alerts)).toEqual(['STUCK 2024-04-08', 'ESCALATE_TO_MANAGERS 2024-04-16', 'DEADLINE_WARNING 2024-04-23']);
    expect(brief(due.missed)).toEqual(['PAPERWORK_REMINDER 2024-04-09', 'PAPERWORK_REMINDER 2024-04-16']);
  });

  it('is nothing at night, whatever was missed', () => {
    const due = dueReminders(planAt(chased, rules, '2024-04-08 12:00'), rules, at('2024-04-24 22:00'));
    expect(due).toEqual({ clientEmail: null, alerts: [], missed: [] });
  });

  it('of two deadlines are both warnings', () => {
    const accounts = makeState(LTD, { stage: 'WORK_IN_PROGRESS' });
    const ltdRules = rulesOf('LTD');
    const due = dueReminders(planAt(accounts, ltdRules, '2024-12-01 12:00'), ltdRules, at('2024-12-31 09:00'));
    expect(due.alerts.filter(({ kind }) => kind === 'DEADLINE_WARNING').map(({ deadline }) => deadline)).toEqual([
      'accountsDueDate',
      'ctDueDate',
    ]);
  });
});

describe('after a reminder to the client', () => {
  it('the first one moves the filing to PAPERWORK_CHASED by the system', () => {
    const now = at('2024-04-02 09:00');
    const { state, transition } = afterClientEmail(VAT, fresh, rules, '2024-04-02', now);
    expect(state).toMatchObject({
      stage: 'PAPERWORK_CHASED',
      stageEnteredAt: now,
      sequence: 5,
      revision: 10,
      chase: { remindersSent: 1, lastReminderOn: '2024-04-02' },
      milestones: { chaseStarted: { at: now, userId: 'csystem0000000000000000000', userName: 'system' } },
    });
    expect(transition).toMatchObject({ fromStage: 'PAPERWORK_PENDING_CHASE', toStage: 'PAPERWORK_CHASED', sequence: 5 });
  });

  it('a later one is counted and moves nothing', () => {
    const { state, transition } = afterClientEmail(VAT, chased, rules, '2024-04-09', at('2024-04-09 09:00'));
    expect(state).toEqual({
      ...chased,
      revision: 10,
      chase: { ...chased.chase, remindersSent: 2, lastReminderOn: '2024-04-09' },
    });
    expect(transition).toBeNull();
  });

  it.each([
    // In time; late by hours; late by days within the interval; past further slots, which are not made up.
    ['2024-04-09', '2024-04-09 09:00', '2024-04-09', '2024-04-16'],
    ['2024-04-09', '2024-04-10 11:00', '2024-04-09', '2024-04-16'],
    ['2024-04-09', '2024-04-15 17:00', '2024-04-09', '2024-04-16'],
    ['2024-04-09', '2024-04-16 10:00', '2024-04-16', '2024-04-23'],
    ['2024-04-09', '2024-04-25 10:00', '2024-04-23', '2024-04-26'],
    ['2024-05-08', '2024-06-03 10:00', '2024-05-29', '2024-06-05'],
  ])('planned for %s and sent on %s, the next counts from %s and is %s', (plannedFor, now, countsFrom, next) => {
    expect(reminderCountsFrom(VAT, chased, rules, plannedFor, at(now))).toBe(countsFrom);
    const { state } = afterClientEmail(VAT, chased, rules, plannedFor, at(now));
    expect(datesOf(planAt(state, rules, now), 'PAPERWORK_REMINDER')[0]).toBe(next);
  });

  it('one about approval is counted apart, anew for each entry into the stage', () => {
    const sent = makeState(VAT, { stage: 'EMAILED_TO_CLIENT', stageEnteredAt: at('2024-04-10 10:00'), chase: chased.chase });
    const { state } = afterClientEmail(VAT, sent, rules, '2024-04-15', at('2024-04-15 09:00'));
    expect(state.chase).toMatchObject({ remindersSent: 1, lastReminderOn: '2024-04-02', lastClientReminderOn: '2024-04-15' });
    expect(datesOf(planAt(state, rules, '2024-04-15 09:01'), 'CLIENT_REMINDER')[0]).toBe('2024-04-18');
    const request = { requestId: 'c1', actor: ACTORS.partner, stage: 'WORK_IN_PROGRESS' };
    expect(applied(decideTransition(VAT, state, request, at('2024-04-16 10:00'))).chase.lastClientReminderOn).toBeNull();
  });

  it('that the day was taken for, the next working day is the earliest', () => {
    expect(afterTakenDay(chased, rules, at('2024-04-12 09:00')).chase).toEqual({
      ...chased.chase,
      noClientEmailBefore: '2024-04-15',
    });
  });

  it('that had no address, the rhythm goes on and nothing is counted', () => {
    const state = afterUnsendableEmail(VAT, fresh, rules, '2024-04-02', at('2024-04-02 09:00'));
    expect(state).toEqual({ ...fresh, chase: { ...fresh.chase, lastReminderOn: '2024-04-02' } });
  });
});

describe('chasing at once', () => {
  const now = at('2024-04-12 15:00');

  it('counts as a reminder, and the next one follows from it', () => {
    const decision = decideChaseNow(VAT, chased, rules, now);
    expect(decision).toMatchObject({ applied: true, action: 'CLIENT_CHASED', transition: null });
    const state = applied(decision);
    expect(state.chase).toMatchObject({ remindersSent: 2, lastReminderOn: '2024-04-12' });
    expect(datesOf(planAt(state, rules, '2024-04-12 15:00'), 'PAPERWORK_REMINDER')[0]).toBe('2024-04-19');
  });

  it('is the first reminder where there was none', () => {
    expect(decideChaseNow(VAT, fresh, rules, now)).toMatchObject({
      state: { stage: 'PAPERWORK_CHASED' },
      transition: { toStage: 'PAPERWORK_CHASED' },
    });
  });

  it.each([
    [{ ...chased, paused: { until: null } }, 'Chasing is paused: resume it first'],
    [{ ...chased, stage: 'WORK_IN_PROGRESS' }, 'Nothing is awaited from the client at WORK_IN_PROGRESS'],
  ] satisfies [FilingState, string][])('%#: is refused where the client is not waited for', (state, reason) => {
    expect(decideChaseNow(VAT, state, rules, now)).toEqual({ applied: false, code: 'NOTHING_TO_DO', reason });
  });

  it('goes on once a pause is over', () => {
    expect(decideChaseNow(VAT, { ...chased, paused: { until: '2024-04-12' } }, rules, now).applied).toBe(true);
  });
});

describe('the ledger', () => {
  const now = at('2024-04-10 10:00');
  const before = replan(VAT, chased, rules, now);

  it('hears nothing of a plan that stays', () => {
    expect(ledgerChange(VAT, before, replan(VAT, before, rules, now))).toEqual({ settle: [], add: [] });
  });

  it.each<[string, Partial<FilingState>, string[]]>([
    ['paperwork is received', { stage: 'PAPERWORK_RECEIVED' }, ['PAPERWORK_RECEIVED']],
    ['chasing is paused', { paused: { until: null } }, ['PAUSED']],
    ['the filing is cancelled', { outcome: 'CANCELLED' }, ['CANCELLED']],
    ['the filing is filed', { outcome: 'FILED' }, ['FILED']],
  ])('says why every reminder falls away when %s', (_case, change, reasons) => {
    const { settle, add } = ledgerChange(VAT, before, replan(VAT, { ...before, ...change }, rules, now));
    const reminders = settle.filter(({ kind }) => kind === 'PAPERWORK_REMINDER');
    expect(reminders.map(({ plannedFor }) => plannedFor)).toEqual(datesOf(before.plan, 'PAPERWORK_REMINDER'));
    expect([...new Set(reminders.map(({ reason }) => reason))]).toEqual(reasons);
    expect(settle.every(({ status }) => status === 'SUPPRESSED')).toBe(true);
    expect(add).toEqual([]);
  });

  it('hears of rows that a new deadline adds and takes away', () => {
    const dates = { ...before.dates, deadlines: { filingDueDate: '2024-05-14' } };
    const { settle, add } = ledgerChange(VAT, before, replan(VAT, { ...before, dates }, rules, now), [], 'DEADLINES_CHANGED');
    expect(settle.every(({ reason }) => reason === 'DEADLINES_CHANGED')).toBe(true);
    expect(brief(add)).toContain('OVERDUE_ASSIGNED 2024-05-15');
    expect(settle.map(({ kind, plannedFor }) => `${kind} ${plannedFor}`)).toContain('OVERDUE_ASSIGNED 2024-05-08');
  });

  it('keeps the reason of what has ended for one of its own', () => {
    const [first] = before.plan;
    if (!first) throw new Error('nothing is planned');
    const { kind, deadline, plannedFor } = first;
    const sent = { kind, deadline, plannedFor, status: 'SENT' as const, reason: null };
    const after = replan(VAT, { ...before, stage: 'WORK_IN_PROGRESS' }, rules, now);
    const { settle } = ledgerChange(VAT, before, after, [sent]);
    expect(settle.filter((row) => row.kind === kind && row.plannedFor === plannedFor)).toEqual([sent]);
  });
});
