import { daysBetween, formatDate } from '../calendar/dates';
import { londonDateOf } from '../calendar/london';
import type { Decision, Rejected } from './decision';
import { reject } from './decision';
import type { FilingDefinition, Move } from './definition';
import { finalStage, stageDefinition, stageIndex } from './definitions';
import type { Actor, StageTransition } from './messages';
import { clearMilestonesAfter, reachMilestones } from './milestones';
import { mayAct } from './permissions';
import type { Authority, FiledTo, Stage } from './stages';
import { AUTHORITIES } from './stages';
import type { FilingState } from './state';

const RECEIPT_NAMES: Record<FiledTo, string> = {
  COMPANIES_HOUSE: 'Companies House',
  HMRC: 'HMRC',
  CLIENT_SELF_FILING: 'the client, who files it',
};

/** Decides a request to move a filing; `now` is epoch ms. The state that follows still has the old plan. */
export function decideTransition(
  definition: FilingDefinition,
  state: FilingState,
  request: StageTransition,
  now: number,
): Decision {
  const target = definition.stages[stageIndex(definition, request.stage)]?.stage;
  if (target === undefined) return reject('UNKNOWN_STAGE', `${request.stage} is not a stage of ${definition.label}`);
  if (request.expectedStage !== undefined && request.expectedStage !== state.stage) {
    return reject('STALE_STAGE', `The filing has moved meanwhile: it is in ${state.stage}, not in ${request.expectedStage}`);
  }
  if (target === state.stage) return decideSameStage(definition, state, request);
  return (
    refuseMove(definition, state, target, request) ??
    refuseReceipts(definition, state, target, request) ??
    refuseRejections(definition, state, target, request) ??
    applyMove(definition, state, target, request, now)
  );
}

/** A move by the client's answer or by the first reminder: the rules of who may move do not apply, the milestones do. */
export function moveTo(
  definition: FilingDefinition,
  state: FilingState,
  target: Stage,
  actor: Pick<Actor, 'userId' | 'name'>,
  now: number,
): Decision {
  return applyMove(definition, state, target, { actor, filedTo: [], rejectedBy: [] }, now);
}

/** Only handing the filing to somebody else makes sense without a move. */
function decideSameStage(definition: FilingDefinition, state: FilingState, request: StageTransition): Decision {
  if (request.assignedUserId === undefined || request.filedTo || request.rejectedBy) {
    return reject('SAME_STAGE', `The filing is already in ${state.stage}`);
  }
  if (!mayAct(definition, state.stage, 'STAFF', request.actor)) return notYours();
  return {
    applied: true,
    action: 'FILING_REASSIGNED',
    state: { ...state, assignee: assigneeOf(request, state), revision: state.revision + 1 },
    transition: null,
    details: { before: { assignedUserId: state.assignee?.userId ?? null }, after: { assignedUserId: request.assignedUserId } },
  };
}

function refuseMove(
  definition: FilingDefinition,
  state: FilingState,
  target: Stage,
  request: StageTransition,
): Rejected | undefined {
  const from = stageDefinition(definition, state.stage);
  const move = from.moves.find((candidate) => candidate.to === target);
  if (move) return refuseMover(definition, state, move, request.actor) ?? refuseOwnWork(definition, state, move, request);
  if (stageIndex(definition, target) > stageIndex(definition, state.stage)) {
    const next = from.moves.map(({ to }) => to).join(', ');
    return reject('NOT_A_NEXT_STAGE', `${target} does not follow ${state.stage}; from here the filing can go to ${next}`);
  }
  return refuseCorrection(definition, state, target, request);
}

function refuseMover(definition: FilingDefinition, state: FilingState, move: Move, actor: Actor): Rejected | undefined {
  if (mayAct(definition, state.stage, move.by, actor)) return undefined;
  if (move.by === 'STAFF') return notYours();
  const who = move.by === 'PARTNER' ? 'a partner' : 'a manager or partner';
  const outOf = stageDefinition(definition, state.stage).mover === move.by;
  return reject('NOT_ALLOWED', `Only ${who} can move a filing ${outOf ? `out of ${state.stage}` : `to ${move.to}`}`);
}

