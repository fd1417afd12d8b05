import * as fc from 'fast-check';
import { REJECTION_CODES } from '../../../domain/filings/decision';
import type { FilingRequest } from '../../../domain/filings/decideRequest';
import { decideRequest } from '../../../domain/filings/decideRequest';
import { decideTransition } from '../../../domain/filings/decideTransition';
import type { FilingDefinition } from '../../../domain/filings/definition';
import { finalStage, stageDefinition, stageIndex } from '../../../domain/filings/definitions';
import type { StageTransition } from '../../../domain/filings/messages';
import { FILING_MESSAGE_NAMES } from '../../../domain/filings/messages';
import { parseMessage } from '../../../domain/filings/parseMessage';
import { AUTHORITIES, FILED_TO, STAGES } from '../../../domain/filings/stages';
import type { FilingState } from '../../../domain/filings/state';
import { ACTORS, LTD, makeState, milestones, NOW, VAT } from './exampleFilings';

const definitions = fc.constantFrom(VAT, LTD);
const stages = fc.constantFrom(...STAGES, 'NO_SUCH_STAGE');
const actors = fc.constantFrom(...Object.values(ACTORS));

/** A filing in any open stage, with any milestones, frozen: no decision may change what it was given. */
function states(definition: FilingDefinition): fc.Arbitrary<FilingState> {
  const open = definition.stages.map(({ stage }) => stage).filter((stage) => stage !== finalStage(definition));
  return fc
    .record({
      stage: fc.constantFrom(...open),
      names: fc.subarray(definition.milestones.map(({ name }) => name)),
      corporationTaxRequired: fc.boolean(),
    })
    .map(({ stage, names, corporationTaxRequired }) => {
      const state = makeState(definition, { stage, milestones: milestones(...names) });
      return frozen({ ...state, dates: { ...state.dates, corporationTaxRequired } });
    });
}

const transitions: fc.Arbitrary<StageTransition> = fc.record(
  {
    requestId: fc.constant('c1'),
    actor: actors,
    stage: stages,
    expectedStage: stages,
    assignedUserId: fc.constant('cnew'),
    filedTo: fc.subarray([...FILED_TO]),
    rejectedBy: fc.subarray([...AUTHORITIES]),
    hasNote: fc.boolean(),
    notes: fc.string(),
  },
  { requiredKeys: ['requestId', 'actor', 'stage'] },
);

const cases = definitions.chain((definition) => fc.tuple(fc.constant(definition), states(definition), transitions));

function frozen<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part);
  return Object.freeze(value);
}

it('a transition is either refused with a reason or moves as its stage allows', () => {
  fc.assert(
    fc.property(cases, ([definition, state, request]) => {
      const decision = decideTransition(definition, state, request, NOW);
      if (!decision.applied) {
        expect(REJECTION_CODES).toContain(decision.code);
        expect(decision.reason).toMatch(/^.+[^.]$/);
        return;
      }
      const { stage } = decision.state;
      const isAllowed = stageDefinition(definition, state.stage).moves.some(({ to }) => to === request.stage);
      const isBack = stageIndex(definition, request.stage) < stageIndex(definition, state.stage);
      expect(isAllowed || isBack || request.stage === state.stage).toBe(true);
      expect([request.stage, state.stage]).toContain(stage);
      expect(decision.state.revision).toBe(state.revision + 1);
      expect(decision.state.sequence).toBe(state.sequence + (decision.transition ? 1 : 0));
      expect(decision.state.outcome).toBe(stage === finalStage(definition) ? 'FILED' : null);
      expect(request.expectedStage ?? state.stage).toBe(state.stage);
    }),
    { numRuns: 1500 },
  );
});

it('a move back leaves no milestone after the stage it returns to, but for what an authority received', () => {
  fc.assert(
    fc.property(cases, ([definition, state, request]) => {
      const decision = decideTransition(definition, state, request, NOW);
      if (!decision.applied || stageIndex(definition, decision.state.stage) >= stageIndex(definition, state.stage)) return;
      for (const { name, reachedBy, keptUntilRejectedBy } of definition.milestones) {
        const [first] = reachedBy;
        const isAfter = first === undefined || stageIndex(definition, first) > stageIndex(definition, decision.state.stage);
        const isKept = keptUntilRejectedBy !== undefined && !decision.transition?.rejectedBy.includes(keptUntilRejectedBy);
        if (isKept) expect(decision.state.milestones[name]).toEqual(state.milestones[name]);
        else if (isAfter) expect(decision.state.milestones[name]).toBeUndefined();
      }
    }),
    { numRuns: 1500 },
  );
});

