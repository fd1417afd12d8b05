import { decideTransition } from '../../../domain/filings/decideTransition';
import type { FilingDefinition } from '../../../domain/filings/definition';
import type { StageTransition } from '../../../domain/filings/messages';
import type { FilingState } from '../../../domain/filings/state';
import { ACTORS, applied, LTD, makeState, milestones, NOW, VAT } from './exampleFilings';

const HOUR = 3_600_000;

function move(
  definition: FilingDefinition,
  state: FilingState,
  stage: string,
  fields: Partial<StageTransition> = {},
): FilingState {
  const request = { requestId: 'crequest', actor: ACTORS.partner, stage, ...fields };
  return applied(decideTransition(definition, state, request, NOW));
}

const names = (state: FilingState): string[] => Object.keys(state.milestones).toSorted();

const VAT_WAY = [
  ['PAPERWORK_CHASED', 'chaseStarted'],
  ['PAPERWORK_RECEIVED', 'paperworkReceived'],
  ['WORK_IN_PROGRESS', 'workStarted'],
  ['QUERIES_PENDING', undefined],
  ['REVIEW_PENDING_MANAGER', 'workFinished'],
  ['REVIEW_PENDING_PARTNER', undefined],
  ['EMAILED_TO_PARTNER', undefined],
  ['EMAILED_TO_CLIENT', 'sentToClient'],
  ['CLIENT_APPROVED', 'clientApproved'],
  ['FILED_TO_HMRC', 'filedToHMRC'],
] as const;
const LTD_WAY = [
  ['PAPERWORK_CHASED', 'chaseStarted'],
  ['PAPERWORK_RECEIVED', 'paperworkReceived'],
  ['WORK_IN_PROGRESS', 'workStarted'],
  ['MANAGER_DISCUSSION', 'managerDiscussion'],
  ['PARTNER_REVIEW', 'partnerReview'],
  ['REVIEW_COMPLETED', 'reviewCompleted'],
  ['SENT_TO_CLIENT', 'sentToClient'],
  ['CLIENT_APPROVED', 'clientApproved'],
  ['PARTNER_APPROVED', 'partnerApproved'],
] as const;

describe.each([
  { definition: VAT, way: VAT_WAY },
  { definition: LTD, way: LTD_WAY },
])('$definition.label from its first stage to its last', ({ definition, way }) => {
  it('reaches each milestone once, with the time and the person, and counts every move', () => {
    let state = makeState(definition, { sequence: 0, revision: 0 });
    const expected: Record<string, unknown> = {};
    for (const [index, [stage, milestone]] of way.entries()) {
      const at = NOW + index * HOUR;
      const actor = { ...ACTORS.partner, name: `Person ${index}` };
      state = applied(decideTransition(definition, state, { requestId: `c${index}`, actor, stage }, at));
      if (milestone !== undefined) expected[milestone] = { at, userId: 'cpartner', userName: `Person ${index}` };
      expect(state).toMatchObject({ stage, stageEnteredAt: at, sequence: index + 1, revision: index + 1 });
      expect(state.milestones).toEqual(expected);
    }
    expect(state.outcome).toBe(definition.kind === 'VAT_QUARTER' ? 'FILED' : null);
  });
});

it('keeps the first time of a stage that is passed again', () => {
  const state = makeState(VAT, { stage: 'QUERIES_PENDING', milestones: milestones('workStarted') });
  expect(move(VAT, state, 'WORK_IN_PROGRESS').milestones).toEqual(milestones('workStarted'));
});

it('finishes the work with the partner’s review where there is no manager’s', () => {
  const state = makeState(VAT, { stage: 'WORK_IN_PROGRESS' });
  expect(names(move(VAT, state, 'REVIEW_PENDING_PARTNER'))).toEqual(['workFinished']);
  const both = makeState(VAT, { stage: 'REVIEW_PENDING_MANAGER', milestones: milestones('workFinished') });
  expect(move(VAT, both, 'REVIEW_PENDING_PARTNER').milestones).toEqual(milestones('workFinished'));
});

it('names nobody of the database as the author of what somebody unknown did', () => {
  const state = makeState(VAT, { stage: 'PAPERWORK_CHASED' });
  const actor = { userId: null, name: 'Mystery', role: 'PARTNER', relation: 'none' } as const;
  expect(move(VAT, state, 'PAPERWORK_RECEIVED', { actor }).milestones).toEqual({
    paperworkReceived: { at: NOW, userId: null, userName: 'Mystery' },
  });
});

const ALL_VAT = ['chaseStarted', 'paperworkReceived', 'workStarted', 'workFinished', 'sentToClient', 'clientApproved'];
const ALL_LTD = [
  'chaseStarted',
  'paperworkReceived',
  'workStarted',
  'managerDiscussion',
  'partnerReview',
  'reviewCompleted',
  'sentToClient',
  'clientApproved',
  'partnerApproved',
];

