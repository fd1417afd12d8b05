import { decideTransition } from '../../../domain/filings/decideTransition';
import type { FilingDefinition } from '../../../domain/filings/definition';
import type { Actor } from '../../../domain/filings/messages';
import type { Milestone } from '../../../domain/filings/state';
import type { Stage } from '../../../domain/filings/stages';
import { ACTORS, LTD, makeState, NOW, outcomeOf, VAT } from './exampleFilings';

const { manager, partner } = ACTORS;
const other: Actor = { ...partner, userId: 'cpartner2', name: 'Paul Partner' };

const by = ({ userId, name }: Actor): Milestone => ({ at: NOW, userId, userName: name });

/** A filing in review, by who started the work and who handed it in. */
function move(
  definition: FilingDefinition,
  { from, to, milestones }: { from: Stage; to: Stage; milestones: Record<string, Milestone> },
  { actor, needsSecondPerson = true }: { actor: Actor; needsSecondPerson?: boolean },
): string {
  const state = makeState(definition, { stage: from, milestones });
  const request = { requestId: 'crequest', stage: to, actor, needsSecondPerson };
  return outcomeOf(decideTransition(definition, state, request, NOW));
}

const REVIEWS: [string, FilingDefinition, Stage, Stage, Record<string, Milestone>][] = [
  ['started it', VAT, 'REVIEW_PENDING_PARTNER', 'EMAILED_TO_CLIENT', { workStarted: by(partner), workFinished: by(manager) }],
  ['handed it in', VAT, 'REVIEW_PENDING_PARTNER', 'EMAILED_TO_PARTNER', { workStarted: by(manager), workFinished: by(partner) }],
  ['handed it in', VAT, 'REVIEW_PENDING_MANAGER', 'EMAILED_TO_CLIENT', { workFinished: by(partner) }],
  ['started it', VAT, 'EMAILED_TO_PARTNER', 'EMAILED_TO_CLIENT', { workStarted: by(partner) }],
  ['handed it in', LTD, 'MANAGER_DISCUSSION', 'PARTNER_REVIEW', { managerDiscussion: by(partner) }],
  ['handed it in', LTD, 'PARTNER_REVIEW', 'REVIEW_COMPLETED', { partnerReview: by(partner) }],
  ['started it', LTD, 'CLIENT_APPROVED', 'PARTNER_APPROVED', { workStarted: by(partner), partnerReview: by(manager) }],
];

it.each(REVIEWS)('whoever %s does not pass the review of it (%#)', (_did, definition, from, to, milestones) => {
  const review = { from, to, milestones };
  expect(move(definition, review, { actor: partner })).toBe('SECOND_PERSON_NEEDED');
  expect(move(definition, review, { actor: other })).toBe('APPLIED');
  expect(move(definition, review, { actor: partner, needsSecondPerson: false })).toBe('APPLIED');
});

it('a manager who passed the work on to a partner has not done it', () => {
  const milestones = { workStarted: by(ACTORS.assigned), managerDiscussion: by(ACTORS.assigned), partnerReview: by(partner) };
  expect(move(LTD, { from: 'PARTNER_REVIEW', to: 'REVIEW_COMPLETED', milestones }, { actor: partner })).toBe('APPLIED');
});

it('who did the work may send it back, and do what needs no review', () => {
  const milestones = { workStarted: by(partner), workFinished: by(partner) };
  expect(move(VAT, { from: 'REVIEW_PENDING_PARTNER', to: 'WORK_IN_PROGRESS', milestones }, { actor: partner })).toBe('APPLIED');
  expect(move(VAT, { from: 'CLIENT_APPROVED', to: 'FILED_TO_HMRC', milestones }, { actor: partner })).toBe('APPLIED');
});
