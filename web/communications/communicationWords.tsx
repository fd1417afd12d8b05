import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { CommunicationSchema } from '../../api/communications/routes';

export type Communication = z.infer<typeof CommunicationSchema>;

/** What people call each way of talking to a client. */
export const TYPE_WORDS = { EMAIL: 'E-mail', SMS: 'SMS', PHONE: 'Call' } as const;

const STATES = {
  SCHEDULED: ['soon', 'Scheduled'],
  SENDING: ['soon', 'Being sent'],
  SENT: ['approved', 'Sent'],
  FAILED: ['overdue', 'Failed'],
  CANCELLED: ['plain', 'Cancelled'],
} as const;

type Standing = Pick<Communication, 'status' | 'emailStatus' | 'emailId'>;

/** How a communication stands: what was only logged took place; an e-mail of ours is told by its delivery. */
export function CommunicationState({ standing: { status, emailStatus, emailId } }: { standing: Standing }): JSX.Element {
  if (status === 'SENT' && emailId === null) return <span class="badge plain">Logged</span>;
  if (emailStatus === 'DELIVERED') return <span class="badge filed">Delivered</span>;
  const [tone, words] = STATES[status];
  return <span class={`badge ${tone}`}>{words}</span>;
}
