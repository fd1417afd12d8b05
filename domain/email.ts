/**
 * Life of an e-mail: PENDING until the provider accepts it, SENT until it is confirmed, then DELIVERED; FAILED for one that was refused
 * or whose fate stays unknown; SUPPRESSED for one that had become needless or may not be sent.
 */
export const EMAIL_STATUSES = ['PENDING', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'] as const;
export type EmailStatus = (typeof EMAIL_STATUSES)[number];
export type EndedEmailStatus = Exclude<EmailStatus, 'PENDING'>;

export const EMAIL_TYPES = ['ASSIGNMENT', 'NOTIFICATION', 'WORKFLOW'] as const;
export type EmailType = (typeof EMAIL_TYPES)[number];

export const COMMUNICATION_TYPES = ['EMAIL', 'SMS', 'PHONE'] as const;
export type CommunicationType = (typeof COMMUNICATION_TYPES)[number];
