import { createHmac, randomUUID } from 'node:crypto';

/** The secret with which the stand-in signs, as Resend gives it out. */
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of webhooks for tests').toString('base64')}`;

interface Webhook {
  type: string;
  /** The provider's id of the e-mail. */
  emailId: string;
  data?: Record<string, unknown>;
  /** When it happened, ISO 8601. */
  at?: string;
}

interface Signing {
  /** The id of the message; the same again is a replay. */
  id?: string;
  signedAt?: number;
  secret?: string;
}

/** Tells the API of an e-mail as Resend does, signed; gives the answer's status. */
export async function sendWebhook(
  url: string,
  { type, emailId, data = {}, at = new Date().toISOString() }: Webhook,
  { id = `msg_${randomUUID()}`, signedAt = Date.now(), secret = WEBHOOK_SECRET }: Signing = {},
): Promise<number> {
  const body = JSON.stringify({ type, created_at: at, data: { email_id: emailId, ...data } });
  const timestamp = String(Math.floor(signedAt / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const { status } = await fetch(`${url}/webhooks/resend`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': `v1,${signature}`,
    },
  });
  return status;
}
