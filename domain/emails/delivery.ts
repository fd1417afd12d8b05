/** What the provider tells of an e-mail that it took; opens and clicks are not asked for. */
export const EMAIL_EVENT_TYPES = [
  'email.delivered',
  'email.bounced',
  'email.complained',
  'email.failed',
  'email.suppressed',
] as const;
export type EmailEventType = (typeof EMAIL_EVENT_TYPES)[number];

/** Why an address is not written to any more: its mail came back, or its owner called it spam. */
export const SUPPRESSION_REASONS = ['BOUNCED', 'COMPLAINED'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export interface EmailEvent {
  type: EmailEventType;
  occurredAt: Date;
  reason: string | null;
}

/** What has become of an e-mail. */
export interface Delivery {
  /** Null while nobody confirmed anything. */
  status: 'DELIVERED' | 'FAILED' | null;
  deliveredAt: Date | null;
  failedAt: Date | null;
  reason: string | null;
  suppression: SuppressionReason | null;
}

const FAILURES: readonly EmailEventType[] = ['email.bounced', 'email.failed', 'email.suppressed'];

/**
 * What has become of an e-mail by everything that was told of it, in whatever order: one that came back has failed, also where it was
 * delivered at first; a complaint is about one that arrived.
 */
export function deliveryOf(events: readonly EmailEvent[]): Delivery {
  const sorted = events.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  const failure = sorted.find(({ type }) => FAILURES.includes(type));
  const arrival = sorted.find(({ type }) => type === 'email.delivered') ?? sorted.find(({ type }) => type === 'email.complained');
  const has = (type: EmailEventType): boolean => sorted.some((event) => event.type === type);
  const bounced = has('email.bounced') || has('email.suppressed') ? 'BOUNCED' : null;
  return {
    status: failure ? 'FAILED' : arrival ? 'DELIVERED' : null,
    deliveredAt: arrival?.occurredAt ?? null,
    failedAt: failure?.occurredAt ?? null,
    reason: failure ? (failure.reason ?? 'The provider could not deliver it') : null,
    suppression: has('email.complained') ? 'COMPLAINED' : bounced,
  };
}
