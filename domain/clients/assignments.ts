/** The four kinds of work that a client can be assigned for, as the API names them. */
export const CLIENT_ASSIGNMENTS = ['general', 'ltd', 'nonLtd', 'vat'] as const;
export type ClientAssignment = (typeof CLIENT_ASSIGNMENTS)[number];
