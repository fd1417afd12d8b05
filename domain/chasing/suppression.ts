/** Why a planned row of the chase ledger did not go out, as a person reads it. */
const SUPPRESSION_REASONS = {
  PAUSED: 'Chasing was paused',
  PAPERWORK_RECEIVED: 'The paperwork has been received',
  CLIENT_ANSWERED: 'The client has answered',
  NO_ADDRESS: 'The client has no e-mail address',
  CLIENT_ALREADY_EMAILED: 'The client had its e-mail of the day: it moved to the next working day',
  STAGE_CHANGED: 'The filing moved on',
  DEADLINE_MET: 'What the deadline asks for was filed',
  FILED: 'The filing was filed',
  CANCELLED: 'The filing was cancelled',
  SUPERSEDED_BY_POLICY: 'The chase policy changed: other dates took its place',
  DEADLINES_CHANGED: 'A deadline moved: other dates took its place',
  BANK_HOLIDAYS_CHANGED: 'A bank holiday was added or moved: other dates took its place',
  SUPERSEDED: 'What happened since moved it to another date',
  MISSED: 'It was missed while the system was away: a later one went out, late, in its place',
  LOST_IN_RESTORE: 'It went out, or was planned, before a backup was brought back',
  EMAIL_FAILED: 'The e-mail could not be sent',
  EMAIL_BOUNCED: 'The e-mail came back',
  EMAIL_COMPLAINED: 'The e-mail came back, and was called spam',
  ADDRESS_BOUNCED: 'E-mails to this address came back: nothing is sent to it until it is changed',
  ADDRESS_COMPLAINED: 'The client called our e-mails spam: nothing is sent to this address until it is changed',
} as const;
export type SuppressionReason = keyof typeof SUPPRESSION_REASONS;

/** The sentence for a reason that the ledger has; one that is not known is its own explanation. */
export function explainSuppression(reason: string): string {
  const sentences: Readonly<Record<string, string | undefined>> = SUPPRESSION_REASONS;
  return sentences[reason] ?? reason;
}
