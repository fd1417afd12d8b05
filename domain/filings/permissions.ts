import type { FilingDefinition, Mover } from './definition';
import type { Actor, RequestType } from './messages';
import type { Stage } from './stages';
import { isPaperworkStage } from './state';

/** Who may send each message that is not a move; STAFF means a staff member for whom the filing is their own. */
export const REQUEST_MOVERS: Record<Exclude<RequestType, 'stageTransition' | 'clientDecision'>, Mover> = {
  reassign: 'STAFF',
  pauseChasing: 'STAFF',
  resumeChasing: 'STAFF',
  chaseNow: 'STAFF',
  deadlinesChanged: 'STAFF',
  cancelFiling: 'PARTNER',
  reopen: 'PARTNER',
};

/** Whether a filing at this stage is the actor's own: chase team members own it only while paperwork is being gathered. */
function isOwnFiling(definition: FilingDefinition, stage: Stage, actor: Actor): boolean {
  if (actor.relation === 'chaseTeam') return isPaperworkStage(definition, stage);
  return actor.relation === 'assigned' || actor.relation === 'clientAssignee';
}

/** Whether an actor may do what takes at least this mover, on a filing at this stage. */
export function mayAct(definition: FilingDefinition, stage: Stage, by: Mover, actor: Actor): boolean {
  switch (actor.role) {
    case 'PARTNER':
      return true;
    case 'MANAGER':
      return by !== 'PARTNER';
    case 'STAFF':
      return by === 'STAFF' && isOwnFiling(definition, stage, actor);
    default:
      return false;
  }
}
