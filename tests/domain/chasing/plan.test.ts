import type { ChasePolicy } from '../../../domain/chasing/policy';
import { DEFAULT_POLICIES } from '../../../domain/chasing/policy';
import type { Stage } from '../../../domain/filings/stages';
import type { FilingState } from '../../../domain/filings/state';
import { LTD, makeState, milestones, VAT } from '../filings/exampleFilings';
import { at, datesOf, planAt, rulesOf } from './exampleChasing';

const vatRules = rulesOf('VAT');
const ltdRules = rulesOf('LTD');
const vat = makeState(VAT);
const accounts = makeState(LTD);

function chased(state: FilingState, chase: Partial<FilingState['chase']>): FilingState {
  return { ...state, stage: 'PAPERWORK_CHASED', chase: { ...state.chase, ...chase } };
}

describe('a VAT quarter to Easter Sunday, 31 March 2024, due on Tuesday 7 May', () => {
  const plan = planAt(vat, vatRules, '2024-01-01 00:00');

  it('reminds the client first after Easter Monday, then weekly, every third day, daily, and once after the deadline', () => {
    expect(datesOf(plan, 'PAPERWORK_REMINDER')).toEqual([
      // A day after the period's end is Easter Monday.
      '2024-04-02',
      '2024-04-09',
      '2024-04-16',
      // Fourteen days before the deadline, inclusive: every three days.
      '2024-04-23',
      '2024-04-26',
      '2024-04-29',
      // Five days before it: every day, over the bank holiday weekend to its day itself.
      '2024-05-02',
      '2024-05-03',
      '2024-05-07',
      '2024-05-08',
    ]);
  });

  it('numbers the reminders, and tells the managers with the third', () => {
    const reminders = plan.filter(({ kind }) => kind === 'PAPERWORK_REMINDER');
    expect(reminders.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(reminders.every(({ recipient }) => recipient === 'CLIENT')).toBe(true);
    expect(plan.filter(({ kind }) => kind === 'ESCALATE_TO_MANAGERS')).toEqual([
      {
        kind: 'ESCALATE_TO_MANAGERS',
        deadline: '',
        plannedFor: '2024-04-16',
        plannedAt: at('2024-04-16 09:00'),
        recipient: 'ASSIGNED_AND_MANAGERS',
        number: null,
      },
    ]);
  });

  it('warns before the deadline, earlier where that falls on a day off, once a day', () => {
    expect(datesOf(plan, 'DEADLINE_WARNING', 'filingDueDate')).toEqual([
      // 30 days: Sunday 7 April; 3 days: a Saturday; 1 day: the bank holiday Monday.
      '2024-04-05',
      '2024-04-23',
      '2024-04-30',
      '2024-05-03',
      '2024-05-07',
    ]);
  });

  it('tells the partners a week before, and everybody the day after the deadline', () => {
    expect(datesOf(plan, 'ESCALATE_TO_PARTNERS')).toEqual(['2024-04-30']);
    expect(datesOf(plan, 'OVERDUE_ASSIGNED')).toEqual(['2024-05-08']);
    expect(datesOf(plan, 'OVERDUE_PARTNERS')).toEqual(['2024-05-08']);
  });

  it('is stuck five days after the period’s end, not after its opening', () => {
    expect(datesOf(plan, 'STUCK')).toEqual(['2024-04-05']);
  });

  it('sends at nine in London, by winter and by summer time', () => {
    expect(plan.every(({ plannedFor, plannedAt }) => plannedAt === at(`${plannedFor} 09:00`))).toBe(true);
    expect(plan[0]?.plannedAt).toBe(Date.parse('2024-04-02T08:00:00Z'));
    const winter = makeState(VAT, {
      dates: { ...vat.dates, periodEnd: '2024-02-29', deadlines: { filingDueDate: '2024-04-07' } },
    });
    expect(planAt(winter, vatRules, '2024-01-02 00:00')[0]?.plannedAt).toBe(Date.parse('2024-03-01T09:00:00Z'));
  });
});

describe('accounts to 30 June 2024, due on 31 March 2025', () => {
  const plan = planAt(accounts, ltdRules, '2023-07-01 00:00');

  it('remind the client a week after the period’s end, fortnightly, weekly, every second day, and once after the deadline', () => {
    const fortnightly = [
      // Seven days after the period's end is a Sunday.
      '2024-07-08 2024-07-22 2024-08-05 2024-08-19 2024-09-02 2024-09-16 2024-09-30 2024-10-14',
      '2024-10-28 2024-11-11 2024-11-25 2024-12-09 2024-12-23 2025-01-06 2025-01-20',
    ];
    // Sixty days before the deadline.
    const weekly = '2025-02-03 2025-02-10 2025-02-17 2025-02-24 2025-03-03';
    // Twenty-one days before it, inclusive; over weekends.
    const everySecondDay = [
      '2025-03-10 2025-03-12 2025-03-14 2025-03-17 2025-03-19 2025-03-21 2025-03-24',
      '2025-03-26 2025-03-28 2025-03-31 2025-04-02',
    ];
    const expected = [...fortnightly, weekly, ...everySecondDay].join(' ');
    expect(datesOf(plan, 'PAPERWORK_REMINDER').join(' ')).toBe(expected);
  });

  it.each([
    ['accountsDueDate', '2024-12-31 2025-01-30 2025-02-28 2025-03-17 2025-03-24 2025-03-28 2025-03-31'],
    ['ctDueDate', '2024-12-31 2025-01-31 2025-02-28 2025-03-18 2025-03-25 2025-03-28 2025-03-31 2025-04-01'],
    ['ctReturnDueDate', '2025-04-01 2025-05-01 2025-05-30 2025-06-16 2025-06-23 2025-06-27 2025-06-30'],
  ])('warn of %s on %s', (deadline, expected) => {
    expect(datesOf(plan, 'DEADLINE_WARNING', deadline).join(' ')).toBe(expected);
  });

  it('tell the managers with the fourth reminder, the partners thirty days before, everybody the day after', () => {
    expect(datesOf(plan, 'ESCALATE_TO_MANAGERS')).toEqual(['2024-08-19']);
    // Thirty days before is Saturday 1 March.
    expect(datesOf(plan, 'ESCALATE_TO_PARTNERS')).toEqual(['2025-02-28']);
    expect(datesOf(plan, 'OVERDUE_ASSIGNED')).toEqual(['2025-04-01']);
    expect(datesOf(plan, 'STUCK')).toEqual(['2024-07-15']);
  });

  it('warn of what is not met only', () => {
    const half = { ...accounts, milestones: milestones('filedToCompaniesHouse') };
    expect(datesOf(planAt(half, ltdRules, '2025-03-01'), 'DEADLINE_WARNING', 'accountsDueDate')).toEqual([]);
    expect(datesOf(planAt(half, ltdRules, '2025-03-01'), 'OVERDUE_ASSIGNED')).toEqual(['2025-07-01']);
    const withoutTax = { ...accounts, dates: { ...accounts.dates, corporationTaxRequired: false } };
    const deadlines = planAt(withoutTax, ltdRules, '2024-07-01').map(({ deadline }) => deadline);
    expect([...new Set(deadlines)].toSorted()).toEqual(['', 'accountsDueDate']);
  });
});

describe('reminders that come late', () => {
  it.each([
    // Late in the send window: today; after it: on the next working day. From there the rhythm goes on.
    ['2024-04-10 12:00', '2024-04-10 2024-04-17 2024-04-24 2024-04-29 2024-05-02 2024-05-03 2024-05-07 2024-05-08'],
    ['2024-04-10 18:00', '2024-04-10 2024-04-17 2024-04-24 2024-04-29 2024-05-02 2024-05-03 2024-05-07 2024-05-08'],
    ['2024-04-10 18:01', '2024-04-11 2024-04-18 2024-04-25 2024-04-29 2024-05-02 2024-05-03 2024-05-07 2024-05-08'],
    ['2024-05-03 19:00', '2024-05-07 2024-05-08'],
    ['2024-05-04 10:00', '2024-05-07 2024-05-08'],
    // After the deadline the next one only, then weekly.
    ['2024-05-20 10:00', '2024-05-20'],
  ])('as of %s are planned for %s', (now, expected) => {
    expect(datesOf(planAt(vat, vatRules, now), 'PAPERWORK_REMINDER').join(' ')).toBe(expected);
  });

  it.each([
    ['2024-04-02', '2024-04-02 10:00', '2024-04-09'],
    ['2024-04-23', '2024-04-23 10:00', '2024-04-26'],
    ['2024-05-07', '2024-05-07 10:00', '2024-05-08'],
    ['2024-05-08', '2024-05-08 10:00', '2024-05-15'],
    // Fifteen days before the deadline the interval is still a week, thirteen before it is not.
    ['2024-04-22', '2024-04-22 10:00', '2024-04-29'],
    ['2024-04-24', '2024-04-24 10:00', '2024-04-29'],
    ['2024-04-26', '2024-04-26 10:00', '2024-04-29'],
    ['2024-05-20', '2024-05-20 10:00', '2024-05-28'],
  ])('after the one of %s, as of %s, go on with %s', (lastReminderOn, now, expected) => {
    const plan = planAt(chased(vat, { remindersSent: 2, lastReminderOn }), vatRules, now);
    expect(datesOf(plan, 'PAPERWORK_REMINDER')[0]).toBe(expected);
    expect(plan.find(({ kind }) => kind === 'PAPERWORK_REMINDER')?.number).toBe(3);
  });

  it('wait for the day after one on which the client had its e-mail', () => {
    const state = chased(vat, { remindersSent: 1, lastReminderOn: '2024-04-02', noClientEmailBefore: '2024-04-10' });
    const dates = datesOf(planAt(state, vatRules, '2024-04-09 09:00'), 'PAPERWORK_REMINDER');
    expect(dates.slice(0, 2)).toEqual(['2024-04-10', '2024-04-17']);
  });
});

describe('what is chased', () => {
  it.each<[Stage, string]>([
    ['PAPERWORK_PENDING_CHASE', 'PAPERWORK_REMINDER'],
    ['PAPERWORK_CHASED', 'PAPERWORK_REMINDER'],
    ['PAPERWORK_RECEIVED', ''],
    ['WORK_IN_PROGRESS', ''],
    ['QUERIES_PENDING', 'CLIENT_REMINDER'],
    ['REVIEW_PENDING_MANAGER', ''],
    ['EMAILED_TO_PARTNER', ''],
    ['EMAILED_TO_CLIENT', 'CLIENT_REMINDER'],
    ['CLIENT_APPROVED', ''],
  ])('in %s is %j', (stage, expected) => {
    const plan = planAt({ ...vat, stage, stageEnteredAt: at('2024-04-10 10:00') }, vatRules, '2024-04-10 10:00');
    expect([...new Set(plan.filter(({ recipient }) => recipient === 'CLIENT').map(({ kind }) => kind))].join()).toBe(expected);
    const escalations = expected === 'PAPERWORK_REMINDER' ? ['ESCALATE_TO_MANAGERS', 'ESCALATE_TO_PARTNERS'] : [];
    expect(plan.filter(({ kind }) => kind.startsWith('ESCALATE')).map(({ kind }) => kind)).toEqual(escalations);
    expect(datesOf(plan, 'DEADLINE_WARNING', 'filingDueDate')).toHaveLength(4);
    expect(datesOf(plan, 'OVERDUE_ASSIGNED')).toEqual(['2024-05-08']);
    // Five days after 10 April.
    expect(datesOf(plan, 'STUCK')).toEqual(['2024-04-15']);
  });

  it('is nothing once the filing has ended', () => {
    expect(planAt({ ...vat, outcome: 'FILED' }, vatRules, '2024-04-10 10:00')).toEqual([]);
    expect(planAt({ ...vat, outcome: 'CANCELLED' }, vatRules, '2024-04-10 10:00')).toEqual([]);
  });

  it.each<[string, string, string]>([
    // Every third working day: over the early May bank holiday, and once after the deadline.
    ['EMAILED_TO_CLIENT', '2024-05-01', '2024-05-07 2024-05-10'],
    ['QUERIES_PENDING', '2024-04-26', '2024-05-01 2024-05-07 2024-05-10'],
    ['QUERIES_PENDING', '2024-04-27', '2024-05-01 2024-05-07 2024-05-10'],
  ])('in %s since %s is asked for on %s', (stage, since, expected) => {
    const state: FilingState = {
      ...vat,
      stage: stage === 'QUERIES_PENDING' ? 'QUERIES_PENDING' : 'EMAILED_TO_CLIENT',
      stageEnteredAt: at(`${since} 16:00`),
    };
    expect(datesOf(planAt(state, vatRules, `${since} 16:00`), 'CLIENT_REMINDER').join(' ')).toBe(expected);
  });

  it('of accounts with the client is asked for every fifth working day', () => {
    const state = makeState(LTD, { stage: 'SENT_TO_CLIENT', stageEnteredAt: at('2025-03-14 10:00') });
    const plan = planAt(state, ltdRules, '2025-03-14 10:00');
    expect(datesOf(plan, 'CLIENT_REMINDER')).toEqual(['2025-03-21', '2025-03-28', '2025-04-04']);
  });
});

describe('while chasing is paused', () => {
  const staffKinds = ['DEADLINE_WARNING', 'ESCALATE_TO_PARTNERS', 'OVERDUE_ASSIGNED', 'OVERDUE_PARTNERS', 'STUCK'];

  it('the client is left alone and the staff is not', () => {
    const plan = planAt({ ...vat, paused: { until: null } }, vatRules, '2024-04-02 08:00');
    expect([...new Set(plan.map(({ kind }) => kind))].toSorted()).toEqual(staffKinds);
  });

  it.each([
    ['2024-04-20', '2024-04-22 2024-04-29'],
    ['2024-05-06', '2024-05-07 2024-05-08'],
    ['2024-06-01', '2024-06-03'],
    // A pause that is over.
    ['2024-04-01', '2024-04-02 2024-04-09'],
  ])('until %s, reminders begin again on %s', (until, expected) => {
    const dates = datesOf(planAt({ ...vat, paused: { until } }, vatRules, '2024-04-02 08:00'), 'PAPERWORK_REMINDER');
    expect(dates.slice(0, 2).join(' ')).toBe(expected);
  });
});

it('the default policies are the practice’s own', () => {
  const hours = { sendTime: '09:00', lastSendTime: '18:00', workingDaysOnly: true };
  expect(DEFAULT_POLICIES).toEqual({
    VAT: {
      ...hours,
      firstReminderAfterDays: 1,
      reminderEveryDays: 7,
      closer: [
        { withinDays: 14, everyDays: 3 },
        { withinDays: 7, everyDays: 1 },
      ],
      afterDeadlineEveryDays: 7,
      escalateToManagersAfterReminders: 3,
      escalateToPartnersDaysBefore: 7,
      clientReminderEveryWorkingDays: 3,
      stuckAfterDays: 5,
      warningDaysBefore: [30, 14, 7, 3, 1, 0],
    },
    LTD: {
      ...hours,
      firstReminderAfterDays: 7,
      reminderEveryDays: 14,
      closer: [
        { withinDays: 60, everyDays: 7 },
        { withinDays: 21, everyDays: 2 },
      ],
      afterDeadlineEveryDays: 7,
      escalateToManagersAfterReminders: 4,
      escalateToPartnersDaysBefore: 30,
      clientReminderEveryWorkingDays: 5,
      stuckAfterDays: 14,
      warningDaysBefore: [90, 60, 30, 14, 7, 3, 1, 0],
    },
  });
});

describe('a policy of one’s own', () => {
  it.each<[Partial<ChasePolicy>, string]>([
    [{ firstReminderAfterDays: 0, reminderEveryDays: 30, closer: [] }, '2024-04-02 2024-05-02 2024-06-03'],
    [{ workingDaysOnly: false, reminderEveryDays: 30, closer: [] }, '2024-04-01 2024-05-01 2024-05-31'],
    // The step whose distance is the shortest of those reached counts, in whatever order they are given.
    [
      {
        reminderEveryDays: 20,
        closer: [
          { withinDays: 5, everyDays: 4 },
          { withinDays: 15, everyDays: 10 },
        ],
      },
      '2024-04-02 2024-04-22 2024-05-02 2024-05-07 2024-05-13',
    ],
  ])('%j makes the dates %s', (changes, expected) => {
    const plan = planAt(vat, rulesOf('VAT', changes), '2024-01-02 00:00');
    expect(datesOf(plan, 'PAPERWORK_REMINDER').join(' ')).toBe(expected);
  });

  it('can send on weekends, and late until midnight', () => {
    const rules = rulesOf('VAT', { workingDaysOnly: false, sendTime: '17:00', lastSendTime: '17:00' });
    const plan = planAt(vat, rules, '2024-04-06 23:59');
    expect(plan.find(({ kind }) => kind === 'PAPERWORK_REMINDER')?.plannedFor).toBe('2024-04-06');
  });
});
