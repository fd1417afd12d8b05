import type { ChaseRules } from '../../../domain/chasing/policy';
import { DEFAULT_POLICIES } from '../../../domain/chasing/policy';
import { decideRequest } from '../../../domain/filings/decideRequest';
import type { FilingDefinition } from '../../../domain/filings/definition';
import { nextStep } from '../../../domain/filings/nextStep';
import { possibleActions } from '../../../domain/filings/possibleActions';
import { possibleMoves } from '../../../domain/filings/possibleMoves';
import type { Stage } from '../../../domain/filings/stages';
import type { FilingState } from '../../../domain/filings/state';
import type { ActorName } from './exampleFilings';
import { ACTORS, LTD, makeState, milestones, NOW, VAT } from './exampleFilings';

function rulesOf({ policyKind }: FilingDefinition): ChaseRules {
  return { policy: DEFAULT_POLICIES[policyKind], version: 1, bankHolidays: [] };
}

function movesOf(definition: FilingDefinition, fields: Partial<FilingState>, actor: ActorName) {
  return possibleMoves(definition, makeState(definition, fields), rulesOf(definition), ACTORS[actor], NOW);
}

function allowed(definition: FilingDefinition, fields: Partial<FilingState>, actor: ActorName): string[] {
  return movesOf(definition, fields, actor).flatMap((move) => (move.allowed ? [move.stage] : []));
}

it('allows exactly what the workflow would apply, whoever asks and wherever the filing is', () => {
  const actors: ActorName[] = ['partner', 'manager', 'assigned', 'clientAssignee', 'chaseTeam', 'stranger'];
  for (const definition of [VAT, LTD]) {
    for (const { stage } of definition.stages) {
      for (const name of actors) {
        const state = makeState(definition, { stage });
        for (const move of possibleMoves(definition, state, rulesOf(definition), ACTORS[name], NOW)) {
          const filedTo = move.receipts.filter((receipt) => receipt !== 'CLIENT_SELF_FILING');
          const body = {
            requestId: 'c1',
            stage: move.stage,
            hasNote: true,
            actor: ACTORS[name],
            ...(filedTo.length > 0 ? { filedTo } : {}),
          };
          const decision = decideRequest(definition, state, { name: 'stageTransition', body }, NOW);
          expect([stage, name, move.stage, move.allowed]).toEqual([stage, name, move.stage, decision.applied]);
        }
      }
    }
  }
});

it('says why a stage cannot be reached', () => {
  const review = movesOf(VAT, { stage: 'REVIEW_PENDING_PARTNER' }, 'manager').find(({ stage }) => stage === 'EMAILED_TO_CLIENT');
  expect(review).toMatchObject({
    allowed: false,
    reason: 'Only a partner can move a filing out of REVIEW_PENDING_PARTNER',
    consequences: [],
  });
});

it('names what a correction undoes and what begins again, and that it needs a note', () => {
  // As they are reached, whatever the order in which the database has them.
  const reached = milestones('workStarted', 'chaseStarted', 'paperworkReceived');
  const back = movesOf(VAT, { stage: 'WORK_IN_PROGRESS', milestones: reached }, 'partner').find(
    ({ stage }) => stage === 'PAPERWORK_CHASED',
  );
  expect(back).toMatchObject({ isBack: true, isForeseen: false, needsNote: true });
  expect(back?.consequences).toEqual([
    'Cleared: records received, work started. The history keeps them.',
    'The client is reminded from 10 Apr 2024 on.',
  ]);
});

it('says that the client is written to, and is not reminded at once', () => {
  const sent = movesOf(VAT, { stage: 'REVIEW_PENDING_PARTNER' }, 'partner').find(({ stage }) => stage === 'EMAILED_TO_CLIENT');
  expect(sent?.consequences[0]).toBe('The client is asked by e-mail to approve it.');
});

it('says that the approval link no longer counts, and that reminders stop', () => {
  const rework = movesOf(VAT, { stage: 'EMAILED_TO_CLIENT' }, 'assigned').find(({ stage }) => stage === 'WORK_IN_PROGRESS');
  expect(rework).toMatchObject({ isForeseen: true, needsNote: false });
  expect(rework?.consequences).toEqual(['The client’s approval link no longer counts.', 'Reminders to the client stop.']);
});

