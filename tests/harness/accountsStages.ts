/** The moves of Ltd accounts from their first stage until they can be filed. */
export const TO_PARTNER_APPROVED = [
  'PAPERWORK_RECEIVED',
  'WORK_IN_PROGRESS',
  'PARTNER_REVIEW',
  'REVIEW_COMPLETED',
  'SENT_TO_CLIENT',
  'CLIENT_APPROVED',
  'PARTNER_APPROVED',
];
