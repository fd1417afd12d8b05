/** An e-mail as it is handed to a provider; the same key with the same body is accepted once. */
export interface OutgoingEmail {
  idempotencyKey: string;
  from: string;
  to: string;
  /** Where answers go; null for the sender's address. */
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
}

/**
 * What a provider answered. `notSent` is known not to have been accepted and may be tried again as often as needed;
 * `unknown` may have been accepted, so it may only be tried again while the provider remembers the key.
 */
export type ProviderAnswer =
  | { outcome: 'accepted'; messageId: string }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'notSent'; reason: string; retryAfterMs?: number }
  | { outcome: 'unknown'; reason: string };

export interface EmailProvider {
  /** Asks the provider to take an e-mail, and waits for its answer: as long as is usual for it, or for so many milliseconds. */
  send(email: OutgoingEmail, withinMs?: number): Promise<ProviderAnswer>;
}
