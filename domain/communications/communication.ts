/**
 * Life of a communication: one that is logged is SENT, since it took place; an e-mail with a time is SCHEDULED until then, SENDING until
 * the provider took it, then SENT; FAILED where it could not be sent, CANCELLED where somebody thought better of it.
 */
export const COMMUNICATION_STATUSES = ['SCHEDULED', 'SENDING', 'SENT', 'FAILED', 'CANCELLED'] as const;
export type CommunicationStatus = (typeof COMMUNICATION_STATUSES)[number];

/** What its workflow finds when it looks: a time to wait for (epoch ms), or that there is nothing more to do. */
export type CommunicationTimer = { state: 'WAITING'; at: number } | { state: 'OVER' };

/** What became of a communication whose time has come; MOVED where it is another time by now. */
export type CommunicationClaim = { state: 'CLAIMED'; emailId: string } | { state: 'MOVED' } | { state: 'OVER' };
