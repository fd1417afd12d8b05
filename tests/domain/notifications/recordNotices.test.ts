import { planChasing } from '../../../domain/chasing/plan';
import { decideRequest } from '../../../domain/filings/decideRequest';
import type { FilingRecord } from '../../../domain/filings/record';
import { recordOf } from '../../../domain/filings/records';
import type { FilingState } from '../../../domain/filings/state';
import type { FilingPeople } from '../../../domain/notifications/recordNotices';
import { formerAssigneeId, isNoticed, recordNotices } from '../../../domain/notifications/recordNotices';
import { rulesOf } from '../chasing/exampleChasing';
import type { ActorName } from '../filings/exampleFilings';
import { ACTORS, makeState, NOW, VAT } from '../filings/exampleFilings';

const rules = rulesOf('VAT');
const PEOPLE: FilingPeople = {
  companyName: 'Acme Ltd',
  assigned: { id: 'cstella', role: 'STAFF' },
  managers: ['cmanager', 'cmona'],
  partners: ['cpartner', 'cpaul'],
  former: null,
  canBeMailed: true,
  comment: null,
};

/** The record of a move of somebody from a stage, or of the client's answer. */
function recordFrom(
  stage: FilingState['stage'],
  by: ActorName,
  move: { to: string; assignedUserId?: string } | { decision: 'approved' | 'changes' },
): FilingRecord {
  const state = makeState(VAT, { stage });
  const before = { ...state, plan: planChasing(VAT, state, rules, NOW) };
  const request = { requestId: 'crequest', actor: ACTORS[by] };
  const decision =
    'to' in move
      ? decideRequest(
          VAT,
          before,
          { name: 'stageTransition', body: { ...request, stage: move.to, hasNote: true, ...given(move) } },
          NOW,
        )
      : decideRequest(VAT, before, { name: 'clientDecision', body: { ...request, sendingId: 'csending', ...move } }, NOW);
  if (!decision.applied) throw new Error(decision.reason);
  const origin = { decisionKey: 'crequest', requestId: 'crequest', actor: ACTORS[by], notes: null };
  return recordOf({ definition: VAT, rules, before, now: NOW }, decision, { ...origin, source: 'to' in move ? null : 'CLIENT' });
}

function given({ assignedUserId }: { assignedUserId?: string }): { assignedUserId?: string } {
  return assignedUserId === undefined ? {} : { assignedUserId };
}

function told(record: FilingRecord, people: Partial<FilingPeople> = {}): Record<string, string[]> {
  const notices = recordNotices(VAT, record, { ...PEOPLE, ...people });
  expect(notices.length > 0 ? isNoticed(VAT, record) : true).toBe(true);
  return Object.fromEntries(notices.map(({ type, userIds }) => [type, userIds]));
}

describe('a filing that is reassigned by hand', () => {
  function reassigned(assignedUserId: string | null, by: ActorName = 'manager'): FilingRecord {
    const before = makeState(VAT, { assignee: { userId: 'csam', name: 'Sam Staff' } });
    const body = { requestId: 'crequest', actor: ACTORS[by], assignedUserId, name: 'Stella Staff' };
    const decision = decideRequest(VAT, before, { name: 'reassign', body }, NOW);
    if (!decision.applied) throw new Error(decision.reason);
    const origin = { decisionKey: 'crequest', requestId: 'crequest', actor: ACTORS[by], notes: null, source: null };
    return recordOf({ definition: VAT, rules, before, now: NOW }, decision, origin);
  }
  const notices = (record: FilingRecord): unknown => {
    expect(isNoticed(VAT, record)).toBe(true);
    return recordNotices(VAT, record, { ...PEOPLE, former: formerAssigneeId(record) }).map(({ type, title, userIds }) => [
      type,
      title,
      userIds,
    ]);
  };

  it('is told whoever gets it, and whoever had it', () => {
    expect(notices(reassigned('cstella'))).toEqual([
      ['ASSIGNMENT', 'A filing was assigned to you', ['cstella']],
      ['ASSIGNMENT', 'A filing is no longer assigned to you', ['csam']],
    ]);
  });

  it('is told whoever had it, where it is nobody’s now', () => {
    expect(notices(reassigned(null))).toEqual([['ASSIGNMENT', 'A filing is no longer assigned to you', ['csam']]]);
  });
});