/** Where the practice wants two people: a move on that takes a manager or partner passes a review, and is not for who did the work. */
function refuseOwnWork(
  definition: FilingDefinition,
  state: FilingState,
  move: Move,
  { actor, needsSecondPerson = false }: StageTransition,
): Rejected | undefined {
  const passesReview = move.by !== 'STAFF' && stageIndex(definition, move.to) > stageIndex(definition, state.stage);
  if (!needsSecondPerson || !passesReview || actor.userId === null) return undefined;
  const didTheWork = definition.workMilestones.some((names) => {
    const reached = names.map((name) => state.milestones[name]).find((milestone) => milestone !== undefined);
    return reached?.userId === actor.userId;
  });
  if (!didTheWork) return undefined;
  return reject('SECOND_PERSON_NEEDED', 'Whoever did the work cannot pass its review: ask somebody else to move the filing on');
}

function refuseCorrection(
  definition: FilingDefinition,
  state: FilingState,
  target: Stage,
  request: StageTransition,
): Rejected | undefined {
  const { actor } = request;
  if (stageDefinition(definition, state.stage).mover === 'PARTNER' && actor.role !== 'PARTNER') {
    return reject('NOT_ALLOWED', `Only a partner can move a filing out of ${state.stage}`);
  }
  if (!mayAct(definition, state.stage, 'MANAGER', actor)) {
    return reject('NOT_ALLOWED', `Only a manager or partner can move a filing back from ${state.stage} to ${target}`);
  }
  if (!isNoted(request)) {
    return reject(
      'NOTE_REQUIRED',
      `Moving a filing back from ${state.stage} to ${target} is a correction and needs a note that says why`,
    );
  }
  return undefined;
}

function refuseReceipts(
  definition: FilingDefinition,
  state: FilingState,
  target: Stage,
  request: StageTransition,
): Rejected | undefined {
  const filedTo = request.filedTo ?? [];
  if (target !== finalStage(definition)) {
    return filedTo.length > 0 ? reject('FILED_TO', `filedTo goes with a move to ${finalStage(definition)} only`) : undefined;
  }
  const unknown = filedTo.find((receipt) => !definition.receipts.includes(receipt));
  if (unknown) return reject('FILED_TO', `${definition.label} is not filed to ${RECEIPT_NAMES[unknown]}`);
  if (!definition.filedToRequired) return undefined;
  if (filedTo.length === 0)
    return reject('FILED_TO', `Say who received it: ${definition.receipts.map((receipt) => RECEIPT_NAMES[receipt]).join(', ')}`);
  if (filedTo.includes('CLIENT_SELF_FILING') && filedTo.length > 1) {
    return reject('FILED_TO', 'Either the client files everything, or say who received it');
  }
  const again = filedTo.find((receipt) => receiptMilestone(definition, state, receipt));
  const isComplete = missingReceipts(definition, state, filedTo).length === 0;
  if (again && !(isComplete && filedTo.every((receipt) => receiptMilestone(definition, state, receipt)))) {
    const recorded = receiptMilestone(definition, state, again);
    const when = recorded ? ` on ${formatDate(londonDateOf(recorded.at))}` : '';
    return reject('FILED_TO', `It is already recorded as filed to ${RECEIPT_NAMES[again]}${when}`);
  }
  return undefined;
}

function refuseRejections(
  definition: FilingDefinition,
  state: FilingState,
  target: Stage,
  request: StageTransition,
): Rejected | undefined {
  const rejectedBy = request.rejectedBy ?? [];
  if (rejectedBy.length === 0) return undefined;
  if (stageIndex(definition, target) >= stageIndex(definition, state.stage)) {
    return reject('REJECTED_BY', 'rejectedBy goes with a move back only');
  }
  if (request.actor.role !== 'PARTNER')
    return reject('NOT_ALLOWED', 'Only a partner can record that an authority rejected a filing');
  if (!isNoted(request)) {
    return reject('NOTE_REQUIRED', 'Recording that an authority rejected a filing needs a note that says why');
  }
  return refuseUnfiled(definition, state, rejectedBy);
}

/** Refuses the rejection by an authority that has received nothing. */
export function refuseUnfiled(
  definition: FilingDefinition,
  state: FilingState,
  rejectedBy: readonly Authority[],
): Rejected | undefined {
  const unfiled = rejectedBy.find((authority) => !wasFiledTo(definition, state, authority));
  return unfiled ? reject('REJECTED_BY', `Nothing was recorded as filed to ${RECEIPT_NAMES[unfiled]}`) : undefined;
}

