import type { FilingDefinition, MilestoneDefinition } from './definition';
import { stageIndex } from './definitions';
import type { Authority, FiledTo, Stage } from './stages';
import type { Milestone } from './state';

type Milestones = Record<string, Milestone>;

/** Adds the milestones that reaching a stage, or a receipt, sets; one that is already there keeps its first time. */
export function reachMilestones(
  definition: FilingDefinition,
  milestones: Milestones,
  reached: { stage: Stage; filedTo: readonly FiledTo[] },
  milestone: Milestone,
): Milestones {
  const names = definition.milestones
    .filter(({ reachedBy, filedTo }) => reachedBy.includes(reached.stage) || (filedTo && reached.filedTo.includes(filedTo)))
    .map(({ name }) => name)
    .filter((name) => milestones[name] === undefined);
  return { ...milestones, ...Object.fromEntries(names.map((name) => [name, milestone])) };
}

/** Clears the milestones after the stage that a filing goes back to; what an authority received stays unless that authority rejected it. */
export function clearMilestonesAfter(
  definition: FilingDefinition,
  milestones: Milestones,
  stage: Stage,
  rejectedBy: readonly Authority[],
): Milestones {
  const cleared = definition.milestones.filter((milestone) => isCleared(definition, milestone, stage, rejectedBy));
  const names = new Set(cleared.map(({ name }) => name));
  return Object.fromEntries(Object.entries(milestones).filter(([name]) => !names.has(name)));
}

function isCleared(
  definition: FilingDefinition,
  milestone: MilestoneDefinition,
  stage: Stage,
  rejectedBy: readonly Authority[],
): boolean {
  if (milestone.keptUntilRejectedBy) return rejectedBy.includes(milestone.keptUntilRejectedBy);
  const [firstStage] = milestone.reachedBy;
  return firstStage === undefined || stageIndex(definition, firstStage) > stageIndex(definition, stage);
}
