/**
 * Where a proposed date stands. SUPERSEDED: the authority told another date, or the one in force, before anybody decided.
 */
export const PROPOSAL_STATUSES = ['PENDING', 'ACCEPTED', 'REJECTED', 'SUPERSEDED'] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];
