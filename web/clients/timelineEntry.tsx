import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { TimelineEntrySchema } from '../../api/clients/timelineRoutes';
import { displayInstant } from '../../domain/calendar/display';
import { stageLabel } from '../../domain/filings/labels';
import { FilingLink, WhatWasDone } from '../components/activity';
import { CommunicationState, TYPE_WORDS } from '../communications/communicationWords';
import { EmailBadge, SOURCES } from '../filings/history';
import type { Names } from './changedWords';

export type Entry = z.infer<typeof TimelineEntrySchema>;
type Of<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>;

/** A long text is read among the communications. */
const CLIPPED_AT = 300;

/** What happened, in words, with how it stands and what somebody wrote to it. */
export function TimelineEntry({ entry, names }: { entry: Entry; names: Names }): JSX.Element {
  switch (entry.kind) {
    case 'MOVE':
      return <Move entry={entry} />;
    case 'EMAIL':
      return <Email entry={entry} />;
    case 'COMMUNICATION':
      return <Communication entry={entry} />;
    default:
      return <Change entry={entry} names={names} />;
  }
}

function Move({ entry }: { entry: Of<'MOVE'> }): JSX.Element {
  const { fromStage, toStage, source, note } = entry;
  return (
    <>
      <FilingLink filing={entry} /> moved to <strong>{stageLabel(toStage)}</strong>{' '}
      <span class="muted">
        {fromStage && fromStage !== toStage ? `from ${stageLabel(fromStage)} ` : ''}
        {SOURCES[source]}
      </span>
      {note && <blockquote>{note}</blockquote>}
    </>
  );
}

function Email({ entry }: { entry: Of<'EMAIL'> }): JSX.Element {
  return (
    <>
      E-mail: <a href={`/email-logs/${entry.id}`}>{entry.subject}</a> <EmailBadge status={entry.status} />
      <p class="muted">
        to {entry.recipientEmail}
        {entry.deliveredAt ? `, arrived ${displayInstant(entry.deliveredAt.getTime())}` : ''}
        {entry.failureReason ? `: ${entry.failureReason}` : ''}
      </p>
    </>
  );
}

function Communication({ entry }: { entry: Of<'COMMUNICATION'> }): JSX.Element {
  const { type, subject, content, status, scheduledAt, failureReason } = entry;
  return (
    <>
      {TYPE_WORDS[type]}: {subject} <CommunicationState standing={entry} />{' '}
      <span class="muted">
        {status === 'SCHEDULED' && scheduledAt ? `goes out ${displayInstant(scheduledAt.getTime())}` : ''}
        {failureReason}
      </span>
      <blockquote>{content.length > CLIPPED_AT ? `${content.slice(0, CLIPPED_AT)}…` : content}</blockquote>
    </>
  );
}

function Change({ entry: { action, details, note }, names }: { entry: Of<'CHANGE'>; names: Names }): JSX.Element {
  return (
    <>
      <WhatWasDone action={action} details={details} names={names} />
      {note && <blockquote>{note}</blockquote>}
    </>
  );
}
