import { CLIENT_EMAIL_KINDS, planChasing } from '../../../domain/chasing/plan';
import type { ChaseRules } from '../../../domain/chasing/policy';
import { DEFAULT_POLICIES } from '../../../domain/chasing/policy';
import { afterClientEmail } from '../../../domain/chasing/reminders';
import { decideRequest } from '../../../domain/filings/decideRequest';
import type { FilingDefinition } from '../../../domain/filings/definition';
import { FILING_DEFINITIONS, finalStage, stageDefinition } from '../../../domain/filings/definitions';
import { explainWaiting } from '../../../domain/filings/explainWaiting';
import { milestoneLabel } from '../../../domain/filings/labels';
import { possibleMoves } from '../../../domain/filings/possibleMoves';
import type { Stage } from '../../../domain/filings/stages';
import type { FilingState } from '../../../domain/filings/state';
import { ACTORS, applied, makeState, NOW } from './exampleFilings';

const DUE = '2024-06-14';

/** A kind that the practice does not have, made of stages that it knows: the rules read its definition alone. */
const MADE_UP: FilingDefinition = {
  ...FILING_DEFINITIONS.LTD_ACCOUNTS,
  label: 'Confirmation statement',
  stages: [
    {
      stage: 'PAPERWORK_PENDING_CHASE',
      mover: 'STAFF',
      waitingFor: 'CLIENT',
      chases: 'PAPERWORK',
      moves: staffMoves('PAPERWORK_CHASED'),
    },
    {
      stage: 'PAPERWORK_CHASED',
      mover: 'STAFF',
      waitingFor: 'CLIENT',
      chases: 'PAPERWORK',
      moves: staffMoves('PAPERWORK_RECEIVED'),
    },
    { stage: 'PAPERWORK_RECEIVED', mover: 'STAFF', waitingFor: 'STAFF', moves: staffMoves('WORK_IN_PROGRESS') },
    { stage: 'WORK_IN_PROGRESS', mover: 'STAFF', waitingFor: 'STAFF', moves: staffMoves('SENT_TO_CLIENT') },
    {
      stage: 'SENT_TO_CLIENT',
      mover: 'STAFF',
      waitingFor: 'CLIENT',
      chases: 'APPROVAL',
      moves: staffMoves('CLIENT_APPROVED', 'WORK_IN_PROGRESS'),
    },
    { stage: 'CLIENT_APPROVED', mover: 'STAFF', waitingFor: 'STAFF', moves: staffMoves('FILED') },
    { stage: 'FILED', mover: 'PARTNER', waitingFor: 'NOBODY', moves: [] },
  ],
  milestones: [
    { name: 'chaseStarted', reachedBy: ['PAPERWORK_CHASED'] },
    { name: 'paperworkReceived', reachedBy: ['PAPERWORK_RECEIVED'] },
    { name: 'workStarted', reachedBy: ['WORK_IN_PROGRESS'] },
    { name: 'filed', reachedBy: ['FILED'] },
  ],
  workMilestones: [['workStarted']],
  deadlines: [{ name: 'statementDueDate', label: 'Confirmation statement', metBy: 'filed', isFilingDeadline: true }],
  receipts: ['COMPANIES_HOUSE'],
  filedToRequired: false,
};

function staffMoves(...stages: Stage[]): FilingDefinition['stages'][number]['moves'] {
  return stages.map((to) => ({ to, by: 'STAFF' }));
}

const KINDS = [...Object.values(FILING_DEFINITIONS), MADE_UP].map((definition) => ({ name: definition.label, definition }));

function rulesOf({ policyKind }: FilingDefinition): ChaseRules {
  return { policy: DEFAULT_POLICIES[policyKind], version: 1, bankHolidays: [] };
}

/** A filing of the kind whose period has ended a while ago; all its deadlines are on one day. */
function newFiling(definition: FilingDefinition): FilingState {
  const deadlines = Object.fromEntries(definition.deadlines.map(({ name }) => [name, DUE]));
  const dates = { periodStart: '2023-04-01', periodEnd: '2024-03-31', deadlines, corporationTaxRequired: true };
  return makeState(definition, { dates });
}

/** The filing as a partner moved it to the next stage that follows. */
function movedOn(definition: FilingDefinition, state: FilingState): FilingState {
  const order = definition.stages.map(({ stage }) => stage);
  const onward = order.slice(order.indexOf(state.stage) + 1);
  const next = onward.find((stage) => stageDefinition(definition, state.stage).moves.some(({ to }) => to === stage));
  const filedTo = definition.receipts.filter((receipt) => receipt !== 'CLIENT_SELF_FILING');
  const receipts = next === finalStage(definition) ? { filedTo } : {};
  const body = { requestId: 'c1', stage: next ?? 'none follows', actor: ACTORS.partner, ...receipts };
  return applied(decideRequest(definition, state, { name: 'stageTransition', body }, NOW));
}

