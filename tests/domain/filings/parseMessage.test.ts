import * as fc from 'fast-check';
import { DEFAULT_POLICIES, isChasePolicy } from '../../../domain/chasing/policy';
import type { FilingMessageName } from '../../../domain/filings/messages';
import { FILING_MESSAGE_NAMES } from '../../../domain/filings/messages';
import type { ParsedMessage } from '../../../domain/filings/parseMessage';
import { parseMessage } from '../../../domain/filings/parseMessage';
import { ACTORS } from './exampleFilings';

const parse = (name: FilingMessageName, payload: unknown): ParsedMessage => parseMessage(name, payload, () => 'cmade');
const request = { requestId: 'c1', actor: ACTORS.assigned };

function reasonOf(parsed: ParsedMessage): string {
  return parsed.ok ? 'understood' : parsed.reason;
}

describe('what the API sends is understood as it is', () => {
  it.each<[FilingMessageName, Record<string, unknown>]>([
    ['stageTransition', { stage: 'PAPERWORK_RECEIVED' }],
    [
      'stageTransition',
      {
        stage: 'FILED',
        expectedStage: 'PARTNER_APPROVED',
        assignedUserId: 'cnew',
        assignedUserName: 'Nina New',
        filedTo: ['COMPANIES_HOUSE', 'HMRC'],
        rejectedBy: ['HMRC'],
        hasNote: true,
        notes: 'First line\nsecond line ☂ 😀',
      },
    ],
    ['clientDecision', { sendingId: 's1', decision: 'changes' }],
    ['reassign', { assignedUserId: 'cnew', name: 'Nina New' }],
    ['reassign', { assignedUserId: null, name: null }],
    ['pauseChasing', {}],
    ['pauseChasing', { until: '2024-02-29' }],
    ['resumeChasing', {}],
    ['chaseNow', {}],
    ['cancelFiling', {}],
    ['cancelFiling', { notes: 'The client left' }],
    ['reopen', { hasNote: true, rejectedBy: ['COMPANIES_HOUSE'] }],
    [
      'deadlinesChanged',
      { source: 'MANUAL', periodEnd: '2024-03-31', deadlines: { filingDueDate: '2024-05-07' }, corporationTaxRequired: false },
    ],
  ])('%s %j', (name, fields) => {
    expect(parse(name, { ...request, ...fields })).toEqual({ ok: true, message: { name, body: { ...request, ...fields } } });
  });

  it('chasePolicyChanged with a whole policy', () => {
    const body = { version: 3, policy: DEFAULT_POLICIES.VAT };
    expect(parse('chasePolicyChanged', body)).toEqual({ ok: true, message: { name: 'chasePolicyChanged', body } });
  });
});

describe('a signal sent by hand', () => {
  it('gets an id where it has none that can be used', () => {
    for (const requestId of [undefined, null, '', 7, 'x'.repeat(501), 'a\u0000b']) {
      const parsed = parse('chaseNow', { requestId, actor: ACTORS.manager });
      expect(parsed).toEqual({ ok: true, message: { name: 'chaseNow', body: { requestId: 'cmade', actor: ACTORS.manager } } });
    }
  });

  it('may leave out what can be, or say null', () => {
    const parsed = parse('stageTransition', {
      actor: { name: 'Petra', role: 'PARTNER', userId: null },
      stage: 'WORK_IN_PROGRESS',
      expectedStage: null,
      assignedUserId: null,
      filedTo: null,
      hasNote: null,
      unknown: { anything: 1 },
    });
    expect(parsed).toEqual({
      ok: true,
      message: {
        name: 'stageTransition',
        body: {
          requestId: 'cmade',
          actor: { userId: null, name: 'Petra', role: 'PARTNER', relation: 'none' },
          stage: 'WORK_IN_PROGRESS',
        },
      },
    });
  });

  it.each(['owner', 7, null, ['assigned']])('whose relation is %j is nobody’s own', (relation) => {
    const parsed = parse('chaseNow', { actor: { ...ACTORS.assigned, relation } });
    expect(parsed).toMatchObject({ ok: true, message: { body: { actor: { relation: 'none' } } } });
  });

  it('names each receipt once', () => {
    const parsed = parse('stageTransition', { ...request, stage: 'FILED', filedTo: ['HMRC', 'HMRC'] });
    expect(parsed).toMatchObject({ ok: true, message: { body: { filedTo: ['HMRC'] } } });
  });
});

