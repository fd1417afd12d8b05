import type { FilingRequest } from '../../../domain/filings/decideRequest';
import { decideRequest, refuseActor } from '../../../domain/filings/decideRequest';
import type { Decision } from '../../../domain/filings/decision';
import { filingWorkflowId } from '../../../domain/filings/definitions';
import type { Actor, DeadlinesChanged } from '../../../domain/filings/messages';
import type { FilingState } from '../../../domain/filings/state';
import { isPaused, waitingFor, withDecided } from '../../../domain/filings/state';
import type { ActorName } from './exampleFilings';
import { ACTORS, applied, LTD, makeState, milestones, NOW, outcomeOf, VAT } from './exampleFilings';

const paperwork = makeState(VAT, { stage: 'PAPERWORK_CHASED' });
const inWork = makeState(VAT, { stage: 'WORK_IN_PROGRESS', assignee: { userId: 'cstaff', name: 'Stella Staff' } });
const decide = (state: FilingState, request: FilingRequest, definition = VAT): Decision =>
  decideRequest(definition, state, request, NOW);

const by = (who: ActorName): { requestId: string; actor: Actor } => ({ requestId: 'c1', actor: ACTORS[who] });

/** One request of each kind that nothing but the person speaks against. */
function requestsOf(who: ActorName): Record<string, [FilingState, FilingRequest]> {
  return {
    reassign: [inWork, { name: 'reassign', body: { ...by(who), assignedUserId: 'cnew', name: 'Nina New' } }],
    pauseChasing: [inWork, { name: 'pauseChasing', body: by(who) }],
    resumeChasing: [
      { ...inWork, paused: { until: null } },
      { name: 'resumeChasing', body: by(who) },
    ],
    deadlinesChanged: [
      inWork,
      { name: 'deadlinesChanged', body: { ...by(who), source: 'MANUAL', deadlines: { filingDueDate: '2024-05-14' } } },
    ],
    cancelFiling: [inWork, { name: 'cancelFiling', body: by(who) }],
    reopen: [
      { ...inWork, outcome: 'CANCELLED' },
      { name: 'reopen', body: { ...by(who), hasNote: true } },
    ],
    clientDecision: [
      makeState(VAT, { stage: 'EMAILED_TO_CLIENT' }),
      { name: 'clientDecision', body: { ...by(who), sendingId: 's1', decision: 'approved' } },
    ],
  };
}

describe('who may ask for what', () => {
  const everyRequest = Object.keys(requestsOf('partner'));
  const own = ['reassign', 'pauseChasing', 'resumeChasing', 'deadlinesChanged'];
  // What follows from archiving, restoring or deregistering is sent as SYSTEM.
  const ofTheSystem = ['reassign', 'deadlinesChanged', 'cancelFiling', 'reopen'];

  it.each<[ActorName, string[]]>([
    ['partner', everyRequest.filter((name) => name !== 'clientDecision')],
    ['manager', own],
    ['assigned', own],
    ['clientAssignee', own],
    ['chaseTeam', []],
    ['stranger', []],
    ['system', ofTheSystem],
    ['client', ['clientDecision']],
  ])('%s may ask for %j', (who, expected) => {
    const requests = Object.entries(requestsOf(who));
    const allowed = requests.filter(([, [state, request]]) => decide(state, request).applied).map(([name]) => name);
    expect(allowed).toEqual(expected);
    for (const [name, [state, request]] of requests) {
      if (!allowed.includes(name)) expect(outcomeOf(decide(state, request))).toBe('NOT_ALLOWED');
    }
  });

  it('counts a filing whose paperwork is gathered as the chase team’s own', () => {
    expect(outcomeOf(decide(paperwork, { name: 'pauseChasing', body: by('chaseTeam') }))).toBe('APPLIED');
    expect(refuseActor(VAT, paperwork, 'chaseNow', ACTORS.chaseTeam)).toBeUndefined();
    expect(refuseActor(VAT, inWork, 'chaseNow', ACTORS.chaseTeam)?.code).toBe('NOT_ALLOWED');
  });

  it('says who can', () => {
    expect(decide(inWork, { name: 'cancelFiling', body: by('manager') })).toMatchObject({
      reason: 'Only a partner can cancel a filing',
    });
    expect(decide({ ...inWork, outcome: 'CANCELLED' }, { name: 'reopen', body: by('manager') })).toMatchObject({
      reason: 'Only a partner can reopen a filing',
    });
  });
});

describe('a filing that has ended', () => {
  it.each([
    ['FILED', 'The filing is already filed (FILED_TO_HMRC); a partner can reopen it'],
    ['CANCELLED', 'The filing was cancelled; a partner can reopen it'],
  ] as const)('as %s refuses every request but reopening', (outcome, reason) => {
    for (const [name, [, request]] of Object.entries(requestsOf('partner'))) {
      const decision = decide({ ...inWork, outcome }, request);
      if (name !== 'reopen') expect(decision).toEqual({ applied: false, code: 'CLOSED', reason });
    }
  });
});

