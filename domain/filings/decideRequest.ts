import type { IsoDate } from '../calendar/dates';
import { addMonths, formatDate, lastDayOfMonthsFrom } from '../calendar/dates';
import { londonDateOf } from '../calendar/london';
import { decideTransition, moveTo, refuseUnfiled } from './decideTransition';
import type { Applied, Decision, Rejected } from './decision';
import { reject } from './decision';
import type { FilingDefinition } from './definition';
import { finalStage, stageBeforeFiling, stageDefinition } from './definitions';
import type { ClientDecision, DeadlinesChanged, FilingMessage, PauseChasing, Reassign, Reopen, RequestType } from './messages';
import { clearMilestonesAfter } from './milestones';
import { mayAct, REQUEST_MOVERS } from './permissions';
import type { FilingState } from './state';
import { isPaused } from './state';

/** No period lasts longer, and no deadline is further from its period's end: a mistyped year would make a plan without end. */
const MOST_MONTHS = 36;

/** A stored request as a message: everything but the rollout of a policy, and chaseNow, which is carried out in reminders.ts. */
export type FilingRequest = Extract<FilingMessage, { name: Exclude<RequestType, 'chaseNow'> }>;

/**
 * Decides a request of a person or the client; `now` is epoch ms. Never throws for what a request may carry. The same
 * function serves requests from the API, from the client's link and signals sent by hand.
 */
export function decideRequest(definition: FilingDefinition, state: FilingState, request: FilingRequest, now: number): Decision {
  if (request.name === 'reopen') return decideReopen(definition, state, request.body, now);
  if (state.outcome !== null) return rejectClosed(definition, state);
  if (request.name === 'stageTransition') return decideTransition(definition, state, request.body, now);
  if (request.name === 'clientDecision') return decideClientDecision(definition, state, request.body, now);
  const refusal = refuseActor(definition, state, request.name, request.body.actor);
  if (refusal) return refusal;
  switch (request.name) {
    case 'reassign':
      return decideReassign(state, request.body);
    case 'pauseChasing':
      return decidePause(state, request.body, londonDateOf(now));
    case 'resumeChasing':
      return decideResume(state, londonDateOf(now));
    case 'deadlinesChanged':
      return decideDeadlines(definition, state, request.body);
    default:
      return changed(state, 'FILING_CANCELLED', { outcome: 'CANCELLED' }, { after: { outcome: 'CANCELLED' } });
  }
}

/** Why nothing can be done with a filing that has ended. */
export function rejectClosed(definition: FilingDefinition, state: FilingState): Rejected {
  return state.outcome === 'CANCELLED'
    ? reject('CLOSED', 'The filing was cancelled; a partner can reopen it')
    : reject('CLOSED', `The filing is already filed (${finalStage(definition)}); a partner can reopen it`);
}

/** Refuses an actor whose role, or whose relation to the filing, does not allow a request. */
export function refuseActor(
  definition: FilingDefinition,
  state: FilingState,
  name: keyof typeof REQUEST_MOVERS,
  actor: FilingRequest['body']['actor'],
): Rejected | undefined {
  const by = REQUEST_MOVERS[name];
  // What follows from archiving or restoring a client is sent as SYSTEM, naming the person who did that.
  const isConsequence =
    actor.role === 'SYSTEM' &&
    (name === 'cancelFiling' || name === 'reopen' || name === 'deadlinesChanged' || name === 'reassign');
  if (isConsequence || mayAct(definition, state.stage, by, actor)) return undefined;
  return by === 'PARTNER'
    ? reject('NOT_ALLOWED', `Only a partner can ${name === 'reopen' ? 'reopen' : 'cancel'} a filing`)
    : reject('NOT_ALLOWED', 'The filing is not yours: ask a manager to assign it to you');
}

function changed(
  state: FilingState,
  action: Applied['action'],
  change: Partial<FilingState>,
  details: Record<string, unknown>,
): Applied {
  return { applied: true, action, state: { ...state, ...change, revision: state.revision + 1 }, transition: null, details };
}

function decideClientDecision(
  definition: FilingDefinition,
  state: FilingState,
  { actor, decision, sequence }: ClientDecision,
  now: number,
): Decision {
  if (actor.role !== 'CLIENT') return reject('NOT_ALLOWED', 'Only the client answers by the link: record the answer as a move');
  if (stageDefinition(definition, state.stage).chases !== 'APPROVAL') {
    return reject('NOT_A_NEXT_STAGE', 'The filing no longer waits for the client’s approval');
  }
  if (sequence !== undefined && sequence !== state.sequence) {
    return reject('STALE_STAGE', 'The client answered to what was sent before: it was replaced meanwhile');
  }
  return moveTo(definition, state, decision === 'approved' ? 'CLIENT_APPROVED' : 'WORK_IN_PROGRESS', actor, now);
}

