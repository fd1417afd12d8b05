import type { JSX } from 'hono/jsx/jsx-runtime';
import { z } from '@hono/zod-openapi';
import type { TimelineEntrySchema } from '../../api/clients/timelineRoutes';
import { displayInstant } from '../../domain/calendar/display';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { stageLabel } from '../../domain/filings/labels';
import { FILING_KINDS } from '../../domain/filings/stages';
import { actionWords, detailWords } from '../components/activity';
import { CommunicationState, TYPE_WORDS } from '../communications/communicationWords';
import { filingPath, periodWords } from '../filings/filing';
import { EmailBadge, SOURCES } from '../filings/history';
import type { Names } from './changedWords';
import { changedWords } from './changedWords';

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
      E-mail: {entry.subject} <EmailBadge status={entry.status} />
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

const OfFiling = z.object({ filingKind: z.enum(FILING_KINDS), filingId: z.string(), period: z.string() });

function Change({ entry: { action, details, note }, names }: { entry: Of<'CHANGE'>; names: Names }): JSX.Element {
  const changes = changedWords(details, names);
  const filing = OfFiling.safeParse(details);
  return (
    <>
      {actionWords(action)}{' '}
      {filing.success ? <FilingLink filing={filing.data} /> : <span class="muted">{detailWords(details)}</span>}
      {changes.length > 0 && (
        <ul class="consequences">
          {changes.map((change) => (
            <li>{change}</li>
          ))}
        </ul>
      )}
      {note && <blockquote>{note}</blockquote>}
    </>
  );
}

function FilingLink({ filing: { filingKind, filingId, period } }: { filing: z.infer<typeof OfFiling> }): JSX.Element {
  const definition = FILING_DEFINITIONS[filingKind];
  return (
    <a href={filingPath(definition, filingId)}>
      {definition.label} {periodWords(period)}
    </a>
  );
}