/** The authorities that have received the filing, and so may have rejected it. */
export function receivedBy(definition: FilingDefinition, state: FilingState): Authority[] {
  return AUTHORITIES.filter((authority) => wasFiledTo(definition, state, authority));
}

function wasFiledTo(definition: FilingDefinition, state: FilingState, authority: Authority): boolean {
  if (receiptMilestone(definition, state, authority)) return true;
  return !definition.filedToRequired && definition.receipts.includes(authority) && state.outcome === 'FILED';
}

function applyMove(
  definition: FilingDefinition,
  state: FilingState,
  target: Stage,
  request: Pick<StageTransition, 'filedTo' | 'rejectedBy' | 'assignedUserId' | 'assignedUserName'> & {
    actor: Pick<Actor, 'userId' | 'name'>;
  },
  now: number,
): Decision {
  const { actor, filedTo = [], rejectedBy = [] } = request;
  const isPartial = target === finalStage(definition) && missingReceipts(definition, state, filedTo).length > 0;
  const toStage = isPartial ? state.stage : target;
  const isBack = stageIndex(definition, target) < stageIndex(definition, state.stage);
  const kept = isBack ? clearMilestonesAfter(definition, state.milestones, target, rejectedBy) : state.milestones;
  const milestone = { at: now, userId: actor.userId, userName: actor.name };
  const entersStage = toStage !== state.stage;
  return {
    applied: true,
    action: 'FILING_STAGE_CHANGED',
    state: {
      ...state,
      stage: toStage,
      stageEnteredAt: entersStage ? now : state.stageEnteredAt,
      milestones: reachMilestones(definition, kept, { stage: toStage, filedTo }, milestone),
      assignee: assigneeOf(request, state),
      sequence: state.sequence + 1,
      revision: state.revision + 1,
      chase: entersStage ? { ...state.chase, lastClientReminderOn: null, clientRemindersSent: 0 } : state.chase,
      outcome: toStage === finalStage(definition) ? 'FILED' : null,
    },
    transition: {
      fromStage: state.stage,
      toStage,
      sequence: state.sequence + 1,
      daysInPreviousStage: daysBetween(londonDateOf(state.stageEnteredAt), londonDateOf(now)),
      filedTo: [...filedTo],
      rejectedBy: [...rejectedBy],
    },
    details: {
      before: { stage: state.stage },
      after: { stage: toStage },
      ...(request.assignedUserId === undefined ? {} : { assignedUserId: request.assignedUserId }),
    },
  };
}

/** The receipts that are still missing before the filing is filed, once these are in. */
export function missingReceipts(definition: FilingDefinition, state: FilingState, filedTo: readonly FiledTo[]): FiledTo[] {
  if (!definition.filedToRequired || filedTo.includes('CLIENT_SELF_FILING')) return [];
  const needed = definition.receipts.filter(
    (receipt) => receipt !== 'CLIENT_SELF_FILING' && (receipt !== 'HMRC' || state.dates.corporationTaxRequired),
  );
  return needed.filter((receipt) => !filedTo.includes(receipt) && !receiptMilestone(definition, state, receipt));
}

function receiptMilestone(
  definition: FilingDefinition,
  state: FilingState,
  receipt: FiledTo,
): FilingState['milestones'][string] | undefined {
  const milestone = definition.milestones.find(({ filedTo }) => filedTo === receipt);
  return milestone && state.milestones[milestone.name];
}

function assigneeOf(
  request: Pick<StageTransition, 'assignedUserId' | 'assignedUserName'>,
  state: FilingState,
): FilingState['assignee'] {
  if (request.assignedUserId === undefined) return state.assignee;
  return { userId: request.assignedUserId, name: request.assignedUserName ?? request.assignedUserId };
}

/** Whether a note is stored with the request or came with the signal. */
function isNoted({ hasNote, notes }: StageTransition): boolean {
  return hasNote === true || (notes ?? '').trim() !== '';
}

function notYours(): Rejected {
  return reject('NOT_ALLOWED', 'The filing is not yours: ask a manager to assign it to you');
}
