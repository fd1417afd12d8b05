import { decideRequest } from '../../../domain/filings/decideRequest';
import { decideTransition } from '../../../domain/filings/decideTransition';
import type { Decision } from '../../../domain/filings/decision';
import type { Reopen, StageTransition } from '../../../domain/filings/messages';
import type { FiledTo } from '../../../domain/filings/stages';
import type { FilingState } from '../../../domain/filings/state';
import { dueDate, isOverdue } from '../../../domain/filings/state';
import { ACTORS, applied, LTD, makeState, milestones, NOW, outcomeOf, VAT } from './exampleFilings';

const approved = makeState(LTD, { stage: 'PARTNER_APPROVED', milestones: milestones('partnerApproved') });
const withoutCorporationTax = { ...approved, dates: { ...approved.dates, corporationTaxRequired: false } };

function file(state: FilingState, filedTo: FiledTo[] | undefined, fields: Partial<StageTransition> = {}): Decision {
  const receipts = filedTo ? { filedTo } : {};
  return decideTransition(LTD, state, { requestId: 'c1', actor: ACTORS.assigned, stage: 'FILED', ...receipts, ...fields }, NOW);
}

const names = (state: FilingState): string[] => Object.keys(state.milestones).toSorted();

describe('a move to FILED', () => {
  it('with both authorities files at once', () => {
    const state = applied(file(approved, ['COMPANIES_HOUSE', 'HMRC']));
    expect(state).toMatchObject({ stage: 'FILED', outcome: 'FILED', sequence: 5 });
    expect(names(state)).toEqual(['filed', 'filedToCompaniesHouse', 'filedToHMRC', 'partnerApproved']);
  });

  it.each([
    ['COMPANIES_HOUSE', 'filedToCompaniesHouse', 'HMRC'],
    ['HMRC', 'filedToHMRC', 'COMPANIES_HOUSE'],
  ] as const)('with %s alone records %s and waits for the other', (first, milestone, second) => {
    const decision = file(approved, [first]);
    const half = applied(decision);
    expect(half).toMatchObject({
      stage: 'PARTNER_APPROVED',
      outcome: null,
      sequence: 5,
      stageEnteredAt: approved.stageEnteredAt,
    });
    expect(names(half)).toEqual([milestone, 'partnerApproved']);
    expect(decision).toMatchObject({
      transition: { fromStage: 'PARTNER_APPROVED', toStage: 'PARTNER_APPROVED', filedTo: [first] },
    });

    expect(outcomeOf(file(half, [first]))).toBe('FILED_TO');
    expect(outcomeOf(file(half, [first, second]))).toBe('FILED_TO');
    const whole = applied(file(half, [second]));
    expect(whole).toMatchObject({ stage: 'FILED', outcome: 'FILED', sequence: 6 });
    expect(names(whole)).toEqual(['filed', 'filedToCompaniesHouse', 'filedToHMRC', 'partnerApproved']);
  });

  it('by the client alone is enough, also after one authority', () => {
    const state = applied(file(approved, ['CLIENT_SELF_FILING']));
    expect(state).toMatchObject({ stage: 'FILED', outcome: 'FILED' });
    expect(names(state)).toEqual(['clientSelfFiling', 'filed', 'partnerApproved']);
    const half = applied(file(approved, ['COMPANIES_HOUSE']));
    expect(names(applied(file(half, ['CLIENT_SELF_FILING'])))).toEqual([
      'clientSelfFiling',
      'filed',
      'filedToCompaniesHouse',
      'partnerApproved',
    ]);
  });

  it('needs Companies House only where Corporation Tax is not required', () => {
    const state = applied(file(withoutCorporationTax, ['COMPANIES_HOUSE']));
    expect(state).toMatchObject({ stage: 'FILED', outcome: 'FILED' });
    expect(names(state)).toEqual(['filed', 'filedToCompaniesHouse', 'partnerApproved']);
  });

  it('can be finished when Corporation Tax turns out not to be required', () => {
    const half = applied(file(approved, ['COMPANIES_HOUSE']));
    const dates = { ...half.dates, corporationTaxRequired: false };
    expect(applied(file({ ...half, dates }, ['COMPANIES_HOUSE'])).outcome).toBe('FILED');
  });

  it.each([
    [undefined, 'Say who received it: Companies House, HMRC, the client, who files it'],
    [[], 'Say who received it: Companies House, HMRC, the client, who files it'],
    [['CLIENT_SELF_FILING', 'HMRC'], 'Either the client files everything, or say who received it'],
  ] satisfies [FiledTo[] | undefined, string][])('with %j is refused', (filedTo, reason) => {
    expect(file(approved, filedTo)).toEqual({ applied: false, code: 'FILED_TO', reason });
  });

  it('says when it was filed already', () => {
    const half = { ...approved, milestones: milestones('filedToHMRC') };
    expect(file(half, ['HMRC'])).toEqual({
      applied: false,
      code: 'FILED_TO',
      reason: 'It is already recorded as filed to HMRC on 15 Jan 2024',
    });
  });

  it('is refused to those whose filing it is not', () => {
    expect(outcomeOf(file(approved, ['HMRC'], { actor: ACTORS.stranger }))).toBe('NOT_ALLOWED');
    expect(outcomeOf(file(approved, ['HMRC'], { actor: ACTORS.client }))).toBe('NOT_ALLOWED');
  });

  it('is the only one that says what was filed', () => {
    const decision = file(approved, ['HMRC'], { stage: 'WORK_IN_PROGRESS' });
    expect(decision).toEqual({ applied: false, code: 'FILED_TO', reason: 'filedTo goes with a move to FILED only' });
  });

  it('of a VAT quarter needs no receipt and takes that of HMRC only', () => {
    const state = makeState(VAT, { stage: 'CLIENT_APPROVED' });
    const request = { requestId: 'c1', actor: ACTORS.assigned, stage: 'FILED_TO_HMRC' };
    expect(names(applied(decideTransition(VAT, state, request, NOW)))).toEqual(['filedToHMRC']);
    expect(outcomeOf(decideTransition(VAT, state, { ...request, filedTo: ['HMRC'] }, NOW))).toBe('APPLIED');
    expect(decideTransition(VAT, state, { ...request, filedTo: ['COMPANIES_HOUSE'] }, NOW)).toMatchObject({
      code: 'FILED_TO',
      reason: 'VAT is not filed to Companies House',
    });
  });
});

