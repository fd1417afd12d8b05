import { dueReminders, replan } from '../../../domain/chasing/reminders';
import type { FilingRecord, ReminderRecords, Unsent } from '../../../domain/filings/record';
import {
  alertRecord,
  chaseNowRecords,
  quietRecord,
  recordOf,
  reminderRecords,
  unsentRecord,
} from '../../../domain/filings/records';
import { decideChaseNow } from '../../../domain/chasing/reminders';
import { decideTransition } from '../../../domain/filings/decideTransition';
import type { FilingState } from '../../../domain/filings/state';
import { at, rulesOf } from '../chasing/exampleChasing';
import { ACTORS, makeState, VAT } from './exampleFilings';

const rules = rulesOf('VAT');
const planned = (state: FilingState, when: string): FilingState => replan(VAT, state, rules, at(when));
const fresh = planned(makeState(VAT), '2024-03-01 10:00');

type Reminding = ReminderRecords & Record<Unsent['outcome'], FilingRecord>;

/** The records of whatever is due to the client at a time in London. */
function remind(before: FilingState, when: string): Reminding {
  const now = at(when);
  const due = dueReminders(before.plan, rules, now);
  const { clientEmail } = due;
  if (!clientEmail) throw new Error('nothing is due');
  const context = { definition: VAT, rules, before, now };
  const without = (unsent: Unsent): FilingRecord => unsentRecord(context, due, clientEmail, unsent);
  return {
    ...reminderRecords(context, due, clientEmail),
    dayTaken: without({ outcome: 'dayTaken', reason: 'CLIENT_ALREADY_EMAILED' }),
    unsendable: without({ outcome: 'unsendable', reason: 'ADDRESS_BOUNCED' }),
  };
}

const alertsOf = (record: FilingRecord | null): string[] => record?.alerts.map(({ kind }) => kind) ?? [];
const settledOf = (record: FilingRecord | null): string[] =>
  record?.ledger.settle.map(({ kind, plannedFor, status, reason }) => [kind, plannedFor, status, reason].join(' ').trim()) ?? [];

describe('the first reminder', () => {
  const { sent, dayTaken, unsendable, today, reminder } = remind(fresh, '2024-04-02 09:00');

  it('moves the filing on as the system, without a request', () => {
    expect(reminder).toMatchObject({ kind: 'PAPERWORK_REMINDER', number: 1 });
    expect(today).toBe('2024-04-02');
    expect(sent).toMatchObject({
      decisionKey: 'timer:cfiling:10:PAPERWORK_REMINDER//2024-04-02',
      requestId: null,
      actor: { role: 'SYSTEM', name: 'system' },
      source: 'TIMER',
      action: 'FILING_STAGE_CHANGED',
      state: { stage: 'PAPERWORK_CHASED', revision: 10, sequence: 5 },
      dueDate: '2024-05-07',
      waitingFor: 'CLIENT',
      policyVersion: 1,
    });
  });

  it('leaves its own row to the e-mail', () => {
    expect(settledOf(sent).filter((row) => row.startsWith('PAPERWORK_REMINDER 2024-04-02'))).toEqual([]);
  });

  it('waits for the next working day where the client had its e-mail', () => {
    expect(dayTaken).toMatchObject({ action: null, transition: null, state: { stage: 'PAPERWORK_PENDING_CHASE', revision: 10 } });
    expect(settledOf(dayTaken)).toContain('PAPERWORK_REMINDER 2024-04-02 SUPPRESSED CLIENT_ALREADY_EMAILED');
    expect(dayTaken.state.plan.find(({ kind }) => kind === 'PAPERWORK_REMINDER')?.plannedFor).toBe('2024-04-03');
  });

  it('is over where nothing may be sent to the client, for the reason that is given', () => {
    expect(settledOf(unsendable)).toContain('PAPERWORK_REMINDER 2024-04-02 SUPPRESSED ADDRESS_BOUNCED');
    expect(unsendable.state.chase).toMatchObject({ remindersSent: 0, lastReminderOn: '2024-04-02' });
    expect(unsendable.state.plan.find(({ kind }) => kind === 'PAPERWORK_REMINDER')?.plannedFor).toBe('2024-04-09');
  });
});

