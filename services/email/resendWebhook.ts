import { Resend } from 'resend';

/** The message was not signed with our secret, or more than five minutes ago. */
export class UnsignedWebhookError extends Error {}

/** Reads a webhook's body, exactly as it came, once its signature holds. Throws UnsignedWebhookError. */
export function verifiedWebhook(
  secret: string,
  payload: string,
  headers: { id: string; timestamp: string; signature: string },
): unknown {
  // The client is made for its verification alone: it calls nobody, and the key is never used.
  const { webhooks } = new Resend('verification only');
  try {
    return webhooks.verify({ payload, headers, webhookSecret: secret });
  } catch (error) {
    throw new UnsignedWebhookError('The signature does not hold', { cause: error });
  }
}
