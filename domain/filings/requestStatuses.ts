/** A stored request is PENDING until its filing's workflow decided it; every one ends APPLIED or REJECTED. */
export const REQUEST_STATUSES = ['PENDING', 'APPLIED', 'REJECTED'] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];