describe('rubbish is answered with a reason', () => {
  it.each([undefined, null, 7, 'text', true, [], [{ stage: 'FILED' }]])('%j is no object', (payload) => {
    expect(parse('stageTransition', payload)).toEqual({
      ok: false,
      name: 'stageTransition',
      requestId: null,
      reason: 'stageTransition takes an object',
    });
  });

  it.each([
    [{ actor: undefined }, 'actor must be given: {userId, name, role, relation}'],
    [{ actor: 'Petra' }, 'actor must be given: {userId, name, role, relation}'],
    [{ actor: { role: 'PARTNER' } }, 'actor must be given: {userId, name, role, relation}'],
    [{ actor: { name: '', role: 'PARTNER' } }, 'actor must be given: {userId, name, role, relation}'],
    [{ actor: { name: 'Petra' } }, 'actor.role must be one of PARTNER, MANAGER, STAFF, SYSTEM, CLIENT'],
    [{ actor: { name: 'Petra', role: 'partner' } }, 'actor.role must be one of PARTNER, MANAGER, STAFF, SYSTEM, CLIENT'],
    [{ actor: { name: 'Petra', role: 'toString' } }, 'actor.role must be one of PARTNER, MANAGER, STAFF, SYSTEM, CLIENT'],
    [{ stage: undefined }, 'stage must be a text of 1 to 500 characters'],
    [{ stage: '' }, 'stage must be a text of 1 to 500 characters'],
    [{ stage: ['FILED'] }, 'stage must be a text of 1 to 500 characters'],
    [{ stage: 'x'.repeat(501) }, 'stage must be a text of 1 to 500 characters'],
    [{ expectedStage: 3 }, 'expectedStage must be a text of 1 to 500 characters'],
    [{ assignedUserId: {} }, 'assignedUserId must be a text of 1 to 500 characters'],
    [{ notes: 'x'.repeat(501) }, 'notes must be a text of 1 to 500 characters'],
    // PostgreSQL stores neither.
    [{ notes: 'nul \u0000' }, 'notes must be a text of 1 to 500 characters'],
    [{ assignedUserName: 'half \ud83d' }, 'assignedUserName must be a text of 1 to 500 characters'],
    [{ hasNote: 'yes' }, 'hasNote must be true or false'],
    [{ filedTo: 'HMRC' }, 'filedTo must be a list of COMPANIES_HOUSE, HMRC, CLIENT_SELF_FILING'],
    [{ filedTo: ['HMRC', 'IRS'] }, 'filedTo must be a list of COMPANIES_HOUSE, HMRC, CLIENT_SELF_FILING'],
    [{ rejectedBy: ['CLIENT_SELF_FILING'] }, 'rejectedBy must be a list of COMPANIES_HOUSE, HMRC'],
  ])('stageTransition with %j', (fields, reason) => {
    expect(parse('stageTransition', { ...request, stage: 'FILED', ...fields })).toEqual({
      ok: false,
      name: 'stageTransition',
      requestId: 'c1',
      reason,
    });
  });

  it.each<[FilingMessageName, Record<string, unknown>, string]>([
    ['clientDecision', { sendingId: 's1', decision: 'maybe' }, 'decision must be approved or changes'],
    ['clientDecision', { decision: 'approved' }, 'sendingId must be a text of 1 to 500 characters'],
    ['reassign', {}, 'assignedUserId must be a text of 1 to 500 characters'],
    ['reassign', { assignedUserId: '' }, 'assignedUserId must be a text of 1 to 500 characters'],
    ['pauseChasing', { until: '2023-02-29' }, 'until must be a date like 2024-05-07'],
    ['pauseChasing', { until: 20240507 }, 'until must be a date like 2024-05-07'],
    ['reopen', { rejectedBy: 'HMRC' }, 'rejectedBy must be a list of COMPANIES_HOUSE, HMRC'],
    ['deadlinesChanged', {}, 'source must be a text of 1 to 500 characters'],
    ['deadlinesChanged', { source: 'MANUAL', periodEnd: '31/03/2024' }, 'periodEnd must be a date like 2024-05-07'],
    ['deadlinesChanged', { source: 'MANUAL', deadlines: ['2024-05-07'] }, 'deadlines must be an object of dates'],
    [
      'deadlinesChanged',
      { source: 'MANUAL', deadlines: { filingDueDate: null } },
      'filingDueDate must be a date like 2024-05-07',
    ],
    ['deadlinesChanged', { source: 'MANUAL', corporationTaxRequired: 0 }, 'corporationTaxRequired must be true or false'],
    ['chasePolicyChanged', { version: '3', policy: DEFAULT_POLICIES.VAT }, 'chasePolicyChanged takes a version and a policy'],
    ['chasePolicyChanged', { version: 1.5, policy: DEFAULT_POLICIES.VAT }, 'chasePolicyChanged takes a version and a policy'],
    ['chasePolicyChanged', { version: 3e9, policy: DEFAULT_POLICIES.VAT }, 'chasePolicyChanged takes a version and a policy'],
    ['chasePolicyChanged', { version: 3, policy: {} }, 'chasePolicyChanged takes a version and a policy'],
  ])('%s with %j', (name, fields, reason) => {
    expect(reasonOf(parse(name, { ...request, ...fields }))).toBe(reason);
  });

  it('whatever it is, and is never an error', () => {
    const fields = fc.dictionary(
      fc.constantFrom(
        'requestId',
        'actor',
        'stage',
        'filedTo',
        'rejectedBy',
        'until',
        'deadlines',
        'version',
        'policy',
        'source',
      ),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FILING_MESSAGE_NAMES), fc.oneof(fc.anything(), fields), (name, payload) => {
        const parsed = parse(name, payload);
        expect(parsed.ok || parsed.reason.length > 0).toBe(true);
      }),
    );
  });
});