describe('the client’s answer', () => {
  const sent = makeState(LTD, {
    stage: 'SENT_TO_CLIENT',
    milestones: milestones('workStarted', 'reviewCompleted', 'sentToClient'),
  });
  const answer = (state: FilingState, decision: 'approved' | 'changes'): Decision =>
    decide(state, { name: 'clientDecision', body: { ...by('client'), sendingId: 's1', decision } }, LTD);

  it('approves', () => {
    expect(applied(answer(sent, 'approved'))).toMatchObject({
      stage: 'CLIENT_APPROVED',
      sequence: 5,
      milestones: { clientApproved: { at: NOW, userId: null, userName: 'Casey Client' } },
    });
  });

  it('asks for changes, which takes the filing back to work', () => {
    expect(applied(answer(sent, 'changes'))).toMatchObject({ stage: 'WORK_IN_PROGRESS', milestones: milestones('workStarted') });
  });

  it.each(['WORK_IN_PROGRESS', 'CLIENT_APPROVED', 'PAPERWORK_CHASED'] as const)('comes too late in %s', (stage) => {
    expect(answer({ ...sent, stage }, 'approved')).toEqual({
      applied: false,
      code: 'NOT_A_NEXT_STAGE',
      reason: 'The filing no longer waits for the client’s approval',
    });
  });
});

describe('handing over', () => {
  it('to somebody, and to nobody', () => {
    const handed = decide(inWork, { name: 'reassign', body: { ...by('manager'), assignedUserId: 'cnew', name: 'Nina New' } });
    expect(handed).toMatchObject({
      action: 'FILING_REASSIGNED',
      state: { assignee: { userId: 'cnew', name: 'Nina New' }, sequence: 4, revision: 10 },
      transition: null,
      details: { before: { assignedUserId: 'cstaff' }, after: { assignedUserId: 'cnew' } },
    });
    const freed = decide(inWork, { name: 'reassign', body: { ...by('manager'), assignedUserId: null, name: null } });
    expect(applied(freed).assignee).toBeNull();
  });

  it('to those who have it changes nothing', () => {
    expect(decide(inWork, { name: 'reassign', body: { ...by('manager'), assignedUserId: 'cstaff', name: null } })).toMatchObject({
      code: 'NOTHING_TO_DO',
      reason: 'The filing is already assigned to Stella Staff',
    });
    expect(decide(paperwork, { name: 'reassign', body: { ...by('manager'), assignedUserId: null, name: null } })).toMatchObject({
      code: 'NOTHING_TO_DO',
      reason: 'The filing is assigned to nobody already',
    });
  });
});

describe('pausing', () => {
  it.each([
    [undefined, 'APPLIED'],
    ['2024-04-11', 'APPLIED'],
    ['2024-04-10', 'INVALID_DATES'],
    ['2024-04-09', 'INVALID_DATES'],
  ])('until %s is %s on 10 April 2024', (until, expected) => {
    const decision = decide(paperwork, {
      name: 'pauseChasing',
      body: { ...by('assigned'), ...(until === undefined ? {} : { until }) },
    });
    expect(outcomeOf(decision)).toBe(expected);
    if (decision.applied) expect(decision.state.paused).toEqual({ until: until ?? null });
  });

  it('holds until its day comes', () => {
    const paused = { ...paperwork, paused: { until: '2024-04-15' } };
    expect(isPaused(paused, '2024-04-14')).toBe(true);
    expect(isPaused(paused, '2024-04-15')).toBe(false);
    expect(isPaused({ ...paused, paused: { until: null } }, '2999-01-01')).toBe(true);
    expect(isPaused(paperwork, '2024-04-10')).toBe(false);
  });

  it.each([
    [null, 'NOTHING_TO_DO'],
    [{ until: '2024-04-10' }, 'NOTHING_TO_DO'],
    [{ until: '2024-04-11' }, 'APPLIED'],
    [{ until: null }, 'APPLIED'],
  ])('as %j can be ended: %s', (paused, expected) => {
    const decision = decide({ ...paperwork, paused }, { name: 'resumeChasing', body: by('assigned') });
    expect(outcomeOf(decision)).toBe(expected);
    if (decision.applied) expect(decision.state.paused).toBeNull();
  });
});