describe('a filing that is moved to somebody’s stage', () => {
  it('is told the assigned person, where it waits for staff', () => {
    const record = recordFrom('REVIEW_PENDING_PARTNER', 'partner', { to: 'WORK_IN_PROGRESS' });
    expect(told(record)).toEqual({ HAND_OFF: ['cstella'] });
    const [notice] = recordNotices(VAT, record, PEOPLE);
    expect(notice?.message).toBe('Acme Ltd · VAT 2024-Q1, due 7 May 2024, is at In progress now; Petra Partner moved it');
  });

  it('is told managers, or partners, but not whoever moved it', () => {
    expect(told(recordFrom('WORK_IN_PROGRESS', 'assigned', { to: 'REVIEW_PENDING_MANAGER' }))).toEqual({
      HAND_OFF: ['cmanager', 'cmona'],
    });
    expect(told(recordFrom('WORK_IN_PROGRESS', 'manager', { to: 'REVIEW_PENDING_MANAGER' }))).toEqual({ HAND_OFF: ['cmona'] });
    expect(told(recordFrom('WORK_IN_PROGRESS', 'manager', { to: 'REVIEW_PENDING_PARTNER' }))).toEqual({
      HAND_OFF: ['cpartner', 'cpaul'],
    });
  });

  it('is told the assigned person alone, where it is theirs by their role', () => {
    const record = recordFrom('WORK_IN_PROGRESS', 'assigned', { to: 'REVIEW_PENDING_MANAGER' });
    expect(told(record, { assigned: { id: 'cmona', role: 'MANAGER' } })).toEqual({ HAND_OFF: ['cmona'] });
  });

  it('is told managers, then partners, where nobody is assigned', () => {
    const record = recordFrom('REVIEW_PENDING_PARTNER', 'partner', { to: 'WORK_IN_PROGRESS' });
    expect(told(record, { assigned: null })).toEqual({ HAND_OFF: ['cmanager', 'cmona'] });
    expect(told(record, { assigned: null, managers: [] })).toEqual({ HAND_OFF: ['cpaul'] });
  });

  it('is told once to whom it is assigned by the same move', () => {
    const record = recordFrom('REVIEW_PENDING_PARTNER', 'partner', { to: 'WORK_IN_PROGRESS', assignedUserId: 'cstella' });
    expect(told(record)).toEqual({ ASSIGNMENT: ['cstella'] });
  });

  it('is told nobody, where the client is waited for', () => {
    const record = recordFrom('PAPERWORK_PENDING_CHASE', 'assigned', { to: 'PAPERWORK_CHASED' });
    expect([told(record), isNoticed(VAT, record)]).toEqual([{}, false]);
    expect(told(recordFrom('REVIEW_PENDING_PARTNER', 'partner', { to: 'EMAILED_TO_CLIENT' }))).toEqual({});
  });
});

it('tells the assigned person what the client answered, with the comment', () => {
  expect(told(recordFrom('EMAILED_TO_CLIENT', 'client', { decision: 'approved' }))).toEqual({ CLIENT_APPROVED: ['cstella'] });
  const changes = recordFrom('EMAILED_TO_CLIENT', 'client', { decision: 'changes' });
  const [notice] = recordNotices(VAT, changes, { ...PEOPLE, comment: 'The van is missing' });
  expect(notice).toMatchObject({
    type: 'CLIENT_ASKED_FOR_CHANGES',
    message: 'Acme Ltd · VAT 2024-Q1, due 7 May 2024: Casey Client asks for changes: “The van is missing”',
    userIds: ['cstella'],
  });
});

it('tells the assigned person, and whoever sent it, that the client could not be mailed', () => {
  const record = recordFrom('REVIEW_PENDING_PARTNER', 'partner', { to: 'EMAILED_TO_CLIENT' });
  expect(told(record, { canBeMailed: false })).toEqual({ APPROVAL_NOT_SENT: ['cstella', 'cpartner'] });
});
