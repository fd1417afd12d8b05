import { decideRequest } from '../../../domain/filings/decideRequest';
import { decideTransition } from '../../../domain/filings/decideTransition';
import type { FilingDefinition } from '../../../domain/filings/definition';
import type { StageTransition } from '../../../domain/filings/messages';
import type { Stage } from '../../../domain/filings/stages';
import type { ActorName } from './exampleFilings';
import { ACTORS, LTD, makeState, NOW, outcomeOf, VAT } from './exampleFilings';

/** The practice's own two tables: from, the stages that it can go forward to, and who moves it (a mover of its own in brackets). */
const VAT_TABLE = `
  PAPERWORK_PENDING_CHASE | PAPERWORK_CHASED, PAPERWORK_RECEIVED                                                         | staff
  PAPERWORK_CHASED        | PAPERWORK_RECEIVED                                                                           | staff
  PAPERWORK_RECEIVED      | WORK_IN_PROGRESS                                                                             | staff
  WORK_IN_PROGRESS        | QUERIES_PENDING, REVIEW_PENDING_MANAGER, REVIEW_PENDING_PARTNER                              | staff
  QUERIES_PENDING         | WORK_IN_PROGRESS, REVIEW_PENDING_MANAGER, REVIEW_PENDING_PARTNER                             | staff
  REVIEW_PENDING_MANAGER  | WORK_IN_PROGRESS, QUERIES_PENDING, REVIEW_PENDING_PARTNER, EMAILED_TO_PARTNER, EMAILED_TO_CLIENT | manager
  REVIEW_PENDING_PARTNER  | WORK_IN_PROGRESS, QUERIES_PENDING, EMAILED_TO_PARTNER, EMAILED_TO_CLIENT                     | partner
  EMAILED_TO_PARTNER      | WORK_IN_PROGRESS, EMAILED_TO_CLIENT                                                          | partner
  EMAILED_TO_CLIENT       | CLIENT_APPROVED, WORK_IN_PROGRESS                                                            | staff
  CLIENT_APPROVED         | FILED_TO_HMRC, WORK_IN_PROGRESS                                                              | staff
`;
const LTD_TABLE = `
  PAPERWORK_PENDING_CHASE | PAPERWORK_CHASED, PAPERWORK_RECEIVED           | staff
  PAPERWORK_CHASED        | PAPERWORK_RECEIVED                             | staff
  PAPERWORK_RECEIVED      | WORK_IN_PROGRESS                               | staff
  WORK_IN_PROGRESS        | MANAGER_DISCUSSION, PARTNER_REVIEW             | staff
  MANAGER_DISCUSSION      | WORK_IN_PROGRESS, PARTNER_REVIEW               | manager
  PARTNER_REVIEW          | WORK_IN_PROGRESS, REVIEW_COMPLETED             | partner
  REVIEW_COMPLETED        | SENT_TO_CLIENT, WORK_IN_PROGRESS               | staff
  SENT_TO_CLIENT          | CLIENT_APPROVED, WORK_IN_PROGRESS              | staff
  CLIENT_APPROVED         | PARTNER_APPROVED(partner), WORK_IN_PROGRESS    | staff
  PARTNER_APPROVED        | FILED, WORK_IN_PROGRESS                        | staff
`;

/** Stages in which chase team members count a filing as their own. */
const PAPERWORK_STAGES = ['PAPERWORK_PENDING_CHASE', 'PAPERWORK_CHASED', 'PAPERWORK_RECEIVED'];
/** Stages that a partner alone works on. */
const PARTNER_STAGES = ['REVIEW_PENDING_PARTNER', 'EMAILED_TO_PARTNER', 'PARTNER_REVIEW'];

interface Row {
  from: string;
  /** Who makes each move: staff, manager or partner. */
  moves: Map<string, string>;
}

function parseTable(table: string): Row[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [from = '', targets = '', mover = ''] = line.split('|').map((cell) => cell.trim());
      const moves = targets.split(', ').map((target): [string, string] => {
        const [, to = '', own] = /^(\w+)(?:\((\w+)\))?$/.exec(target) ?? [];
        return [to, own ?? mover];
      });
      return { from, moves: new Map(moves) };
    });
}

function mayMove(mover: string, from: string, who: ActorName): boolean {
  const isOwn = who === 'assigned' || who === 'clientAssignee' || (who === 'chaseTeam' && PAPERWORK_STAGES.includes(from));
  if (mover === 'staff') return isOwn || who === 'manager' || who === 'partner';
  return who === 'partner' || (mover === 'manager' && who === 'manager');
}

function expectedOutcome(row: Row, stages: string[], to: string, who: ActorName, hasNote: boolean): string {
  if (to === row.from) return 'SAME_STAGE';
  const mover = row.moves.get(to);
  if (mover !== undefined) return mayMove(mover, row.from, who) ? 'APPLIED' : 'NOT_ALLOWED';
  if (stages.indexOf(to) > stages.indexOf(row.from)) return 'NOT_A_NEXT_STAGE';
  if (who !== 'partner' && (who !== 'manager' || PARTNER_STAGES.includes(row.from))) return 'NOT_ALLOWED';
  return hasNote ? 'APPLIED' : 'NOTE_REQUIRED';
}

