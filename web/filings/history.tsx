import type { JSX } from 'hono/jsx/jsx-runtime';
import { z } from '@hono/zod-openapi';
import type { FilingReminderSchema } from '../../api/filings/outlookRoutes';
import type { FilingChangeSchema, FilingHistorySchema } from '../../api/filings/schemas';
import type { EmailSchema } from '../../api/logs/routes';
import type { UserSchema } from '../../api/users/schemas';
import { displayDate, displayInstant } from '../../domain/calendar/display';
import { reminderSentence } from '../../domain/filings/explainWaiting';
import { FILED_TO_LABELS, filedWords, stageLabel } from '../../domain/filings/labels';
import { days } from '../components/badges';
import { CardTable } from '../components/cardTable';

export type Move = z.infer<typeof FilingHistorySchema>;
type Change = z.infer<typeof FilingChangeSchema>;
type Names = ReadonlyMap<string, string>;
type Reminder = z.infer<typeof FilingReminderSchema>;
type Email = z.infer<typeof EmailSchema>;

export const SOURCES = {
  API: '',
  TIMER: 'by itself',
  CLIENT: 'by the client’s link',
  TEMPORAL: 'by a signal in Temporal',
} as const;
/** That many rows of each kind keep the page below 100 KB. */
const PLANNED_SHOWN = 8;
const SENT_SHOWN = 20;
const FOLDED_SHOWN = 50;

interface HistoryProps {
  history: readonly Move[];
  changes: readonly Change[];
  people: readonly z.infer<typeof UserSchema>[];
}

/** Everything that happened to a filing, the last first. */
export function History({ history, changes, people }: HistoryProps): JSX.Element {
  if (history.length + changes.length === 0) return <p class="muted">Nothing has happened to it yet.</p>;
  const names = new Map(people.map(({ id, name }) => [id, name]));
  // Of things of one instant the move comes on top: it is what the others led to, or came with.
  const entries = [
    ...history.toReversed().map((move) => ({ at: move.stageChangedAt.getTime(), shown: <Moved move={move} /> })),
    ...changes.map((change) => ({ at: change.at.getTime(), shown: <Changed change={change} names={names} /> })),
  ].toSorted((a, b) => b.at - a.at);
  return (
    <ol class="feed" reversed>
      {entries.map(({ shown }) => (
        <li>
          <div>{shown}</div>
        </li>
      ))}
    </ol>
  );
}

function Moved({ move }: { move: Move }): JSX.Element {
  return (
    <>
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
    </>
  );
}

const CHANGE_WORDS: Record<string, string> = {
  FILING_STAGE_CHANGED: 'Handed over',
  FILING_REASSIGNED: 'Handed over',
  FILING_CANCELLED: 'Cancelled',
  FILING_REOPENED: 'Reopened',
  FILING_DEADLINES_CHANGED: 'Dates changed',
  CHASING_PAUSED: 'Reminders paused',
  CHASING_RESUMED: 'Reminders started again',
};

function Changed({ change: { action, details, who, at, note }, names }: { change: Change; names: Names }): JSX.Element {
  const more = moreOf(details, names);
  return (
    <>
      <strong>{CHANGE_WORDS[action] ?? action}</strong> {more && <span class="muted">{more}</span>}
      <p>
        {who ?? 'system'} <span class="muted">{displayInstant(at.getTime())}</span>
      </p>
      {note && <blockquote>{note}</blockquote>}
    </>
  );
}

const HandedTo = z.union([
  z.object({ assignedUserId: z.string() }),
  z.object({ after: z.object({ assignedUserId: z.string().nullable() }) }).transform(({ after }) => after),
]);
const PausedUntil = z.object({ after: z.object({ paused: z.object({ until: z.string() }) }) });

/** To whom it was handed, until when it was paused. */
function moreOf(details: Change['details'], names: Names): string {
  const handed = HandedTo.safeParse(details);
  if (handed.success) {
    const { assignedUserId } = handed.data;
    return assignedUserId === null ? 'to nobody' : `to ${names.get(assignedUserId) ?? 'somebody who has left'}`;
  }
  const paused = PausedUntil.safeParse(details);
  return paused.success ? `until ${displayDate(paused.data.after.paused.until)}` : '';
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

/** The chase ledger of a filing: what is to come, the next first; then what went out, the last first; what was left out is folded away. */
export function Reminders({ reminders, ledger }: { reminders: readonly Reminder[]; ledger: string }): JSX.Element {
  if (reminders.length === 0) return <p class="muted">Nothing is planned and nothing went out.</p>;
  const planned = reminders.filter(({ status }) => status === 'PLANNED');
  const leftOut = reminders.filter(({ status }) => status === 'SUPPRESSED').toReversed();
  const past = reminders.filter(({ status }) => status === 'SENT' || status === 'FAILED').toReversed();
  const hidden = [past.slice(SENT_SHOWN), leftOut.slice(FOLDED_SHOWN), planned.slice(PLANNED_SHOWN + FOLDED_SHOWN)].flat();
  return (
    <>
      {planned.length + past.length > 0 && (
        <ReminderTable
          caption="Reminders and alerts, planned and sent"
          reminders={[...planned.slice(0, PLANNED_SHOWN), ...past.slice(0, SENT_SHOWN)]}
        />
      )}
      <Folded title="more planned" reminders={planned.slice(PLANNED_SHOWN)} />
      <Folded title="left out" reminders={leftOut} />
      {hidden.length > 0 && (
        <p>
          <a href={ledger}>All {reminders.length} as data</a>, with {hidden.length} that are not shown here.
        </p>
      )}
    </>
  );
}

/** Rows that are looked at only when somebody asks. */
function Folded({ title, reminders }: { title: string; reminders: readonly Reminder[] }): JSX.Element | null {
  if (reminders.length === 0) return null;
  const words = `${reminders.length} ${title}`;
  return (
    <details>
      <summary>{words}</summary>
      <ReminderTable
        caption={reminders.length > FOLDED_SHOWN ? `${words}, ${FOLDED_SHOWN} of them shown` : words}
        reminders={reminders.slice(0, FOLDED_SHOWN)}
      />
    </details>
  );
}

function ReminderTable({ caption, reminders }: { caption: string; reminders: readonly Reminder[] }): JSX.Element {
  return (
    <CardTable caption={caption} headings={['Day', 'What', 'State']}>
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
