import { londonDateOf } from '../calendar/london';
import type { ChaseRules } from '../chasing/policy';
import type { DueReminders, SettledReminder } from '../chasing/reminders';
import { afterAlerts, afterClientEmail, afterTakenDay, afterUnsendableEmail, ledgerChange, replan } from '../chasing/reminders';
import type { PlannedReminder } from '../chasing/reminderKinds';
import { reminderKey } from '../chasing/plan';
import type { SuppressionReason } from '../chasing/suppression';
import { SYSTEM_USER_ID, SYSTEM_USER_NAME } from '../people';
import type { Applied } from './decision';
import type { FilingDefinition } from './definition';
import type { Actor } from './messages';
import type { FilingRecord, ReminderRecords, Unsent } from './record';
import type { FilingState } from './state';
import { dueDate, waitingFor, withDecided } from './state';

/** The author of what timers do. */
export const SYSTEM_ACTOR: Actor = { userId: SYSTEM_USER_ID, name: SYSTEM_USER_NAME, role: 'SYSTEM', relation: 'none' };

/** What a record is made in: the kind, the rules in force, the state before it and the workflow's time (epoch ms). */
export interface RecordContext {
  definition: FilingDefinition;
  rules: ChaseRules;
  before: FilingState;
  now: number;
}

type Change = Pick<Applied, 'state' | 'transition' | 'details'> & { action: FilingRecord['action'] };

/** Turns an applied decision into what is to be committed: its plan is made anew and compared with the one before. */
export function recordOf(
  context: RecordContext,
  change: Change,
  origin: Pick<FilingRecord, 'decisionKey' | 'requestId' | 'actor' | 'notes' | 'source'>,
  reminders: { alerts: PlannedReminder[]; settled: SettledReminder[] } = { alerts: [], settled: [] },
  replannedBecause: SuppressionReason = change.action === 'FILING_DEADLINES_CHANGED' ? 'DEADLINES_CHANGED' : 'SUPERSEDED',
): FilingRecord {
  const { definition, rules, before, now } = context;
  const planned = replan(definition, change.state, rules, now);
  const { requestId } = origin;
  const state =
    requestId === null ? planned : { ...planned, decidedRequestIds: withDecided(planned.decidedRequestIds, requestId) };
  return {
    ...origin,
    decidedAt: now,
    action: change.action,
    details: change.details,
    state,
    dueDate: dueDate(definition, state.dates, state.milestones),
    waitingFor: waitingFor(definition, state, now),
    transition: change.transition,
    ledger: ledgerChange(definition, before, state, reminders.settled, replannedBecause),
    alerts: reminders.alerts,
    policyVersion: rules.version,
  };
}

/** The record of a change that no person asked for and that no history row tells; `replannedBecause` is why dates moved by it. */
export function quietRecord(
  context: RecordContext,
  key: string,
  change: Partial<FilingState>,
  replannedBecause?: SuppressionReason,
): FilingRecord {
  const { before } = context;
  const state = { ...before, ...change, revision: before.revision + 1 };
  const quiet = { action: null, state, transition: null, details: {} };
  return recordOf(context, quiet, timerOrigin(before, key), { alerts: [], settled: [] }, replannedBecause);
}

/** The record of staff alerts that are due, with what was missed. */
export function alertRecord(context: RecordContext, due: DueReminders): FilingRecord {
  const { before, now } = context;
  const state = { ...afterAlerts(before, due.alerts, now), revision: before.revision + 1 };
  const details = { alerts: due.alerts.map(({ kind }) => kind), missed: due.missed.length };
  const origin = timerOrigin(before, dueKey(due));
  return recordOf(context, { action: 'STAFF_ALERTED', state, transition: null, details }, origin, {
    alerts: due.alerts,
    settled: [...sent(due.alerts), ...missed(due)],
  });
}