const actorNames: ActorName[] = ['partner', 'manager', 'assigned', 'clientAssignee', 'chaseTeam', 'stranger', 'system', 'client'];

function request(who: ActorName, stage: string, fields: Partial<StageTransition> = {}): StageTransition {
  return { requestId: 'crequest', actor: ACTORS[who], stage, ...fields };
}

function stageOf(definition: FilingDefinition, name: string): Stage {
  const found = definition.stages.find(({ stage }) => stage === name);
  if (!found) throw new Error(`${definition.label} has no stage ${name}`);
  return found.stage;
}

describe.each([
  { definition: VAT, table: VAT_TABLE, final: 'FILED_TO_HMRC' },
  { definition: LTD, table: LTD_TABLE, final: 'FILED' },
])('$definition.label', ({ definition, table, final }) => {
  const rows = parseTable(table);
  const stages = [...rows.map(({ from }) => from), final];

  it('has the stages of the table in its order', () => {
    expect(definition.stages.map(({ stage }) => stage)).toEqual(stages);
  });

  describe.each(rows)('from $from', (row) => {
    const state = makeState(definition, { stage: stageOf(definition, row.from) });

    it.each(
      actorNames.flatMap((who) => [
        { who, hasNote: false },
        { who, hasNote: true },
      ]),
    )('by $who, note $hasNote, each stage is reached or refused as the table says', ({ who, hasNote }) => {
      const expected = Object.fromEntries(stages.map((to) => [to, expectedOutcome(row, stages, to, who, hasNote)]));
      const outcomes = Object.fromEntries(
        stages.map((to) => {
          const filedTo = to === 'FILED' ? { filedTo: ['COMPANIES_HOUSE' as const, 'HMRC' as const] } : {};
          return [to, outcomeOf(decideTransition(definition, state, request(who, to, { hasNote, ...filedTo }), NOW))];
        }),
      );
      expect(outcomes).toEqual(expected);
    });
  });

  it(`goes nowhere from ${final}, whoever asks`, () => {
    const state = makeState(definition, { stage: stageOf(definition, final), outcome: 'FILED' });
    for (const who of actorNames) {
      for (const to of stages) {
        const decision = decideRequest(
          definition,
          state,
          { name: 'stageTransition', body: request(who, to, { hasNote: true }) },
          NOW,
        );
        expect(decision).toEqual({
          applied: false,
          code: 'CLOSED',
          reason: `The filing is already filed (${final}); a partner can reopen it`,
        });
      }
    }
  });
});

describe('a refusal says in a sentence why', () => {
  it.each([
    [
      VAT,
      'REVIEW_PENDING_PARTNER',
      'EMAILED_TO_CLIENT',
      'manager',
      'Only a partner can move a filing out of REVIEW_PENDING_PARTNER',
    ],
    [VAT, 'EMAILED_TO_PARTNER', 'PAPERWORK_RECEIVED', 'manager', 'Only a partner can move a filing out of EMAILED_TO_PARTNER'],
    [
      VAT,
      'REVIEW_PENDING_MANAGER',
      'EMAILED_TO_CLIENT',
      'assigned',
      'Only a manager or partner can move a filing out of REVIEW_PENDING_MANAGER',
    ],
    [LTD, 'CLIENT_APPROVED', 'PARTNER_APPROVED', 'manager', 'Only a partner can move a filing to PARTNER_APPROVED'],
    [VAT, 'WORK_IN_PROGRESS', 'QUERIES_PENDING', 'stranger', 'The filing is not yours: ask a manager to assign it to you'],
    [VAT, 'WORK_IN_PROGRESS', 'QUERIES_PENDING', 'chaseTeam', 'The filing is not yours: ask a manager to assign it to you'],
    [
      VAT,
      'WORK_IN_PROGRESS',
      'PAPERWORK_RECEIVED',
      'assigned',
      'Only a manager or partner can move a filing back from WORK_IN_PROGRESS to PAPERWORK_RECEIVED',
    ],
    [
      VAT,
      'WORK_IN_PROGRESS',
      'PAPERWORK_RECEIVED',
      'manager',
      'Moving a filing back from WORK_IN_PROGRESS to PAPERWORK_RECEIVED is a correction and needs a note that says why',
    ],
    [
      VAT,
      'PAPERWORK_RECEIVED',
      'QUERIES_PENDING',
      'partner',
      'QUERIES_PENDING does not follow PAPERWORK_RECEIVED; from here the filing can go to WORK_IN_PROGRESS',
    ],
    [VAT, 'WORK_IN_PROGRESS', 'MANAGER_DISCUSSION', 'partner', 'MANAGER_DISCUSSION is not a stage of VAT'],
    [LTD, 'WORK_IN_PROGRESS', 'constructor', 'partner', 'constructor is not a stage of Ltd accounts'],
    [LTD, 'WORK_IN_PROGRESS', 'WORK_IN_PROGRESS', 'partner', 'The filing is already in WORK_IN_PROGRESS'],
  ] as const)('%#: from $1 to $2 by $3', (definition, from, to, who, reason) => {
    const state = makeState(definition, { stage: stageOf(definition, from) });
    expect(decideTransition(definition, state, request(who, to), NOW)).toMatchObject({ applied: false, reason });
  });
});

