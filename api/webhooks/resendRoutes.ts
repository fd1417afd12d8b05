import type { Context } from 'hono';
import { z } from '@hono/zod-openapi';
import { EMAIL_EVENT_TYPES } from '../../domain/emails/delivery';
import { recordEmailEvent } from '../../models/emails/emailEvents';
import { UnsignedWebhookError, verifiedWebhook } from '../../services/email/resendWebhook';
import type { ApiEnv } from '../context';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { ApiError } from '../errors';
import { readText } from '../input';

const PATH = '/webhooks/resend';
const LONGEST_ID = 200;
const LONGEST_REASON = 500;

const id = z.string().min(1).max(LONGEST_ID);
const reason = z.string().transform((text) => text.slice(0, LONGEST_REASON));
const Event = z.object({
  type: z.enum(EMAIL_EVENT_TYPES),
  created_at: z.coerce.date(),
  data: z.object({
    email_id: id,
    bounce: z.object({ message: reason.optional(), type: reason.optional() }).optional(),
    failed: z.object({ reason }).optional(),
    suppressed: z.object({ message: reason.optional() }).optional(),
  }),
});

/** What Resend tells of e-mails that it took. It repeats what was not answered with 200, and may tell things twice or out of order. */
export function resendWebhook(app: Api, { db, settings }: ApiDependencies): void {
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: PATH,
    tags: ['E-mails'],
    summary: 'What Resend tells of e-mails, signed by it',
    security: [],
    'x-permission': 'public',
    responses: {
      200: { description: 'Taken, or not of interest' },
      401: { description: 'The signature does not hold' },
      503: { description: 'RESEND_WEBHOOK_SECRET is not set' },
    },
  });
  app.post(PATH, async (c) => {
    if (settings.RESEND_WEBHOOK_SECRET === undefined) {
      throw new ApiError('UNAVAILABLE', 'Webhooks of Resend are not set up: set RESEND_WEBHOOK_SECRET');
    }
    const payload = await verified(c, settings.RESEND_WEBHOOK_SECRET);
    const event = Event.safeParse(payload);
    if (!event.success) return c.json({ success: true, message: 'Not of interest' });
    const { type, created_at: occurredAt, data } = event.data;
    await recordEmailEvent(db.pool, {
      id: eventId(c),
      type,
      providerMessageId: data.email_id,
      occurredAt,
      reason: reasonOf(data),
    });
    return c.json({ success: true, message: 'Taken' });
  });
}

async function verified(c: Context<ApiEnv>, secret: string): Promise<unknown> {
  const payload = await readText(c);
  const headers = {
    id: eventId(c),
    timestamp: c.req.header('svix-timestamp') ?? '',
    signature: c.req.header('svix-signature') ?? '',
  };
  try {
    return verifiedWebhook(secret, payload, headers);
  } catch (error) {
    if (!(error instanceof UnsignedWebhookError)) throw error;
    c.get('logger').warn({ cause: String(error.cause) }, 'A webhook without a good signature was refused');
    throw new ApiError('NOT_SIGNED_IN', 'The signature does not hold, or is more than five minutes old');
  }
}

function eventId(c: Context<ApiEnv>): string {
  return (c.req.header('svix-id') ?? '').slice(0, LONGEST_ID);
}

function reasonOf({ bounce, failed, suppressed }: z.infer<typeof Event>['data']): string | null {
  if (bounce) return [bounce.type, bounce.message].filter((part) => part !== undefined).join(': ') || null;
  return failed?.reason ?? suppressed?.message ?? null;
}