/** A reminder to the client that is due, together with the alerts of the same moment. */
export function reminderRecords(context: RecordContext, due: DueReminders, reminder: PlannedReminder): ReminderRecords {
  const { definition, rules, before, now } = context;
  const chased = afterClientEmail(definition, before, rules, reminder.plannedFor, now);
  // After an outage fewer reminders went out than were planned: the managers are told after as many as the policy says.
  const { remindersSent } = chased.state.chase;
  const isManagersTurn = remindersSent >= rules.policy.escalateToManagersAfterReminders;
  const alertsNow = due.alerts.filter(({ kind }) => kind !== 'ESCALATE_TO_MANAGERS' || isManagersTurn);
  const sentRecord = recordOf(
    context,
    {
      action: chased.transition ? 'FILING_STAGE_CHANGED' : 'CLIENT_CHASED',
      state: afterAlerts(chased.state, alertsNow, now),
      transition: chased.transition,
      details: reminderDetails(reminder),
    },
    timerOrigin(before, dueKey(due)),
    { alerts: alertsNow, settled: [...sent(alertsNow), ...missed(due)] },
  );
  return {
    reminder,
    today: londonDateOf(now),
    chaseNowRequestId: null,
    sent: withoutSettling(sentRecord, reminder),
    unsent: null,
  };
}

/** The record of a reminder that is due and not sent, together with the alerts of the same moment. */
export function unsentRecord(
  context: RecordContext,
  due: DueReminders,
  reminder: PlannedReminder,
  { outcome, reason }: Unsent,
): FilingRecord {
  const { definition, rules, before, now } = context;
  const state =
    outcome === 'dayTaken'
      ? afterTakenDay(before, rules, now)
      : afterUnsendableEmail(definition, before, rules, reminder.plannedFor, now);
  // The managers are told after the reminder, not instead of it.
  const alerts = due.alerts.filter(({ kind }) => kind !== 'ESCALATE_TO_MANAGERS');
  return recordOf(
    context,
    {
      action: alerts.length > 0 ? 'STAFF_ALERTED' : null,
      state: { ...afterAlerts(state, alerts, now), revision: before.revision + 1 },
      transition: null,
      details: reminderDetails(reminder),
    },
    timerOrigin(before, dueKey(due)),
    { alerts, settled: [...sent(alerts), ...missed(due), suppressed(reminder, reason)] },
  );
}

/** The record of a reminder that somebody asked for at once; without an address nothing changes. */
export function chaseNowRecords(context: RecordContext, applied: Applied, requestId: string, actor: Actor): ReminderRecords {
  const { now } = context;
  const today = londonDateOf(now);
  const origin = { decisionKey: requestId, requestId, actor, notes: null, source: null };
  return {
    reminder: { kind: 'CHASE_NOW', deadline: '', plannedFor: today, plannedAt: now, recipient: 'CLIENT', number: null },
    today,
    chaseNowRequestId: requestId,
    sent: recordOf(context, applied, origin),
    unsent: null,
  };
}

function timerOrigin(
  state: FilingState,
  key: string,
): Pick<FilingRecord, 'decisionKey' | 'requestId' | 'actor' | 'notes' | 'source'> {
  const decisionKey = `timer:${state.filingId}:${state.revision + 1}:${key}`;
  return { decisionKey, requestId: null, actor: SYSTEM_ACTOR, notes: null, source: 'TIMER' };
}

function dueKey(due: DueReminders): string {
  return [...(due.clientEmail ? [due.clientEmail] : []), ...due.alerts].map(reminderKey).join('+');
}

function reminderDetails({ kind, number }: PlannedReminder): Record<string, unknown> {
  return { reminder: kind, number };
}

function sent(alerts: readonly PlannedReminder[]): SettledReminder[] {
  return alerts.map(({ kind, deadline, plannedFor }) => ({ kind, deadline, plannedFor, status: 'SENT', reason: null }));
}

function missed(due: DueReminders): SettledReminder[] {
  return due.missed.map((row) => suppressed(row, 'MISSED'));
}

function suppressed({ kind, deadline, plannedFor }: PlannedReminder, reason: SuppressionReason): SettledReminder {
  return { kind, deadline, plannedFor, status: 'SUPPRESSED', reason };
}

/** A reminder that is in an e-mail ends when the e-mail does. */
function withoutSettling(record: FilingRecord, reminder: PlannedReminder): FilingRecord {
  const key = reminderKey(reminder);
  return { ...record, ledger: { ...record.ledger, settle: record.ledger.settle.filter((row) => reminderKey(row) !== key) } };
}
