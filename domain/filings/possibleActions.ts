import { londonDateOf } from '../calendar/london';
import type { ChaseRules } from '../chasing/policy';
import { decideChaseNow } from '../chasing/reminders';
import { decideRequest, refuseActor, rejectClosed } from './decideRequest';
import type { FilingDefinition } from './definition';
import type { Actor, RequestType } from './messages';
import type { FilingState } from './state';
import { isPaused } from './state';

/** What can be asked of a filing besides moving it. */
export const ACTIONS = [
  'reassign',
  'chaseNow',
  'pauseChasing',
  'resumeChasing',
  'deadlinesChanged',
  'cancelFiling',
  'reopen',
] as const satisfies readonly RequestType[];
export type Action = (typeof ACTIONS)[number];

export interface PossibleAction {
  action: Action;
  allowed: boolean;
  /** Why not, in one sentence; null where it is allowed. */
  reason: string | null;
}

/** Every action as this person may ask for it now (epoch ms), decided as the filing's workflow would. */
export function possibleActions(
  definition: FilingDefinition,
  state: FilingState,
  rules: ChaseRules,
  actor: Actor,
  now: number,
): PossibleAction[] {
  return ACTIONS.map((action) => {
    const reason = refusal(definition, state, rules, actor, now, action) ?? null;
    return { action, allowed: reason === null, reason };
  });
}

function refusal(
  definition: FilingDefinition,
  state: FilingState,
  rules: ChaseRules,
  actor: Actor,
  now: number,
  action: Action,
): string | undefined {
  const refused = refuseActor(definition, state, action, actor);
  if (refused) return refused.reason;
  if (action === 'reopen') return state.outcome === null ? 'The filing is open' : undefined;
  if (state.outcome !== null) return rejectClosed(definition, state).reason;
  const request = { requestId: 'preview', actor };
  switch (action) {
    case 'chaseNow': {
      const decision = decideChaseNow(definition, state, rules, now);
      return decision.applied ? undefined : decision.reason;
    }
    case 'pauseChasing':
      return isPaused(state, londonDateOf(now)) ? 'Chasing is paused already' : undefined;
    case 'resumeChasing': {
      const decision = decideRequest(definition, state, { name: 'resumeChasing', body: request }, now);
      return decision.applied ? undefined : decision.reason;
    }
    default:
      return undefined;
  }
}
