import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { SendingSchema } from '../../api/approval/sendingRoutes';
import { displayDateOf, displayInstant } from '../../domain/calendar/display';

type Sending = z.infer<typeof SendingSchema>;

/** What was sent to the client for approval, and what they answered; the last sending first. */
export function ApprovalSendings({ sendings }: { sendings: readonly Sending[] }): JSX.Element {
  return (
    <ol class="feed" reversed>
      {sendings.map((sending) => (
        <li>
          <div>
            <strong>{answerOf(sending)}</strong>
            <p class="muted">
              Sent by {sending.sentByName}, {displayInstant(sending.sentAt.getTime())}
            </p>
            {sending.comment && <blockquote>{sending.comment}</blockquote>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function answerOf({ status, decision, answeredAt, expiresAt }: Sending): string {
  switch (status) {
    case 'OPEN':
      return `No answer yet; the link counts until ${displayDateOf(expiresAt.getTime())}`;
    case 'EXPIRED':
      return `No answer: the link counted until ${displayDateOf(expiresAt.getTime())}. Move the filing back and send it again`;
    case 'REVOKED':
      return 'No answer: the filing moved on before';
    default:
      return `${decision === 'approved' ? 'Approved' : 'Changes asked for'}, ${displayInstant(answeredAt?.getTime() ?? 0)}`;
  }
}