describe('a move back clears what comes after the stage that it returns to', () => {
  it.each([
    // Rework.
    [VAT, 'CLIENT_APPROVED', 'WORK_IN_PROGRESS', ['chaseStarted', 'paperworkReceived', 'workStarted']],
    [VAT, 'EMAILED_TO_CLIENT', 'WORK_IN_PROGRESS', ['chaseStarted', 'paperworkReceived', 'workStarted']],
    [VAT, 'EMAILED_TO_PARTNER', 'WORK_IN_PROGRESS', ['chaseStarted', 'paperworkReceived', 'workStarted']],
    [VAT, 'REVIEW_PENDING_PARTNER', 'QUERIES_PENDING', ['chaseStarted', 'paperworkReceived', 'workStarted']],
    [LTD, 'PARTNER_REVIEW', 'WORK_IN_PROGRESS', ['chaseStarted', 'paperworkReceived', 'workStarted']],
    [LTD, 'PARTNER_APPROVED', 'WORK_IN_PROGRESS', ['chaseStarted', 'paperworkReceived', 'workStarted']],
    // Corrections.
    [VAT, 'CLIENT_APPROVED', 'PAPERWORK_PENDING_CHASE', []],
    [VAT, 'CLIENT_APPROVED', 'PAPERWORK_CHASED', ['chaseStarted']],
    [VAT, 'CLIENT_APPROVED', 'REVIEW_PENDING_MANAGER', ['chaseStarted', 'paperworkReceived', 'workStarted', 'workFinished']],
    [VAT, 'CLIENT_APPROVED', 'EMAILED_TO_CLIENT', ALL_VAT.slice(0, 5)],
    [LTD, 'PARTNER_APPROVED', 'PARTNER_REVIEW', ALL_LTD.slice(0, 5)],
    [LTD, 'PARTNER_APPROVED', 'CLIENT_APPROVED', ALL_LTD.slice(0, 8)],
    [LTD, 'CLIENT_APPROVED', 'PAPERWORK_RECEIVED', ALL_LTD.slice(0, 2)],
  ] as const)('%#: from $1 to $2', (definition, from, to, kept) => {
    const all = definition === VAT ? ALL_VAT : ALL_LTD;
    const state = makeState(definition, { stage: from, milestones: milestones(...all) });
    expect(move(definition, state, to, { hasNote: true }).milestones).toEqual(milestones(...kept));
  });

  it('reaches that stage’s own milestone where it was passed by', () => {
    const state = makeState(VAT, { stage: 'PAPERWORK_RECEIVED', milestones: milestones('paperworkReceived') });
    const back = move(VAT, state, 'PAPERWORK_CHASED', { hasNote: true });
    expect(back.milestones).toEqual({ chaseStarted: { at: NOW, userId: 'cpartner', userName: 'Petra Partner' } });
  });

  it('keeps the record of the move itself whole', () => {
    const stageEnteredAt = Date.parse('2024-03-30T23:30:00Z');
    const state = makeState(VAT, { stage: 'EMAILED_TO_CLIENT', stageEnteredAt });
    const decision = decideTransition(VAT, state, { requestId: 'c1', actor: ACTORS.assigned, stage: 'WORK_IN_PROGRESS' }, NOW);
    expect(decision).toMatchObject({
      applied: true,
      transition: {
        fromStage: 'EMAILED_TO_CLIENT',
        toStage: 'WORK_IN_PROGRESS',
        sequence: 5,
        daysInPreviousStage: 11,
        filedTo: [],
        rejectedBy: [],
      },
    });
  });
});

it('counts the days in a stage by London’s calendar', () => {
  const days = (entered: string, left: string): number | undefined => {
    const state = makeState(VAT, { stage: 'PAPERWORK_CHASED', stageEnteredAt: Date.parse(entered) });
    const request = { requestId: 'c1', actor: ACTORS.assigned, stage: 'PAPERWORK_RECEIVED' };
    const decision = decideTransition(VAT, state, request, Date.parse(left));
    return decision.applied ? decision.transition?.daysInPreviousStage : undefined;
  };
  expect(days('2024-01-10T09:00:00Z', '2024-01-10T23:59:00Z')).toBe(0);
  expect(days('2024-01-10T23:59:00Z', '2024-01-11T00:01:00Z')).toBe(1);
  // 23:30 UTC in summer is the next day in London.
  expect(days('2024-06-10T22:30:00Z', '2024-06-10T23:30:00Z')).toBe(1);
  expect(days('2024-03-29T12:00:00Z', '2024-04-02T00:30:00Z')).toBe(4);
});