/** The filing in every stage that it passes on its way to the last. */
function wayOf(definition: FilingDefinition): FilingState[] {
  const way = [newFiling(definition)];
  for (let state = newFiling(definition); state.outcome === null; way.push(state)) state = movedOn(definition, state);
  return way;
}

describe.each(KINDS)('a filing of kind $name', ({ definition }) => {
  const stages = definition.stages.map(({ stage }) => stage);

  it('goes from stage to stage until it is filed, and reaches the milestones on its way', () => {
    const way = wayOf(definition);
    const passed = way.slice(1).map(({ stage }) => stage);
    const reached = definition.milestones.filter(({ reachedBy }) => reachedBy.some((stage) => passed.includes(stage)));
    expect(way.at(-1)).toMatchObject({ stage: stages.at(-1), outcome: 'FILED' });
    expect(Object.keys(way.at(-1)?.milestones ?? {})).toEqual(expect.arrayContaining(reached.map(({ name }) => name)));
  });

  it('is planned, explained and offered its moves in each of its stages', () => {
    for (const state of wayOf(definition)) {
      const plan = planChasing(definition, state, rulesOf(definition), NOW);
      const { chases } = stageDefinition(definition, state.stage);
      expect(plan.some(({ kind }) => CLIENT_EMAIL_KINDS.includes(kind))).toBe(chases !== undefined);
      expect(explainWaiting(definition, state, NOW)).not.toContain('undefined');
      const offered = possibleMoves(definition, state, rulesOf(definition), ACTORS.partner, NOW);
      const foreseen = stageDefinition(definition, state.stage).moves.map(({ to }) => to);
      expect(offered.filter(({ isForeseen }) => isForeseen).map(({ stage }) => stage)).toEqual(expect.arrayContaining(foreseen));
    }
  });

  it('is chased from its first stage on: the first reminder moves it, records end it', () => {
    const chased = afterClientEmail(definition, newFiling(definition), rulesOf(definition), '2024-04-10', NOW);
    expect(chased.state.stage).toBe('PAPERWORK_CHASED');
    expect(stages.slice(0, 3)).toEqual(['PAPERWORK_PENDING_CHASE', 'PAPERWORK_CHASED', 'PAPERWORK_RECEIVED']);
    expect(definition.milestones).toContainEqual({ name: 'paperworkReceived', reachedBy: ['PAPERWORK_RECEIVED'] });
  });

  it('takes the client’s answer wherever it waits for the approval', () => {
    for (const { stage } of definition.stages.filter(({ chases }) => chases === 'APPROVAL')) {
      for (const decision of ['approved', 'changes'] as const) {
        const body = { requestId: 'c1', actor: ACTORS.client, decision, sendingId: 'csending' };
        const state = { ...newFiling(definition), stage };
        const answered = decideRequest(definition, state, { name: 'clientDecision', body }, NOW);
        expect(applied(answered).stage).toBe(decision === 'approved' ? 'CLIENT_APPROVED' : 'WORK_IN_PROGRESS');
      }
    }
  });

  it('names stages and milestones of its own only, and has words for each', () => {
    const milestones = definition.milestones.map(({ name }) => name);
    expect(new Set(stages).size).toBe(stages.length);
    expect(stages).toEqual(expect.arrayContaining(definition.stages.flatMap(({ moves }) => moves.map(({ to }) => to))));
    expect(stages).toEqual(expect.arrayContaining(definition.milestones.flatMap(({ reachedBy }) => reachedBy)));
    expect(milestones).toEqual(expect.arrayContaining(definition.workMilestones.flat()));
    expect(milestones).toEqual(expect.arrayContaining(definition.deadlines.map(({ metBy }) => metBy)));
    expect(definition.deadlines.some(({ isFilingDeadline }) => isFilingDeadline)).toBe(true);
    for (const name of milestones) expect(milestoneLabel(name)).not.toMatch(/[a-z][A-Z]/);
  });
});

it.each(['policyKind', 'route', 'workflowType', 'workflowIdPrefix', 'label', 'title', 'clientLabel'] as const)(
  'has a %s of its own for each kind',
  (field) => {
    const values = Object.values(FILING_DEFINITIONS).map((definition) => definition[field]);
    expect(new Set(values).size).toBe(values.length);
  },
);

it('files each definition under its own kind', () => {
  expect(Object.values(FILING_DEFINITIONS).map(({ kind }) => kind)).toEqual(Object.keys(FILING_DEFINITIONS));
});
