import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { FilingReminderSchema } from '../../api/filings/outlookRoutes';
import type { FilingHistorySchema } from '../../api/filings/schemas';
import type { EmailSchema } from '../../api/logs/routes';
import { displayDate, displayInstant } from '../../domain/calendar/display';
import { reminderSentence } from '../../domain/filings/explainWaiting';
import { FILED_TO_LABELS, filedWords, stageLabel } from '../../domain/filings/labels';
import { days } from '../components/badges';
import { CardTable } from '../components/cardTable';

export type Move = z.infer<typeof FilingHistorySchema>;
type Reminder = z.infer<typeof FilingReminderSchema>;
type Email = z.infer<typeof EmailSchema>;

export const SOURCES = {
  API: '',
  TIMER: 'by itself',
  CLIENT: 'by the client’s link',
  TEMPORAL: 'by a signal in Temporal',
} as const;
const PLANNED_SHOWN = 8;

/** Every move of a filing, the last one first. */
export function History({ history }: { history: readonly Move[] }): JSX.Element {
  if (history.length === 0) return <p class="muted">It has not moved yet.</p>;
  return (
    <ol class="feed" reversed>
      {history.toReversed().map((move) => (
        <li>
          <div>
            <strong>{headline(move)}</strong>{' '}
            {move.fromStage && move.fromStage !== move.toStage && <span class="muted">from {stageLabel(move.fromStage)}</span>}
            {receiptWords(move).map((words) => (
              <p>{words}</p>
            ))}
            <p>
              {move.userName} {SOURCES[move.source]}{' '}
              <span class="muted">
                {displayInstant(move.stageChangedAt.getTime())}
                {move.daysInPreviousStage ? `, after ${days(move.daysInPreviousStage)}` : ''}
              </span>
            </p>
            {move.notes && <blockquote>{move.notes}</blockquote>}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Where it went; a receipt that leaves it in its stage is what was recorded. */
function headline({ fromStage, toStage, filedTo }: Move): string {
  return filedTo?.length && fromStage === toStage ? filedWords(filedTo) : stageLabel(toStage);
}

/** What a move says of the authorities beside where it went. */
function receiptWords({ fromStage, toStage, filedTo, rejectedBy }: Move): string[] {
  const rejecting = rejectedBy?.map((authority) => FILED_TO_LABELS[authority]).join(' and ');
  return [
    ...(filedTo?.length && fromStage !== toStage ? [filedWords(filedTo)] : []),
    ...(rejecting ? [`Rejected by ${rejecting}`] : []),
  ];
}

const REMINDER_TONES = { PLANNED: 'plain', SENT: 'approved', SUPPRESSED: 'plain', FAILED: 'overdue' } as const;
const REMINDER_WORDS = { PLANNED: 'Planned', SENT: 'Sent', SUPPRESSED: 'Left out', FAILED: 'Failed' } as const;

/** The chase ledger of a filing: what went out, and what is to come. */
export function Reminders({ reminders }: { reminders: readonly Reminder[] }): JSX.Element {
  const past = reminders.filter(({ status }) => status !== 'PLANNED');
  const planned = reminders.filter(({ status }) => status === 'PLANNED');
  if (reminders.length === 0) return <p class="muted">Nothing is planned and nothing went out.</p>;
  return (
    <>
      <ReminderTable reminders={[...past, ...planned.slice(0, PLANNED_SHOWN)]} />
      {planned.length > PLANNED_SHOWN && (
        <details>
          <summary>{planned.length - PLANNED_SHOWN} more planned</summary>
          <ReminderTable reminders={planned.slice(PLANNED_SHOWN)} />
        </details>
      )}
    </>
  );
}

function ReminderTable({ reminders }: { reminders: readonly Reminder[] }): JSX.Element {
  return (
    <CardTable caption="Reminders and alerts, sent and planned" headings={['Day', 'What', 'State']}>
      {reminders.map((reminder) => (
        <tr>
          <td data-label="Day" class="short">
            {displayDate(reminder.plannedFor)}
          </td>
          <td data-label="What">
            {reminderSentence(reminder.kind)}
            {reminder.number === null ? '' : ` (no. ${reminder.number})`}
          </td>
          <td data-label="State">
            <span class={`badge ${REMINDER_TONES[reminder.status]}`}>{REMINDER_WORDS[reminder.status]}</span>
            {reminder.reason && <span class="muted"> {reasonWords(reminder.reason)}</span>}
          </td>
        </tr>
      ))}
    </CardTable>
  );
}

/** A stable code of the ledger in words: PAPERWORK_RECEIVED becomes `paperwork received`. */
function reasonWords(reason: string): string {
  return /^[A-Z_]+$/.test(reason) ? reason.toLowerCase().replaceAll('_', ' ') : reason;
}

const EMAIL_TONES = { PENDING: 'plain', SENT: 'plain', DELIVERED: 'approved', FAILED: 'overdue', SUPPRESSED: 'plain' } as const;
const EMAIL_WORDS = {
  PENDING: 'On its way',
  SENT: 'Sent',
  DELIVERED: 'Delivered',
  FAILED: 'Failed',
  SUPPRESSED: 'Not sent',
} as const;

/** How an e-mail stands, in colour and word. */
export function EmailBadge({ status }: Pick<Email, 'status'>): JSX.Element {
  return <span class={`badge ${EMAIL_TONES[status]}`}>{EMAIL_WORDS[status]}</span>;
}

/** The e-mails about a filing and whether they arrived, the last one first. */
export function Emails({ emails }: { emails: readonly Email[] }): JSX.Element {
  if (emails.length === 0) return <p class="muted">No e-mail has gone out yet.</p>;
  return (
    <ul class="feed">
      {emails.map((email) => (
        <li>
          <div>
            <span>{email.subject}</span> <EmailBadge status={email.status} />
            <p class="muted">
              {email.recipientEmail}, {displayInstant((email.deliveredAt ?? email.sentAt ?? email.createdAt).getTime())}
              {email.failureReason && `: ${email.failureReason}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