describe('expectedStage', () => {
  const state = makeState(VAT, { stage: 'QUERIES_PENDING' });

  it('lets a move through that expects the current stage', () => {
    const decision = decideTransition(
      VAT,
      state,
      request('assigned', 'WORK_IN_PROGRESS', { expectedStage: 'QUERIES_PENDING' }),
      NOW,
    );
    expect(outcomeOf(decision)).toBe('APPLIED');
  });

  it.each(['WORK_IN_PROGRESS', 'REVIEW_PENDING_MANAGER', 'nonsense'])(
    'refuses a move that expects %s as stale',
    (expectedStage) => {
      const decision = decideTransition(VAT, state, request('partner', 'REVIEW_PENDING_MANAGER', { expectedStage }), NOW);
      expect(decision).toEqual({
        applied: false,
        code: 'STALE_STAGE',
        reason: `The filing has moved meanwhile: it is in QUERIES_PENDING, not in ${expectedStage}`,
      });
    },
  );

  it('refuses the second of two people who saw the same stage', () => {
    const move = request('manager', 'REVIEW_PENDING_MANAGER', { expectedStage: 'QUERIES_PENDING' });
    const first = decideTransition(VAT, state, move, NOW);
    expect(first.applied && outcomeOf(decideTransition(VAT, first.state, move, NOW))).toBe('STALE_STAGE');
  });
});

describe('a note', () => {
  const state = makeState(VAT, { stage: 'WORK_IN_PROGRESS' });
  it.each([
    [{ hasNote: true }, 'APPLIED'],
    [{ notes: 'Wrong records' }, 'APPLIED'],
    [{ hasNote: false }, 'NOTE_REQUIRED'],
    [{ notes: ' \n ' }, 'NOTE_REQUIRED'],
    [{}, 'NOTE_REQUIRED'],
  ])('given as %j makes a correction %s', (fields, expected) => {
    expect(outcomeOf(decideTransition(VAT, state, request('manager', 'PAPERWORK_RECEIVED', fields), NOW))).toBe(expected);
  });
});

describe('a move that also assigns', () => {
  const assignment = { assignedUserId: 'cnew', assignedUserName: 'Nina New' };

  it('hands the filing over as it moves', () => {
    const state = makeState(VAT, { stage: 'PAPERWORK_RECEIVED', assignee: { userId: 'cstaff', name: 'Stella Staff' } });
    const decision = decideTransition(VAT, state, request('assigned', 'WORK_IN_PROGRESS', assignment), NOW);
    expect(decision).toMatchObject({
      applied: true,
      action: 'FILING_STAGE_CHANGED',
      state: { stage: 'WORK_IN_PROGRESS', assignee: { userId: 'cnew', name: 'Nina New' }, sequence: 5, revision: 10 },
    });
  });

  it.each(['partner', 'manager', 'assigned', 'clientAssignee'] as const)('to the same stage is a reassignment by %s', (who) => {
    const state = makeState(VAT, { stage: 'WORK_IN_PROGRESS' });
    expect(decideTransition(VAT, state, request(who, 'WORK_IN_PROGRESS', assignment), NOW)).toEqual({
      applied: true,
      action: 'FILING_REASSIGNED',
      state: { ...state, assignee: { userId: 'cnew', name: 'Nina New' }, revision: 10 },
      transition: null,
      details: { before: { assignedUserId: null }, after: { assignedUserId: 'cnew' } },
    });
  });

  it.each([
    ['stranger', 'NOT_ALLOWED'],
    ['chaseTeam', 'NOT_ALLOWED'],
    ['client', 'NOT_ALLOWED'],
  ] as const)('to the same stage by %s is %s', (who, expected) => {
    const state = makeState(VAT, { stage: 'WORK_IN_PROGRESS' });
    expect(outcomeOf(decideTransition(VAT, state, request(who, 'WORK_IN_PROGRESS', assignment), NOW))).toBe(expected);
  });

  it('to the same stage together with anything else is no reassignment', () => {
    const state = makeState(LTD, { stage: 'PARTNER_APPROVED' });
    for (const fields of [{ filedTo: ['HMRC' as const] }, { rejectedBy: ['HMRC' as const] }]) {
      const decision = decideTransition(LTD, state, request('partner', 'PARTNER_APPROVED', { ...assignment, ...fields }), NOW);
      expect(outcomeOf(decision)).toBe('SAME_STAGE');
    }
  });
});