describe('a chase policy', () => {
  const policy = DEFAULT_POLICIES.LTD;

  it.each([
    {},
    { firstReminderAfterDays: 0 },
    { closer: [] },
    { warningDaysBefore: [] },
    { sendTime: '00:00', lastSendTime: '23:59' },
    { workingDaysOnly: false },
  ])('may be changed by %j', (fields) => {
    expect(isChasePolicy({ ...policy, ...fields })).toBe(true);
  });

  it.each([
    { firstReminderAfterDays: -1 },
    { firstReminderAfterDays: 1.5 },
    { reminderEveryDays: 0 },
    { afterDeadlineEveryDays: Number.NaN },
    { clientReminderEveryWorkingDays: 0 },
    { stuckAfterDays: '5' },
    { closer: [{ withinDays: 14 }] },
    { closer: [{ withinDays: 14, everyDays: 0 }] },
    { closer: Array.from({ length: 11 }, () => ({ withinDays: 14, everyDays: 1 })) },
    { closer: null },
    { warningDaysBefore: [-1] },
    { warningDaysBefore: Array.from({ length: 21 }, (_, days) => days) },
    { sendTime: '9:00' },
    { sendTime: '24:00' },
    { lastSendTime: undefined },
    { workingDaysOnly: 'yes' },
  ])('may not be changed by %j', (fields) => {
    expect(isChasePolicy({ ...policy, ...fields })).toBe(false);
  });

  it.each([null, undefined, 7, 'policy', [], {}])('is not %j', (value) => {
    expect(isChasePolicy(value)).toBe(false);
  });
});