it('a milestone once reached keeps its first time for as long as the filing goes forward', () => {
  fc.assert(
    fc.property(cases, ([definition, state, request]) => {
      const decision = decideTransition(definition, state, request, NOW);
      if (!decision.applied || stageIndex(definition, decision.state.stage) < stageIndex(definition, state.stage)) return;
      expect(decision.state.milestones).toMatchObject(state.milestones);
    }),
    { numRuns: 1000 },
  );
});

it('nobody but a manager or partner makes a correction, and nobody unknown to the filing makes any move', () => {
  fc.assert(
    fc.property(cases, ([definition, state, request]) => {
      const { role, relation } = request.actor;
      if (!decideTransition(definition, state, request, NOW).applied || role === 'PARTNER' || role === 'MANAGER') return;
      expect(role).toBe('STAFF');
      expect(relation).not.toBe('none');
      const moves = stageDefinition(definition, state.stage).moves.filter(({ by }) => by === 'STAFF');
      expect([state.stage, ...moves.map(({ to }) => to)]).toContain(request.stage);
    }),
    { numRuns: 1500 },
  );
});

it('any way through the stages keeps its books: stage, sequence and receipts fit each other', () => {
  const ways = definitions.chain((definition) => fc.tuple(fc.constant(definition), fc.array(transitions, { maxLength: 60 })));
  fc.assert(
    fc.property(ways, ([definition, requests]) => {
      let state = makeState(definition, { sequence: 0, revision: 0 });
      let moves = 0;
      for (const [index, given] of requests.entries()) {
        // A partner who names the current stage gets further than chance would.
        const body = { ...given, actor: ACTORS.partner, expectedStage: state.stage };
        const decision = decideRequest(definition, state, { name: 'stageTransition', body }, NOW + index);
        if (!decision.applied) continue;
        if (decision.transition) {
          moves += 1;
          expect(decision.transition).toMatchObject({ fromStage: state.stage, toStage: decision.state.stage, sequence: moves });
        }
        state = decision.state;
        const has = (name: string): boolean => state.milestones[name] !== undefined;
        if (state.stage === 'FILED')
          expect(has('clientSelfFiling') || (has('filedToCompaniesHouse') && has('filedToHMRC'))).toBe(true);
        expect(has('filed') || state.stage === 'FILED_TO_HMRC').toBe(state.outcome === 'FILED');
      }
      expect(state.sequence).toBe(moves);
    }),
    { numRuns: 200 },
  );
});

it('no message, however strange, makes a decision fail', () => {
  const fields = fc.record(
    {
      requestId: fc.anything(),
      actor: fc.oneof(actors, fc.anything()),
      stage: fc.oneof(stages, fc.anything()),
      assignedUserId: fc.option(fc.string()),
      sendingId: fc.constant('s1'),
      decision: fc.constantFrom('approved', 'changes', 'maybe'),
      until: fc.oneof(fc.constantFrom('2024-04-10', '9999-12-31', '0001-01-01'), fc.anything()),
      source: fc.constant('MANUAL'),
      periodEnd: fc.constantFrom('2024-03-31', '9999-12-31', '0001-01-01'),
      deadlines: fc.dictionary(
        fc.constantFrom('filingDueDate', 'accountsDueDate', '__proto__'),
        fc.constantFrom('2024-05-07', '9999-12-31'),
      ),
      rejectedBy: fc.subarray([...AUTHORITIES]),
      hasNote: fc.boolean(),
    },
    { requiredKeys: ['actor'] },
  );
  const outcomes = fc.constantFrom(null, 'FILED' as const, 'CANCELLED' as const);
  const filings = definitions.chain((definition) => fc.tuple(fc.constant(definition), states(definition)));
  fc.assert(
    fc.property(
      filings,
      fc.constantFrom(...FILING_MESSAGE_NAMES),
      fields,
      outcomes,
      ([definition, state], name, payload, outcome) => {
        const parsed = parseMessage(name, payload, () => 'cmade');
        if (!parsed.ok || !isDecidedHere(parsed.message)) return;
        const decision = decideRequest(definition, { ...state, outcome }, parsed.message, NOW);
        expect(decision.applied || decision.reason.length > 0).toBe(true);
      },
    ),
    { numRuns: 1500 },
  );
});

function isDecidedHere(message: { name: string }): message is FilingRequest {
  return message.name !== 'chaseNow' && message.name !== 'chasePolicyChanged';
}