function decideReassign(state: FilingState, { assignedUserId, name }: Reassign): Decision {
  if ((state.assignee?.userId ?? null) === assignedUserId) {
    return reject(
      'NOTHING_TO_DO',
      state.assignee ? `The filing is already assigned to ${state.assignee.name}` : 'The filing is assigned to nobody already',
    );
  }
  const assignee = assignedUserId === null ? null : { userId: assignedUserId, name: name ?? assignedUserId };
  const details = { before: { assignedUserId: state.assignee?.userId ?? null }, after: { assignedUserId } };
  return changed(state, 'FILING_REASSIGNED', { assignee }, details);
}

function decidePause(state: FilingState, { until }: PauseChasing, today: IsoDate): Decision {
  if (until !== undefined && until <= today) {
    return reject('INVALID_DATES', `Chasing can only be paused until a later day; ${formatDate(until)} is not after today`);
  }
  const paused = { until: until ?? null };
  return changed(state, 'CHASING_PAUSED', { paused }, { before: { paused: state.paused }, after: { paused } });
}

function decideResume(state: FilingState, today: IsoDate): Decision {
  if (!isPaused(state, today)) return reject('NOTHING_TO_DO', 'Chasing is not paused');
  return changed(state, 'CHASING_RESUMED', { paused: null }, { before: { paused: state.paused }, after: { paused: null } });
}

function decideDeadlines(definition: FilingDefinition, state: FilingState, request: DeadlinesChanged): Decision {
  const known = new Set(definition.deadlines.map(({ name }) => name));
  const unknown = Object.keys(request.deadlines ?? {}).find((name) => !known.has(name));
  if (unknown) return reject('INVALID_DATES', `${unknown} is not a deadline of ${definition.label}`);
  const { periodStart = state.dates.periodStart, periodEnd = state.dates.periodEnd } = request;
  const dates = {
    ...state.dates,
    periodStart,
    periodEnd,
    deadlines: deadlinesOf(definition, periodStart, periodEnd, { ...state.dates.deadlines, ...request.deadlines }),
    corporationTaxRequired: request.corporationTaxRequired ?? state.dates.corporationTaxRequired,
  };
  if (periodEnd < periodStart) {
    return reject('INVALID_DATES', `The period cannot end before it starts on ${formatDate(periodStart)}`);
  }
  if (periodEnd > addMonths(periodStart, MOST_MONTHS)) {
    return reject('INVALID_DATES', `The period would be too long: it starts on ${formatDate(periodStart)}`);
  }
  const isEarly = (date: IsoDate): boolean => date < dates.periodEnd;
  const isFar = (date: IsoDate): boolean => date > addMonths(dates.periodEnd, MOST_MONTHS);
  const impossible = Object.values(dates.deadlines).find((date) => isEarly(date) || isFar(date));
  if (impossible) {
    const where = isEarly(impossible) ? 'before' : 'too long after';
    return reject(
      'INVALID_DATES',
      `A deadline on ${formatDate(impossible)} lies ${where} the period’s end on ${formatDate(dates.periodEnd)}`,
    );
  }
  const details = { before: state.dates, after: dates, source: request.source };
  return changed(state, 'FILING_DEADLINES_CHANGED', { dates }, details);
}

/** Without those that only a period of more than twelve months has, where it has no more. */
function deadlinesOf(
  definition: FilingDefinition,
  start: IsoDate,
  end: IsoDate,
  deadlines: Record<string, IsoDate>,
): Record<string, IsoDate> {
  const isLong = end > lastDayOfMonthsFrom(start, 12);
  const gone = definition.deadlines.filter(({ ofLongPeriods }) => ofLongPeriods && !isLong).map(({ name }) => name);
  return Object.fromEntries(Object.entries(deadlines).filter(([name]) => !gone.includes(name)));
}

function decideReopen(definition: FilingDefinition, state: FilingState, request: Reopen, now: number): Decision {
  const refusal = refuseActor(definition, state, 'reopen', request.actor);
  if (refusal) return refusal;
  if (state.outcome === null) return reject('NOTHING_TO_DO', 'The filing is open already');
  if (!request.hasNote) return reject('NOTE_REQUIRED', 'Reopening a filing needs a note that says why');
  const rejectedBy = request.rejectedBy ?? [];
  const unfiled = refuseUnfiled(definition, state, rejectedBy);
  if (unfiled) return unfiled;
  if (state.outcome === 'CANCELLED') {
    const milestones = clearMilestonesAfter(definition, state.milestones, state.stage, rejectedBy);
    const change = { outcome: null, stageEnteredAt: now, milestones };
    return changed(state, 'FILING_REOPENED', change, { after: { stage: state.stage } });
  }
  const stage = stageBeforeFiling(definition);
  const details = { before: { stage: state.stage }, after: { stage } };
  const reopened = changed(
    state,
    'FILING_REOPENED',
    {
      stage,
      stageEnteredAt: now,
      outcome: null,
      sequence: state.sequence + 1,
      milestones: clearMilestonesAfter(definition, state.milestones, stage, rejectedBy),
    },
    details,
  );
  return {
    ...reopened,
    transition: {
      fromStage: state.stage,
      toStage: stage,
      sequence: state.sequence + 1,
      daysInPreviousStage: 0,
      filedTo: [],
      rejectedBy: [...rejectedBy],
    },
  };
}