describe('what an authority has received', () => {
  const half = { ...approved, milestones: milestones('workStarted', 'partnerApproved', 'filedToCompaniesHouse') };
  const rework = (fields: Partial<StageTransition>): Decision =>
    decideTransition(LTD, half, { requestId: 'c1', actor: ACTORS.partner, stage: 'WORK_IN_PROGRESS', ...fields }, NOW);

  it('stays received when the filing goes back', () => {
    expect(names(applied(rework({})))).toEqual(['filedToCompaniesHouse', 'workStarted']);
    expect(names(applied(rework({ stage: 'PAPERWORK_PENDING_CHASE', hasNote: true })))).toEqual(['filedToCompaniesHouse']);
  });

  it('is cleared when a partner says that it was rejected', () => {
    const decision = rework({ rejectedBy: ['COMPANIES_HOUSE'], hasNote: true });
    expect(names(applied(decision))).toEqual(['workStarted']);
    expect(decision).toMatchObject({ transition: { rejectedBy: ['COMPANIES_HOUSE'] } });
  });

  it.each([
    [{ actor: ACTORS.manager, hasNote: true }, 'NOT_ALLOWED', 'Only a partner can record that an authority rejected a filing'],
    [{ hasNote: false }, 'NOTE_REQUIRED', 'Recording that an authority rejected a filing needs a note that says why'],
    [{ rejectedBy: ['HMRC'], hasNote: true }, 'REJECTED_BY', 'Nothing was recorded as filed to HMRC'],
    [{ stage: 'FILED', filedTo: ['HMRC'], hasNote: true }, 'REJECTED_BY', 'rejectedBy goes with a move back only'],
  ] satisfies [Partial<StageTransition>, string, string][])('is not cleared with %j', (fields, code, reason) => {
    expect(rework({ rejectedBy: ['COMPANIES_HOUSE'], ...fields })).toEqual({ applied: false, code, reason });
  });
});