describe('the managers', () => {
  const chased = (remindersSent: number, lastReminderOn: string): FilingState => ({
    ...makeState(VAT, { stage: 'PAPERWORK_CHASED' }),
    chase: { ...makeState(VAT).chase, remindersSent, lastReminderOn },
  });

  it('are told with the third reminder, not in its place', () => {
    const { sent, dayTaken } = remind(planned(chased(2, '2024-04-09'), '2024-04-12 10:00'), '2024-04-16 09:00');
    expect(alertsOf(sent)).toContain('ESCALATE_TO_MANAGERS');
    expect(settledOf(sent)).toContain('ESCALATE_TO_MANAGERS 2024-04-16 SENT');
    expect(alertsOf(dayTaken)).not.toContain('ESCALATE_TO_MANAGERS');
  });

  it('are told after three reminders and not after three planned ones, of which an outage took two', () => {
    const { sent } = remind(planned(chased(1, '2024-04-02'), '2024-04-08 10:00'), '2024-04-24 11:00');
    expect(sent.state.chase.remindersSent).toBe(2);
    expect(alertsOf(sent)).toEqual(['STUCK', 'DEADLINE_WARNING']);
    expect(settledOf(sent)).toEqual(
      expect.arrayContaining([
        'PAPERWORK_REMINDER 2024-04-09 SUPPRESSED MISSED',
        'PAPERWORK_REMINDER 2024-04-16 SUPPRESSED MISSED',
        'ESCALATE_TO_MANAGERS 2024-04-16 SUPPRESSED SUPERSEDED',
      ]),
    );
    expect(sent.state.plan.find(({ kind }) => kind === 'ESCALATE_TO_MANAGERS')?.plannedFor).toBe('2024-04-26');
  });
});

it('an alert is recorded as sent and planned no more', () => {
  const before = planned(
    makeState(VAT, { stage: 'WORK_IN_PROGRESS', stageEnteredAt: at('2024-04-10 10:00') }),
    '2024-04-10 10:00',
  );
  const now = at('2024-04-15 09:00');
  const record = alertRecord({ definition: VAT, rules, before, now }, dueReminders(before.plan, rules, now));
  expect(record).toMatchObject({ action: 'STAFF_ALERTED', transition: null, state: { revision: 10, sequence: 4 } });
  expect(alertsOf(record)).toEqual(['STUCK']);
  expect(settledOf(record)).toEqual(['STUCK 2024-04-15 SENT']);
  expect(record.state.plan.map(({ kind }) => kind)).not.toContain('STUCK');
});

it('a decided request is remembered with its record', () => {
  const now = at('2024-04-10 10:00');
  const request = { requestId: 'c7', actor: ACTORS.assigned, stage: 'PAPERWORK_RECEIVED' };
  const decision = decideTransition(VAT, fresh, request, now);
  if (!decision.applied) throw new Error(decision.reason);
  const origin = { decisionKey: 'c7', requestId: 'c7', actor: ACTORS.assigned, notes: null, source: null };
  const record = recordOf({ definition: VAT, rules, before: fresh, now }, decision, origin);
  expect(record.state.decidedRequestIds).toEqual(['c7']);
  expect(record).toMatchObject({ requestId: 'c7', waitingFor: 'STAFF', transition: { toStage: 'PAPERWORK_RECEIVED' } });
  expect(record.state.plan.some(({ recipient }) => recipient === 'CLIENT')).toBe(false);
});

it('a quiet change counts as a revision and tells no history', () => {
  const now = at('2024-04-10 10:00');
  const record = quietRecord({ definition: VAT, rules, before: fresh, now }, 'policy:2', { paused: null });
  expect(record).toMatchObject({
    decisionKey: 'timer:cfiling:10:policy:2',
    action: null,
    transition: null,
    state: { revision: 10, sequence: 4 },
  });
});

it('a reminder asked for by hand is exempt from the one of the day', () => {
  const now = at('2024-04-12 15:00');
  const decision = decideChaseNow(VAT, fresh, rules, now);
  if (!decision.applied) throw new Error(decision.reason);
  const records = chaseNowRecords({ definition: VAT, rules, before: fresh, now }, decision, 'c8', ACTORS.assigned);
  expect(records).toMatchObject({
    chaseNowRequestId: 'c8',
    today: '2024-04-12',
    reminder: { kind: 'CHASE_NOW', plannedFor: '2024-04-12', plannedAt: now, recipient: 'CLIENT' },
    unsent: null,
    sent: { actor: ACTORS.assigned, requestId: 'c8', state: { decidedRequestIds: ['c8'], chase: { remindersSent: 1 } } },
  });
});