it('names what is still to be filed, and whom', () => {
  const file = (fields: Partial<FilingState>) =>
    movesOf(LTD, { stage: 'PARTNER_APPROVED', ...fields }, 'assigned').find(({ stage }) => stage === 'FILED')?.receipts;
  expect(file({})).toEqual(['COMPANIES_HOUSE', 'HMRC', 'CLIENT_SELF_FILING']);
  expect(file({ milestones: milestones('filedToCompaniesHouse') })).toEqual(['HMRC', 'CLIENT_SELF_FILING']);
});

it('leaves nothing to move once a filing has ended', () => {
  expect(allowed(VAT, { stage: 'FILED_TO_HMRC', outcome: 'FILED' }, 'partner')).toEqual([]);
});

describe('what can be asked besides', () => {
  const reasonOf = (action: string, fields: Partial<FilingState>, actor: ActorName): string | null | undefined =>
    possibleActions(VAT, makeState(VAT, fields), rulesOf(VAT), ACTORS[actor], NOW).find((possible) => possible.action === action)
      ?.reason;

  it.each<[string, Partial<FilingState>, ActorName, string | null]>([
    ['chaseNow', {}, 'assigned', null],
    ['chaseNow', { stage: 'WORK_IN_PROGRESS' }, 'assigned', 'Nothing is awaited from the client at WORK_IN_PROGRESS'],
    ['chaseNow', {}, 'stranger', 'The filing is not yours: ask a manager to assign it to you'],
    ['pauseChasing', { paused: { until: null } }, 'assigned', 'Chasing is paused already'],
    ['resumeChasing', {}, 'assigned', 'Chasing is not paused'],
    ['resumeChasing', { paused: { until: null } }, 'assigned', null],
    ['cancelFiling', {}, 'manager', 'Only a partner can cancel a filing'],
    ['cancelFiling', {}, 'partner', null],
    ['reopen', {}, 'partner', 'The filing is open'],
    ['reopen', { outcome: 'CANCELLED' }, 'partner', null],
    ['reassign', { outcome: 'CANCELLED' }, 'partner', 'The filing was cancelled; a partner can reopen it'],
  ])('%s: why not', (action, fields, actor, reason) => {
    expect(reasonOf(action, fields, actor)).toBe(reason);
  });
});

describe('the usual next step', () => {
  it.each<[FilingDefinition, Stage, 'STAFF' | 'MANAGER' | 'PARTNER', Stage | undefined]>([
    [VAT, 'PAPERWORK_PENDING_CHASE', 'STAFF', 'PAPERWORK_RECEIVED'],
    [VAT, 'WORK_IN_PROGRESS', 'STAFF', 'REVIEW_PENDING_MANAGER'],
    [LTD, 'WORK_IN_PROGRESS', 'STAFF', 'MANAGER_DISCUSSION'],
    [VAT, 'REVIEW_PENDING_MANAGER', 'STAFF', undefined],
    [VAT, 'REVIEW_PENDING_MANAGER', 'MANAGER', 'REVIEW_PENDING_PARTNER'],
    [VAT, 'REVIEW_PENDING_PARTNER', 'MANAGER', undefined],
    [VAT, 'REVIEW_PENDING_PARTNER', 'PARTNER', 'EMAILED_TO_CLIENT'],
    [LTD, 'CLIENT_APPROVED', 'STAFF', undefined],
    [LTD, 'CLIENT_APPROVED', 'PARTNER', 'PARTNER_APPROVED'],
    [VAT, 'FILED_TO_HMRC', 'PARTNER', undefined],
  ])('of %p in %s for %s', (definition, stage, role, next) => {
    expect(nextStep(definition, stage, role)).toBe(next);
  });

  it('is one of the moves that the definition foresees, wherever there is one', () => {
    for (const definition of [VAT, LTD]) {
      for (const { stage, moves } of definition.stages) {
        const next = nextStep(definition, stage, 'PARTNER');
        expect(moves.length === 0 ? next === undefined : moves.some(({ to }) => to === next)).toBe(true);
      }
    }
  });
});
