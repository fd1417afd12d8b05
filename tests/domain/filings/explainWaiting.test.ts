import { explainWaiting, nextAutomaticAction } from '../../../domain/filings/explainWaiting';
import type { FilingDefinition } from '../../../domain/filings/definition';
import { withStageLabels } from '../../../domain/filings/labels';
import type { FilingState } from '../../../domain/filings/state';
import { urgencyOf } from '../../../domain/filings/urgency';
import { displayDate, displayInstant, wallTime } from '../../../domain/calendar/display';
import { LTD, makeState, NOW, VAT } from './exampleFilings';

const ENTERED = Date.parse('2024-04-05T10:00:00Z');
const chase = (remindersSent: number) => ({
  remindersSent,
  lastReminderOn: null,
  lastClientReminderOn: null,
  noClientEmailBefore: null,
  lastAlertOn: {},
});
const REMINDER = {
  kind: 'PAPERWORK_REMINDER' as const,
  deadline: '',
  plannedFor: '2024-04-15',
  plannedAt: Date.parse('2024-04-15T08:00:00Z'),
  recipient: 'CLIENT' as const,
  number: 3,
};

it.each<[string, FilingDefinition, Partial<FilingState>]>([
  [
    'The period runs until 30 Jun 2024; its records are not asked for before.',
    VAT,
    { dates: { ...makeState(VAT).dates, periodEnd: '2024-06-30' } },
  ],
  [
    'The client has to send the records, since 05 Apr 2024 (5 days); 2 reminders went out, the next goes out on 15 Apr 2024.',
    VAT,
    { stage: 'PAPERWORK_CHASED', chase: chase(2), plan: [REMINDER] },
  ],
  [
    'The client has to send the records, since 05 Apr 2024 (5 days); reminders are paused until 20 Apr 2024.',
    VAT,
    { stage: 'PAPERWORK_CHASED', paused: { until: '2024-04-20' } },
  ],
  [
    'The client has to answer our questions, since 05 Apr 2024 (5 days); no reminder has gone out yet.',
    VAT,
    { stage: 'QUERIES_PENDING' },
  ],
  [
    'Stella Staff has to start the work, since 05 Apr 2024 (5 days).',
    VAT,
    { stage: 'PAPERWORK_RECEIVED', assignee: { userId: 'cstaff', name: 'Stella Staff' } },
  ],
  [
    'Nobody is assigned: somebody has to take it and finish the work, since 05 Apr 2024 (5 days).',
    VAT,
    { stage: 'WORK_IN_PROGRESS' },
  ],
  ['A manager has to review it, since 05 Apr 2024 (5 days).', VAT, { stage: 'REVIEW_PENDING_MANAGER' }],
  ['A partner has to approve it, since 05 Apr 2024 (5 days).', LTD, { stage: 'CLIENT_APPROVED' }],
  ['It is filed: nothing waits.', VAT, { stage: 'FILED_TO_HMRC', outcome: 'FILED' }],
  ['It was cancelled: nothing waits.', VAT, { outcome: 'CANCELLED' }],
])('%s', (sentence, definition, fields) => {
  expect(explainWaiting(definition, makeState(definition, { stageEnteredAt: ENTERED, ...fields }), NOW)).toBe(sentence);
});

it('does nothing by itself once it has ended', () => {
  expect(nextAutomaticAction(makeState(VAT, { plan: [REMINDER] }))).toEqual(REMINDER);
  expect(nextAutomaticAction(makeState(VAT, { plan: [REMINDER], outcome: 'CANCELLED' }))).toBeNull();
});

it('puts the names that people use into a sentence with codes', () => {
  expect(withStageLabels('QUERIES_PENDING does not follow FILED; VAT and HMRC stay')).toBe(
    'Queries with client does not follow Filed; VAT and HMRC stay',
  );
});

it.each([
  [{ isCompleted: true, isCancelled: false, daysLeft: -40 }, 'FILED'],
  [{ isCompleted: false, isCancelled: true, daysLeft: null }, 'CANCELLED'],
  [{ isCompleted: false, isCancelled: false, daysLeft: -1 }, 'OVERDUE'],
  [{ isCompleted: false, isCancelled: false, daysLeft: 0 }, 'SOON'],
  [{ isCompleted: false, isCancelled: false, daysLeft: 14 }, 'SOON'],
  [{ isCompleted: false, isCancelled: false, daysLeft: 15 }, 'LATER'],
])('%j is %s', (filing, urgency) => {
  expect(urgencyOf(filing)).toBe(urgency);
});

it('shows dates of one width, and instants in London', () => {
  expect(displayDate('2024-05-07')).toBe('07 May 2024');
  expect(displayInstant(Date.parse('2024-06-30T23:30:00Z'))).toBe('01 Jul 2024, 00:30');
  expect(displayInstant(Date.parse('2024-01-07T09:00:00Z'))).toBe('07 Jan 2024, 09:00');
  expect(wallTime(Date.parse('2024-06-30T23:30:00Z'))).toBe('2024-07-01T00:30');
});
