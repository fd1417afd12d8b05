import type { ClientAssignment } from './assignments';

/** The field of the Client model that holds each assignment. */
export const ASSIGNMENT_FIELDS = {
  general: 'assignedUserId',
  ltd: 'ltdCompanyAssignedUserId',
  nonLtd: 'nonLtdCompanyAssignedUserId',
  vat: 'vatAssignedUserId',
} as const satisfies Record<ClientAssignment, string>;
