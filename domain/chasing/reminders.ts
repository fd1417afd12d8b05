import type { IsoDate } from '../calendar/dates';
import { addDays } from '../calendar/dates';
import { londonDateOf } from '../calendar/london';
import { onOrAfter } from '../calendar/workingDays';
import { moveTo } from '../filings/decideTransition';
import type { Applied, Rejected, Transition } from '../filings/decision';
import { reject } from '../filings/decision';
import type { FilingDefinition } from '../filings/definition';
import { stageDefinition } from '../filings/definitions';
import type { FilingState } from '../filings/state';
import { isPaused } from '../filings/state';
import { SYSTEM_USER_ID, SYSTEM_USER_NAME } from '../people';
import { alertKey, CLIENT_EMAIL_KINDS, planChasing, reminderCountsFrom, reminderKey } from './plan';
import type { ChaseRules } from './policy';
import type { PlannedReminder, ReminderKind } from './reminderKinds';
import { dayRules, fireInstant } from './sendWindow';
import type { SuppressionReason } from './suppression';

/** How a planned row ended, for the chase ledger. */
export interface SettledReminder {
  kind: ReminderKind;
  deadline: string;
  plannedFor: IsoDate;
  status: 'SENT' | 'SUPPRESSED';
  reason: SuppressionReason | null;
}

/** What is due at one moment: at most one e-mail to the client, alerts to the staff, and what was missed. */
export interface DueReminders {
  clientEmail: PlannedReminder | null;
  alerts: PlannedReminder[];
  missed: PlannedReminder[];
}

/** The instant (epoch ms) at which the next planned row goes out, with that row; null when nothing is planned. */
export function nextReminder(
  plan: readonly PlannedReminder[],
  rules: ChaseRules,
  now: number,
): { at: number; reminder: PlannedReminder } | null {
  const [first] = plan;
  return first ? { at: fireInstant(rules, first.plannedAt, now), reminder: first } : null;
}

/**
 * What goes out now (epoch ms). After an outage the latest of each kind does; the earlier ones are missed and not made up, so that a
 * reminder to the client takes the number of the first of them.
 */
export function dueReminders(plan: readonly PlannedReminder[], rules: ChaseRules, now: number): DueReminders {
  const due = plan.filter((reminder) => fireInstant(rules, reminder.plannedAt, now) <= now);
  const latest = new Map(due.map((reminder) => [`${reminder.kind}/${reminder.deadline}`, reminder]));
  const going = [...latest.values()];
  const clientEmail = going.find(({ kind }) => CLIENT_EMAIL_KINDS.includes(kind));
  const first = due.find(({ kind }) => kind === clientEmail?.kind);
  return {
    clientEmail: clientEmail && first ? { ...clientEmail, number: first.number } : null,
    alerts: going.filter(({ kind }) => !CLIENT_EMAIL_KINDS.includes(kind)),
    missed: due.filter((reminder) => !going.includes(reminder)),
  };
}

/** The change that a reminder or alert makes to its filing. */
export interface ReminderChange {
  state: FilingState;
  transition: Transition | null;
}

/** The staff was alerted now (epoch ms). */
export function afterAlerts(state: FilingState, alerts: readonly PlannedReminder[], now: number): FilingState {
  const today = londonDateOf(now);
  const keys = alerts.map((row) => [alertKey(row.kind, row.deadline, state.stageEnteredAt), today] as const);
  return { ...state, chase: { ...state.chase, lastAlertOn: { ...state.chase.lastAlertOn, ...Object.fromEntries(keys) } } };
}

/** The client is sent a reminder now (epoch ms): the first one moves the filing on, the next is counted from it. */
export function afterClientEmail(
  definition: FilingDefinition,
  state: FilingState,
  rules: ChaseRules,
  plannedFor: IsoDate,
  now: number,
): ReminderChange {
  const countsFrom = reminderCountsFrom(definition, state, rules, plannedFor, now);
  const isPaperwork = stageDefinition(definition, state.stage).chases === 'PAPERWORK';
  const chase = isPaperwork
    ? { ...state.chase, remindersSent: state.chase.remindersSent + 1, lastReminderOn: countsFrom }
    : { ...state.chase, clientRemindersSent: (state.chase.clientRemindersSent ?? 0) + 1, lastClientReminderOn: countsFrom };
  const counted = { ...state, chase };
  if (state.stage !== 'PAPERWORK_PENDING_CHASE') return { state: { ...counted, revision: state.revision + 1 }, transition: null };
  const system = { userId: SYSTEM_USER_ID, name: SYSTEM_USER_NAME };
  const moved = moveTo(definition, counted, 'PAPERWORK_CHASED', system, now);
  return moved.applied ? { state: moved.state, transition: moved.transition } : { state: counted, transition: null };
}

