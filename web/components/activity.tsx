import type { JSX } from 'hono/jsx/jsx-runtime';
import { z } from '@hono/zod-openapi';
import type { ActivitySchema } from '../../api/logs/routes';
import { displayInstant } from '../../domain/calendar/display';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { FILING_KINDS } from '../../domain/filings/stages';
import type { Names } from '../clients/changedWords';
import { changedWords } from '../clients/changedWords';
import { filingPath, periodWords } from '../filings/filing';

type Entry = z.infer<typeof ActivitySchema>;

/** More changes than these are opened: a client that was added has many. */
const MOST_CHANGES = 8;

const OfFiling = z.object({ filingKind: z.enum(FILING_KINDS), filingId: z.string(), period: z.string().optional() });
const OfPerson = z.object({ targetUserId: z.string() });
const HandedOver = z.object({ fromUserId: z.string(), toUserId: z.string() });

const word = z.string().optional().catch(undefined);

/** What else an entry tells in one value each. */
const Facts = z.object({
  subject: word,
  name: word,
  address: word,
  template: word,
  what: word,
  rows: z
    .number()
    .transform((rows) => `${rows} rows`)
    .optional()
    .catch(undefined),
  reason: word,
  ipAddress: z
    .string()
    .transform((address) => `from ${address}`)
    .optional()
    .catch(undefined),
});

/** What was done, about whom, by whom and when, the last first. */
export function ActivityFeed({ entries, names }: { entries: readonly Entry[]; names: Names }): JSX.Element {
  return (
    <ul class="feed">
      {entries.map((entry) => (
        <li>
          <div>
            {entry.client && (
              <>
                <a href={`/clients/${entry.client.id}`}>
                  <span class="code">{entry.client.clientCode}</span> {entry.client.companyName}
                </a>
                {': '}
              </>
            )}
            <WhatWasDone action={entry.action} details={entry.details} names={names} />
          </div>
          <span class="muted">
            {entry.user?.name ?? 'system'},{' '}
            <time datetime={entry.timestamp.toISOString()}>{displayInstant(entry.timestamp.getTime())}</time>
          </span>
        </li>
      ))}
    </ul>
  );
}

interface WhatWasDoneProps {
  action: string;
  details: Entry['details'];
  names: Names;
}

/** An action in words, with the filing or person that it was done to and what it changed. */
export function WhatWasDone({ action, details, names }: WhatWasDoneProps): JSX.Element {
  const changes = changedWords(details, names);
  const filing = OfFiling.safeParse(details);
  const facts = [...peopleWords(details, names), ...Object.values(Facts.parse(details ?? {}))].filter(Boolean);
  return (
    <>
      {actionWords(action)} {filing.success && <FilingLink filing={filing.data} />}
      {facts.length > 0 && <span class="muted">{facts.join(', ')}</span>}
      {changes.length > 0 && (
        <ul class="consequences">
          {changes.slice(0, MOST_CHANGES).map((change) => (
            <li>{change}</li>
          ))}
        </ul>
      )}
      {changes.length > MOST_CHANGES && (
        <details>
          <summary>{changes.length - MOST_CHANGES} more fields</summary>
          <ul class="consequences">
            {changes.slice(MOST_CHANGES).map((change) => (
              <li>{change}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** A filing by its kind and period, as a link to its page. */
export function FilingLink({ filing: { filingKind, filingId, period } }: { filing: z.infer<typeof OfFiling> }): JSX.Element {
  const definition = FILING_DEFINITIONS[filingKind];
  return (
    <a href={filingPath(definition, filingId)}>
      {definition.label} {period && periodWords(period)}
    </a>
  );
}

/** The code of an action in words: FILING_STAGE_CHANGED becomes `Filing stage changed`. */
export function actionWords(action: string): string {
  const words = action.toLowerCase().replaceAll(/[_-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whom it was done to. */
function peopleWords(details: Entry['details'], names: Names): string[] {
  const person = OfPerson.safeParse(details);
  const handed = HandedOver.safeParse(details);
  const name = (id: string): string => names.get(id) ?? 'somebody else';
  return [
    ...(person.success ? [name(person.data.targetUserId)] : []),
    ...(handed.success ? [`${name(handed.data.fromUserId)} to ${name(handed.data.toUserId)}`] : []),
  ];
}
