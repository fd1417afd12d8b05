import { displayDate, displayDateOf } from '../calendar/display';
import { londonDateOf } from '../calendar/london';
import { daysBetween } from '../calendar/dates';
import { CLIENT_EMAIL_KINDS } from '../chasing/plan';
import type { PlannedReminder, ReminderKind } from '../chasing/reminderKinds';
import type { FilingDefinition } from './definition';
import { stageDefinition } from './definitions';
import type { Stage } from './stages';
import type { FilingState } from './state';
import { isPaused, waitingFor } from './state';

/** What has to be done in a stage before the filing can go on. */
const TASKS: Record<Stage, string> = {
  PAPERWORK_PENDING_CHASE: 'send the records',
  PAPERWORK_CHASED: 'send the records',
  PAPERWORK_RECEIVED: 'start the work',
  WORK_IN_PROGRESS: 'finish the work',
  QUERIES_PENDING: 'answer our questions',
  REVIEW_PENDING_MANAGER: 'review it',
  REVIEW_PENDING_PARTNER: 'review it',
  EMAILED_TO_PARTNER: 'send it to the client',
  EMAILED_TO_CLIENT: 'approve it',
  CLIENT_APPROVED: 'file it',
  FILED_TO_HMRC: 'do nothing',
  MANAGER_DISCUSSION: 'discuss it',
  PARTNER_REVIEW: 'review it',
  REVIEW_COMPLETED: 'send it to the client',
  SENT_TO_CLIENT: 'approve it',
  PARTNER_APPROVED: 'file it',
  FILED: 'do nothing',
};

/** Why a filing is not further, in one sentence; `now` is epoch ms. */
export function explainWaiting(definition: FilingDefinition, state: FilingState, now: number): string {
  const today = londonDateOf(now);
  const since = `since ${displayDateOf(state.stageEnteredAt)} (${days(daysBetween(londonDateOf(state.stageEnteredAt), today))})`;
  const isPartnersTurn = state.stage === 'CLIENT_APPROVED' && stageDefinition(definition, state.stage).waitingFor === 'PARTNER';
  const task = isPartnersTurn ? 'approve it' : TASKS[state.stage];
  switch (waitingFor(definition, state, now)) {
    case 'NOBODY':
      return state.outcome === 'FILED' ? 'It is filed: nothing waits.' : 'It was cancelled: nothing waits.';
    case 'PERIOD_END':
      return `The period runs until ${displayDate(state.dates.periodEnd)}; its records are not asked for before.`;
    case 'CLIENT':
      return `The client has to ${task}, ${since}; ${remindersSoFar(definition, state, today)}.`;
    case 'MANAGER':
      return `A manager has to ${task}, ${since}.`;
    case 'PARTNER':
      return `A partner has to ${task}, ${since}.`;
    default:
      return state.assignee
        ? `${state.assignee.name} has to ${task}, ${since}.`
        : `Nobody is assigned: somebody has to take it and ${task}, ${since}.`;
  }
}

function remindersSoFar(definition: FilingDefinition, state: FilingState, today: string): string {
  if (isPaused(state, today)) {
    return state.paused?.until ? `reminders are paused until ${displayDate(state.paused.until)}` : 'reminders are paused';
  }
  const isPaperwork = stageDefinition(definition, state.stage).chases === 'PAPERWORK';
  const sent = isPaperwork ? state.chase.remindersSent : (state.chase.clientRemindersSent ?? 0);
  const next = state.plan.find(({ kind }) => CLIENT_EMAIL_KINDS.includes(kind));
  const soFar = sent === 0 ? 'no reminder has gone out yet' : `${sent} reminder${sent === 1 ? '' : 's'} went out`;
  return next ? `${soFar}, the next goes out on ${displayDate(next.plannedFor)}` : soFar;
}

const REMINDER_SENTENCES: Record<ReminderKind, string> = {
  PAPERWORK_REMINDER: 'The client is reminded of the records',
  CLIENT_REMINDER: 'The client is reminded to answer',
  CHASE_NOW: 'The client is reminded at once',
  ESCALATE_TO_MANAGERS: 'The assigned person and the managers are told that the records do not come',
  ESCALATE_TO_PARTNERS: 'The partners are told that the deadline is near and the records are missing',
  DEADLINE_WARNING: 'The assigned person is warned of the deadline',
  OVERDUE_ASSIGNED: 'The assigned person is told that it is overdue',
  OVERDUE_PARTNERS: 'The partners are told that it is overdue',
  STUCK: 'The assigned person is told that it is stuck',
};

/** What a planned row of the chase ledger does, without its date. */
export function reminderSentence(kind: ReminderKind): string {
  return REMINDER_SENTENCES[kind];
}

/** What the filing does next by itself; null where nothing is planned. */
export function nextAutomaticAction({ plan, outcome }: FilingState): PlannedReminder | null {
  return outcome === null ? (plan[0] ?? null) : null;
}

function days(count: number): string {
  return `${count} day${count === 1 ? '' : 's'}`;
}
