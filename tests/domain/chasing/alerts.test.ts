import { afterAlerts } from '../../../domain/chasing/reminders';
import type { PlannedReminder } from '../../../domain/chasing/reminderKinds';
import { LTD, makeState, VAT } from '../filings/exampleFilings';
import { at, datesOf, planAt, rulesOf } from './exampleChasing';

const rules = rulesOf('VAT');
const vat = makeState(VAT, { stage: 'PAPERWORK_CHASED' });

function alertOf(kind: PlannedReminder['kind'], plannedFor: string, deadline = ''): PlannedReminder {
  return { kind, deadline, plannedFor, plannedAt: at(`${plannedFor} 09:00`), recipient: 'ASSIGNED', number: null };
}

describe('an alert that went out', () => {
  it('about a stage comes once for each entry into it', () => {
    const alerted = afterAlerts(vat, [alertOf('STUCK', '2024-04-05')], at('2024-04-05 09:00'));
    expect(datesOf(planAt(alerted, rules, '2024-04-05 09:01'), 'STUCK')).toEqual([]);
    const again = { ...alerted, stageEnteredAt: at('2024-04-10 12:00') };
    expect(datesOf(planAt(again, rules, '2024-04-10 12:00'), 'STUCK')).toEqual(['2024-04-15']);
  });

  it('to managers or partners is not sent again', () => {
    const rows = [alertOf('ESCALATE_TO_MANAGERS', '2024-04-16'), alertOf('ESCALATE_TO_PARTNERS', '2024-04-30')];
    const plan = planAt(afterAlerts(vat, rows, at('2024-04-30 09:00')), rules, '2024-04-30 09:01');
    expect(plan.filter(({ kind }) => kind.startsWith('ESCALATE'))).toEqual([]);
  });

  it('about a deadline leaves the later ones', () => {
    const alerted = afterAlerts(vat, [alertOf('DEADLINE_WARNING', '2024-04-23', 'filingDueDate')], at('2024-04-23 09:00'));
    expect(datesOf(planAt(alerted, rules, '2024-04-23 09:01'), 'DEADLINE_WARNING', 'filingDueDate')).toEqual([
      '2024-04-30',
      '2024-05-03',
      '2024-05-07',
    ]);
  });

  it('about what is overdue comes on every working day to the assigned person and weekly to the partners', () => {
    const rows = [alertOf('OVERDUE_ASSIGNED', '2024-05-17'), alertOf('OVERDUE_PARTNERS', '2024-05-17')];
    const plan = planAt(afterAlerts(vat, rows, at('2024-05-17 09:00')), rules, '2024-05-17 09:01');
    expect(datesOf(plan, 'OVERDUE_ASSIGNED')).toEqual(['2024-05-20']);
    expect(datesOf(plan, 'OVERDUE_PARTNERS')).toEqual(['2024-05-24']);
    const overBankHoliday = afterAlerts(vat, [alertOf('OVERDUE_PARTNERS', '2024-05-20')], at('2024-05-20 09:00'));
    expect(datesOf(planAt(overBankHoliday, rules, '2024-05-20 09:01'), 'OVERDUE_PARTNERS')).toEqual(['2024-05-28']);
  });

  it('about what is overdue counts afresh from a deadline that has moved', () => {
    const rows = [alertOf('OVERDUE_ASSIGNED', '2024-05-17'), alertOf('OVERDUE_PARTNERS', '2024-05-17')];
    const alerted = afterAlerts(vat, rows, at('2024-05-17 09:00'));
    const moved = { ...alerted, dates: { ...vat.dates, deadlines: { filingDueDate: '2024-06-07' } } };
    const plan = planAt(moved, rules, '2024-05-17 10:00');
    expect(datesOf(plan, 'OVERDUE_ASSIGNED')).toEqual(['2024-06-10']);
    expect(datesOf(plan, 'OVERDUE_PARTNERS')).toEqual(['2024-06-10']);
    expect(datesOf(plan, 'DEADLINE_WARNING', 'filingDueDate')).toEqual([
      '2024-05-24',
      '2024-05-31',
      '2024-06-04',
      '2024-06-06',
      '2024-06-07',
    ]);
  });
});

describe('an alert that is late', () => {
  it('to managers goes at once when more reminders went out than the policy asks for', () => {
    const state = { ...vat, chase: { ...vat.chase, remindersSent: 3, lastReminderOn: '2024-04-10' } };
    expect(datesOf(planAt(state, rules, '2024-04-10 12:00'), 'ESCALATE_TO_MANAGERS')).toEqual(['2024-04-10']);
  });

  it('to partners goes at once until the deadline', () => {
    expect(datesOf(planAt(vat, rules, '2024-05-02 12:00'), 'ESCALATE_TO_PARTNERS')).toEqual(['2024-05-02']);
    expect(datesOf(planAt(vat, rules, '2024-05-07 12:00'), 'ESCALATE_TO_PARTNERS')).toEqual(['2024-05-07']);
    expect(datesOf(planAt(vat, rules, '2024-05-08 12:00'), 'ESCALATE_TO_PARTNERS')).toEqual([]);
  });

  it('about a stage goes at once', () => {
    expect(datesOf(planAt(vat, rules, '2024-04-19 19:00'), 'STUCK')).toEqual(['2024-04-22']);
  });

  it('about a deadline is planned no more where it never was', () => {
    expect(datesOf(planAt(vat, rules, '2024-05-01 12:00'), 'DEADLINE_WARNING', 'filingDueDate')).toEqual([
      '2024-05-03',
      '2024-05-07',
    ]);
  });

  it('about a deadline stays planned where a request is decided before it went out', () => {
    // The worker was down on 30 April; what is planned for that day goes out when it is back.
    const planned = { ...vat, plan: planAt(vat, rules, '2024-04-24 12:00') };
    const dates = datesOf(planAt(planned, rules, '2024-05-01 08:00'), 'DEADLINE_WARNING', 'filingDueDate');
    expect(dates).toEqual(['2024-04-30', '2024-05-03', '2024-05-07']);
  });

  it('about one deadline keeps no warning of another', () => {
    const accounts = makeState(LTD, { stage: 'WORK_IN_PROGRESS' });
    const planned = { ...accounts, plan: [alertOf('DEADLINE_WARNING', '2025-03-28', 'accountsDueDate')] };
    const plan = planAt(planned, rulesOf('LTD'), '2025-03-29 12:00');
    expect(datesOf(plan, 'DEADLINE_WARNING', 'accountsDueDate')).toEqual(['2025-03-28', '2025-03-31']);
    expect(datesOf(plan, 'DEADLINE_WARNING', 'ctDueDate')).toEqual(['2025-03-31', '2025-04-01']);
  });

  it('about a deadline that has moved is dropped', () => {
    const planned = { ...vat, plan: planAt(vat, rules, '2024-04-24 12:00') };
    const moved = { ...planned, dates: { ...vat.dates, deadlines: { filingDueDate: '2024-05-10' } } };
    const dates = datesOf(planAt(moved, rules, '2024-05-01 08:00'), 'DEADLINE_WARNING', 'filingDueDate');
    expect(dates).toEqual(['2024-05-03', '2024-05-07', '2024-05-09', '2024-05-10']);
  });
});

it('overdue alerts of a filing that was opened late begin at once', () => {
  const plan = planAt(vat, rules, '2024-05-14 19:00');
  expect(datesOf(plan, 'OVERDUE_ASSIGNED')).toEqual(['2024-05-15']);
  expect(datesOf(plan, 'OVERDUE_PARTNERS')).toEqual(['2024-05-15']);
});