describe('changed dates', () => {
  const accounts = makeState(LTD);
  const change = (state: FilingState, dates: Omit<DeadlinesChanged, 'requestId' | 'actor' | 'source'>): Decision => {
    const body = { ...by('assigned'), source: 'COMPANIES_HOUSE', ...dates };
    return decide(state, { name: 'deadlinesChanged', body }, state.kind === 'VAT_QUARTER' ? VAT : LTD);
  };

  it('replace those that they name and keep the others', () => {
    const decision = change(accounts, { deadlines: { accountsDueDate: '2025-06-30' } });
    expect(applied(decision).dates).toEqual({
      ...accounts.dates,
      deadlines: { ...accounts.dates.deadlines, accountsDueDate: '2025-06-30' },
    });
    expect(decision).toMatchObject({ action: 'FILING_DEADLINES_CHANGED', details: { source: 'COMPANIES_HOUSE' } });
  });

  it('shorten the last VAT period', () => {
    const decision = change(makeState(VAT), { periodEnd: '2024-03-15', deadlines: { filingDueDate: '2024-04-22' } });
    expect(applied(decision).dates).toMatchObject({ periodEnd: '2024-03-15', deadlines: { filingDueDate: '2024-04-22' } });
  });

  it('may put a deadline on the last day of the period', () => {
    expect(change(accounts, { deadlines: { accountsDueDate: '2024-06-30' } }).applied).toBe(true);
  });

  it('make the second payment of a long period fall away when it becomes a year', () => {
    const { deadlines } = accounts.dates;
    const long = { ...accounts.dates, periodEnd: '2024-09-30', deadlines: { ...deadlines, ctSecondDueDate: '2025-07-01' } };
    const shortened = change({ ...accounts, dates: long }, { periodEnd: '2024-06-30' });
    expect(applied(shortened).dates).toEqual(accounts.dates);
    const kept = change({ ...accounts, dates: long }, { periodEnd: '2024-08-31' });
    expect(applied(kept).dates.deadlines).toEqual(long.deadlines);
  });

  it('make Corporation Tax fall away', () => {
    expect(applied(change(accounts, { corporationTaxRequired: false })).dates.corporationTaxRequired).toBe(false);
  });

  it.each([
    [{ deadlines: { filingDueDate: '2025-01-01' } }, 'filingDueDate is not a deadline of Ltd accounts'],
    [{ deadlines: { toString: '2025-01-01' } }, 'toString is not a deadline of Ltd accounts'],
    [{ periodEnd: '2023-06-30' }, 'The period cannot end before it starts on 1 Jul 2023'],
    [{ periodEnd: '2204-06-30' }, 'The period would be too long: it starts on 1 Jul 2023'],
    [{ deadlines: { accountsDueDate: '2024-06-29' } }, 'A deadline on 29 Jun 2024 lies before the period’s end on 30 Jun 2024'],
    [{ periodEnd: '2025-05-31' }, 'A deadline on 31 Mar 2025 lies before the period’s end on 31 May 2025'],
    // A mistyped year would make a plan of thousands of reminders.
    [
      { deadlines: { accountsDueDate: '2205-03-31' } },
      'A deadline on 31 Mar 2205 lies too long after the period’s end on 30 Jun 2024',
    ],
    [{ deadlines: { ctDueDate: '9999-12-31' } }, 'A deadline on 31 Dec 9999 lies too long after the period’s end on 30 Jun 2024'],
  ])('%j are refused', (dates, reason) => {
    expect(change(accounts, dates)).toEqual({ applied: false, code: 'INVALID_DATES', reason });
  });
});

it('a cancelled filing keeps its stage and is not filed', () => {
  expect(decide(inWork, { name: 'cancelFiling', body: by('partner') })).toMatchObject({
    action: 'FILING_CANCELLED',
    state: { stage: 'WORK_IN_PROGRESS', outcome: 'CANCELLED', sequence: 4, revision: 10 },
    transition: null,
  });
});

describe('whom a filing waits for', () => {
  it.each([
    [
      VAT,
      'CLIENT CLIENT STAFF STAFF CLIENT MANAGER PARTNER PARTNER CLIENT STAFF NOBODY',
      // While the period still runs, nobody can send its paperwork.
      'PERIOD_END PERIOD_END STAFF STAFF CLIENT MANAGER PARTNER PARTNER CLIENT STAFF NOBODY',
    ],
    [
      LTD,
      'CLIENT CLIENT STAFF STAFF MANAGER PARTNER STAFF CLIENT PARTNER STAFF NOBODY',
      'PERIOD_END PERIOD_END STAFF STAFF MANAGER PARTNER STAFF CLIENT PARTNER STAFF NOBODY',
    ],
  ])('%#: is told by its stage', (definition, afterwards, before) => {
    const at = (instant: string): string =>
      definition.stages
        .map(({ stage }) => waitingFor(definition, makeState(definition, { stage }), Date.parse(instant)))
        .join(' ');
    const isVat = definition === VAT;
    expect(at(isVat ? '2024-03-31T22:59:59Z' : '2024-06-30T22:59:59Z')).toBe(before);
    expect(at(isVat ? '2024-03-31T23:00:00Z' : '2024-06-30T23:00:00Z')).toBe(afterwards);
  });

  it('is nobody once it has ended', () => {
    expect(waitingFor(VAT, { ...inWork, outcome: 'CANCELLED' }, NOW)).toBe('NOBODY');
  });
});

it('names workflows for people', () => {
  expect(filingWorkflowId(VAT, 'NZ-12', '2024-Q1')).toBe('vat-quarter:NZ-12:2024-Q1');
  expect(filingWorkflowId(LTD, 'NZ-12', '2024-03-31')).toBe('ltd-accounts:NZ-12:2024-03-31');
});

it('remembers the last requests only', () => {
  const many = Array.from({ length: 600 }, (_, index) => `c${index}`).reduce<string[]>(withDecided, []);
  expect(many).toHaveLength(500);
  expect(many.at(-1)).toBe('c599');
});