describe('a reopen', () => {
  const reopen = (state: FilingState, fields: Partial<Reopen> = {}): Decision =>
    decideRequest(
      state.kind === 'VAT_QUARTER' ? VAT : LTD,
      state,
      { name: 'reopen', body: { requestId: 'c1', actor: ACTORS.partner, hasNote: true, ...fields } },
      NOW,
    );
  const filed = makeState(LTD, {
    stage: 'FILED',
    outcome: 'FILED',
    milestones: milestones('partnerApproved', 'filed', 'filedToCompaniesHouse', 'filedToHMRC'),
    chase: { ...makeState(LTD).chase, remindersSent: 3 },
    decidedRequestIds: ['cold'],
  });
  const vatFiled = makeState(VAT, {
    stage: 'FILED_TO_HMRC',
    outcome: 'FILED',
    milestones: milestones('workStarted', 'filedToHMRC'),
  });
  const cancelled = makeState(LTD, {
    stage: 'PARTNER_APPROVED',
    outcome: 'CANCELLED',
    milestones: milestones('partnerApproved', 'filedToCompaniesHouse'),
  });

  it('goes to the stage before filing and keeps what was received, counts and known requests', () => {
    const decision = reopen(filed);
    expect(applied(decision)).toEqual({
      ...filed,
      stage: 'PARTNER_APPROVED',
      stageEnteredAt: NOW,
      outcome: null,
      sequence: 5,
      revision: 10,
      milestones: milestones('partnerApproved', 'filedToCompaniesHouse', 'filedToHMRC'),
    });
    expect(decision).toMatchObject({
      action: 'FILING_REOPENED',
      transition: { fromStage: 'FILED', toStage: 'PARTNER_APPROVED', sequence: 5 },
    });
  });

  it('can be filed again with what was received before, or by the client', () => {
    const state = applied(reopen(filed));
    expect(applied(file(state, ['COMPANIES_HOUSE', 'HMRC'])).outcome).toBe('FILED');
    expect(applied(file(state, ['CLIENT_SELF_FILING'])).outcome).toBe('FILED');
  });

  it('clears what an authority rejected', () => {
    expect(names(applied(reopen(filed, { rejectedBy: ['HMRC'] })))).toEqual(['filedToCompaniesHouse', 'partnerApproved']);
    expect(names(applied(reopen(filed, { rejectedBy: ['HMRC', 'COMPANIES_HOUSE'] })))).toEqual(['partnerApproved']);
  });

  it('clears the client’s own filing', () => {
    const self = { ...filed, milestones: milestones('partnerApproved', 'filed', 'clientSelfFiling') };
    expect(names(applied(reopen(self)))).toEqual(['partnerApproved']);
  });

  it('of a VAT quarter clears filedToHMRC, rejected or not', () => {
    const expected = { stage: 'CLIENT_APPROVED', outcome: null, milestones: milestones('workStarted') };
    expect(applied(reopen(vatFiled))).toMatchObject(expected);
    expect(applied(reopen(vatFiled, { rejectedBy: ['HMRC'] }))).toMatchObject(expected);
    expect(outcomeOf(reopen(vatFiled, { rejectedBy: ['COMPANIES_HOUSE'] }))).toBe('REJECTED_BY');
  });

  it('of a cancelled filing goes on at the stage it had, without a history row', () => {
    const decision = reopen(cancelled);
    expect(applied(decision)).toEqual({ ...cancelled, outcome: null, stageEnteredAt: NOW, revision: 10 });
    expect(decision).toMatchObject({ transition: null });
  });

  it('of a cancelled filing clears what an authority rejected', () => {
    expect(names(applied(reopen(cancelled, { rejectedBy: ['COMPANIES_HOUSE'] })))).toEqual(['partnerApproved']);
  });

  it.each([
    ['an open filing', makeState(LTD), {}, 'NOTHING_TO_DO'],
    ['a filing without a note', filed, { hasNote: false }, 'NOTE_REQUIRED'],
    ['a filing by a manager', filed, { actor: ACTORS.manager }, 'NOT_ALLOWED'],
    ['a filing by staff', filed, { actor: ACTORS.assigned }, 'NOT_ALLOWED'],
    ['a filing by the client', filed, { actor: ACTORS.client }, 'NOT_ALLOWED'],
    ['a cancelled filing that HMRC never had', cancelled, { rejectedBy: ['HMRC'] }, 'REJECTED_BY'],
    ['a cancelled filing, as a client is restored', cancelled, { actor: ACTORS.system }, 'APPLIED'],
  ] satisfies [string, FilingState, Partial<Reopen>, string][])('of %s is answered', (_case, state, fields, expected) => {
    expect(outcomeOf(reopen(state, fields))).toBe(expected);
  });
});

describe('the due date', () => {
  it.each([
    [[], true, '2025-03-31'],
    [['filedToCompaniesHouse'], true, '2025-06-30'],
    [['filedToHMRC'], true, '2025-03-31'],
    [['filedToCompaniesHouse', 'filedToHMRC'], true, '2025-06-30'],
    [[], false, '2025-03-31'],
    [['filedToCompaniesHouse'], false, '2025-03-31'],
  ])('once %j are met, Corporation Tax required %s, is %s', (met, corporationTaxRequired, expected) => {
    const dates = { ...approved.dates, corporationTaxRequired };
    expect(dueDate(LTD, dates, milestones(...met))).toBe(expected);
  });

  it('is the return’s where that comes first', () => {
    const deadlines = { ...approved.dates.deadlines, accountsDueDate: '2025-12-31' };
    expect(dueDate(LTD, { ...approved.dates, deadlines }, {})).toBe('2025-06-30');
  });

  it('never passes for a filing that has ended', () => {
    const dayAfter = Date.parse('2024-05-08T00:00:00+01:00');
    const open = makeState(VAT, { stage: 'CLIENT_APPROVED' });
    expect(isOverdue(VAT, open, dayAfter - 1)).toBe(false);
    expect(isOverdue(VAT, open, dayAfter)).toBe(true);
    expect(isOverdue(VAT, { ...open, outcome: 'CANCELLED' }, dayAfter)).toBe(false);
    expect(isOverdue(VAT, { ...open, stage: 'FILED_TO_HMRC', outcome: 'FILED' }, dayAfter)).toBe(false);
  });
});
