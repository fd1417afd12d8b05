import { awaitsApproval } from '../approvals/approval';
import type { UserRole } from '../people';
import type { FilingDefinition, Mover } from './definition';
import { finalStage, stageDefinition } from './definitions';
import type { Stage } from './stages';

/** The step that usually follows, where a stage leaves a choice: the records are in, the work goes to its review. */
const USUAL_STEPS: Partial<Record<Stage, readonly Stage[]>> = {
  PAPERWORK_PENDING_CHASE: ['PAPERWORK_RECEIVED'],
  WORK_IN_PROGRESS: ['REVIEW_PENDING_MANAGER', 'MANAGER_DISCUSSION'],
  MANAGER_DISCUSSION: ['PARTNER_REVIEW'],
  REVIEW_PENDING_MANAGER: ['REVIEW_PENDING_PARTNER'],
  REVIEW_PENDING_PARTNER: ['EMAILED_TO_CLIENT'],
  EMAILED_TO_PARTNER: ['EMAILED_TO_CLIENT'],
  PARTNER_REVIEW: ['REVIEW_COMPLETED'],
};

const POWER: Record<UserRole, readonly Mover[]> = {
  STAFF: ['STAFF'],
  MANAGER: ['STAFF', 'MANAGER'],
  PARTNER: ['STAFF', 'MANAGER', 'PARTNER'],
};

/** The step that a person of this role would usually take next, of a filing that is theirs; undefined where others must. */
export function nextStep(definition: FilingDefinition, stage: Stage, role: UserRole): Stage | undefined {
  const { moves } = stageDefinition(definition, stage);
  const usual = USUAL_STEPS[stage];
  const next = usual ? moves.find(({ to }) => usual.includes(to)) : moves[0];
  return next && POWER[role].includes(next.by) ? next.to : undefined;
}

/** Whether a step is not for one click in a list: it sends something to the client, records their answer by hand, or files. */
export function needsFullForm(definition: FilingDefinition, from: Stage, to: Stage): boolean {
  return awaitsApproval(definition, to) || awaitsApproval(definition, from) || to === finalStage(definition);
}