/** The client already had its e-mail of the day: the reminder waits for the next working day. `now` is epoch ms. */
export function afterTakenDay(state: FilingState, rules: ChaseRules, now: number): FilingState {
  const noClientEmailBefore = onOrAfter(addDays(londonDateOf(now), 1), dayRules(rules));
  return { ...state, chase: { ...state.chase, noClientEmailBefore } };
}

/** The client cannot be written to: the reminder is over, the next one keeps its rhythm. `now` is epoch ms. */
export function afterUnsendableEmail(
  definition: FilingDefinition,
  state: FilingState,
  rules: ChaseRules,
  plannedFor: IsoDate,
  now: number,
): FilingState {
  const countsFrom = reminderCountsFrom(definition, state, rules, plannedFor, now);
  const isPaperwork = stageDefinition(definition, state.stage).chases === 'PAPERWORK';
  const chase = isPaperwork
    ? { ...state.chase, lastReminderOn: countsFrom }
    : { ...state.chase, lastClientReminderOn: countsFrom };
  return { ...state, chase };
}

/** Decides a reminder that somebody asked for at once; it is refused where the client is not waited for. `now` is epoch ms. */
export function decideChaseNow(
  definition: FilingDefinition,
  state: FilingState,
  rules: ChaseRules,
  now: number,
): Applied | Rejected {
  const today = londonDateOf(now);
  if (isPaused(state, today)) return reject('NOTHING_TO_DO', 'Chasing is paused: resume it first');
  if (stageDefinition(definition, state.stage).chases === undefined) {
    return reject('NOTHING_TO_DO', `Nothing is awaited from the client at ${state.stage}`);
  }
  const change = afterClientEmail(definition, state, rules, today, now);
  return {
    applied: true,
    action: 'CLIENT_CHASED',
    ...change,
    details: { after: { remindersSent: change.state.chase.remindersSent } },
  };
}

/** Makes the plan anew after a change; `now` is epoch ms. */
export function replan(definition: FilingDefinition, state: FilingState, rules: ChaseRules, now: number): FilingState {
  return { ...state, plan: planChasing(definition, state, rules, now) };
}

/** What the ledger must be told when one plan takes another's place: rows that are over, and rows that are new or have moved. */
export interface LedgerChange {
  settle: SettledReminder[];
  add: PlannedReminder[];
}

/**
 * Compares the plans of two states; `settled` rows have already ended for a reason of their own, `because` is why dates moved that
 * no change of the filing itself explains.
 */
export function ledgerChange(
  definition: FilingDefinition,
  before: FilingState,
  after: FilingState,
  settled: readonly SettledReminder[] = [],
  because: SuppressionReason = 'SUPERSEDED',
): LedgerChange {
  const known = new Map(before.plan.map((row) => [reminderKey(row), row]));
  const kept = new Set(after.plan.map(reminderKey));
  const over = new Set(settled.map(reminderKey));
  const gone = before.plan.filter((row) => !kept.has(reminderKey(row)) && !over.has(reminderKey(row)));
  const add = after.plan.filter((row) => !isSamePlan(known.get(reminderKey(row)), row));
  return {
    settle: [
      ...settled,
      ...gone.map(({ kind, deadline, plannedFor }) => ({
        kind,
        deadline,
        plannedFor,
        status: 'SUPPRESSED' as const,
        reason: suppressionReason(definition, before, after, { kind, deadline }) ?? because,
      })),
    ],
    add,
  };
}

function isSamePlan(a: PlannedReminder | undefined, b: PlannedReminder): boolean {
  return a !== undefined && a.plannedAt === b.plannedAt && a.number === b.number && a.recipient === b.recipient;
}

/** What of the filing's own change ended a row, if anything did. */
function suppressionReason(
  definition: FilingDefinition,
  before: FilingState,
  after: FilingState,
  { kind, deadline }: { kind: ReminderKind; deadline: string },
): SuppressionReason | undefined {
  if (after.outcome !== null) return after.outcome;
  const metBy = definition.deadlines.find(({ name }) => name === deadline)?.metBy;
  if (metBy !== undefined && after.milestones[metBy] !== undefined) return 'DEADLINE_MET';
  if (kind === 'STUCK') return before.stageEnteredAt === after.stageEnteredAt ? undefined : 'STAGE_CHANGED';
  const topicBefore = stageDefinition(definition, before.stage).chases;
  const topicAfter = stageDefinition(definition, after.stage).chases;
  const isAboutClient = CLIENT_EMAIL_KINDS.includes(kind) || kind === 'ESCALATE_TO_MANAGERS' || kind === 'ESCALATE_TO_PARTNERS';
  if (isAboutClient && topicBefore !== topicAfter) return topicBefore === 'PAPERWORK' ? 'PAPERWORK_RECEIVED' : 'CLIENT_ANSWERED';
  const isPauseNew = after.paused !== null && (before.paused === null || before.paused.until !== after.paused.until);
  return isAboutClient && isPauseNew ? 'PAUSED' : undefined;
}
