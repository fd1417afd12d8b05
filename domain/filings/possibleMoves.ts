import { displayDate } from '../calendar/display';
import { CLIENT_EMAIL_KINDS, planChasing } from '../chasing/plan';
import type { ChaseRules } from '../chasing/policy';
import { decideRequest } from './decideRequest';
import { missingReceipts } from './decideTransition';
import type { Applied } from './decision';
import type { FilingDefinition } from './definition';
import { finalStage, stageDefinition, stageIndex } from './definitions';
import { milestoneLabel } from './labels';
import type { Actor, StageTransition } from './messages';
import type { FiledTo, Stage } from './stages';
import type { FilingState } from './state';

/** A stage that a filing could go to next, as one person sees it. */
export interface PossibleMove {
  stage: Stage;
  allowed: boolean;
  /** Why not, in one sentence; null where it is allowed. */
  reason: string | null;
  /** Whether it is one of the moves that the definition foresees, and not a correction or a leap. */
  isForeseen: boolean;
  isBack: boolean;
  needsNote: boolean;
  /** What the move must name as filed, at least one; empty where it names nothing. */
  receipts: FiledTo[];
  /** What happens besides, one sentence each. */
  consequences: string[];
}

/** Every other stage of an open filing in its order, each decided for this person as the workflow would now (epoch ms). */
export function possibleMoves(
  definition: FilingDefinition,
  state: FilingState,
  rules: ChaseRules,
  actor: Actor,
  now: number,
): PossibleMove[] {
  const current = stageIndex(definition, state.stage);
  return definition.stages
    .filter(({ stage }) => stage !== state.stage)
    .map(({ stage }) => {
      const isForeseen = stageDefinition(definition, state.stage).moves.some(({ to }) => to === stage);
      const isBack = stageIndex(definition, stage) < current;
      const receipts = receiptsOf(definition, state, stage);
      const decision = decideRequest(definition, state, { name: 'stageTransition', body: preview(stage, receipts, actor) }, now);
      return {
        stage,
        allowed: decision.applied,
        reason: decision.applied ? null : decision.reason,
        isForeseen,
        isBack,
        needsNote: isBack && !isForeseen,
        receipts,
        consequences: decision.applied ? moveConsequences(definition, state, decision, rules, now) : [],
      };
    });
}

/** The move as it would be asked for, complete, so that only what stands against it refuses it. */
function preview(stage: Stage, receipts: FiledTo[], actor: Actor): StageTransition {
  const filedTo = receipts.filter((receipt) => receipt !== 'CLIENT_SELF_FILING');
  return { requestId: 'preview', stage, hasNote: true, actor, ...(filedTo.length > 0 ? { filedTo } : {}) };
}

function receiptsOf(definition: FilingDefinition, state: FilingState, stage: Stage): FiledTo[] {
  if (stage !== finalStage(definition) || !definition.filedToRequired) return [];
  return [
    ...missingReceipts(definition, state, []),
    ...definition.receipts.filter((receipt) => receipt === 'CLIENT_SELF_FILING'),
  ];
}

/** What happens besides where a move is carried out, one sentence each. */
export function moveConsequences(
  definition: FilingDefinition,
  before: FilingState,
  { state: after }: Applied,
  rules: ChaseRules,
  now: number,
): string[] {
  const cleared = definition.milestones.flatMap(({ name }) =>
    before.milestones[name] !== undefined && after.milestones[name] === undefined ? [milestoneLabel(name)] : [],
  );
  const topicBefore = stageDefinition(definition, before.stage).chases;
  const topicAfter = stageDefinition(definition, after.stage).chases;
  return [
    ...(cleared.length > 0 ? [`Cleared: ${cleared.join(', ')}. The history keeps them.`] : []),
    ...(topicBefore !== 'APPROVAL' && topicAfter === 'APPROVAL' ? ['The client is asked by e-mail to approve it.'] : []),
    ...(topicBefore === 'APPROVAL' && topicAfter !== 'APPROVAL' ? ['The client’s approval link no longer counts.'] : []),
    ...(topicBefore !== undefined && topicAfter === undefined ? ['Reminders to the client stop.'] : []),
    ...(topicAfter !== undefined && topicAfter !== topicBefore ? [firstReminder(definition, after, rules, now)] : []),
    ...(after.outcome === 'FILED' ? ['The filing ends; only a partner can reopen it.'] : []),
  ];
}

function firstReminder(definition: FilingDefinition, after: FilingState, rules: ChaseRules, now: number): string {
  const first = planChasing(definition, after, rules, now).find(({ kind }) => CLIENT_EMAIL_KINDS.includes(kind));
  return first
    ? `The client is reminded from ${displayDate(first.plannedFor)} on.`
    : 'The client is not reminded while chasing is paused.';
}
