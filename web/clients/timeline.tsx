import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Pagination as PaginationInfo } from '../../api/endpoint';
import { TimelineEntrySchema } from '../../api/clients/timelineRoutes';
import { displayDateOf, wallTime } from '../../domain/calendar/display';
import type { TimelineFilter } from '../../domain/clients/timeline';
import { address } from '../addresses';
import { Pagination } from '../components/pagination';
import type { PageContext } from '../pages';
import type { Entry } from './timelineEntry';
import { TimelineEntry } from './timelineEntry';

const ROWS = 25;
const ID = 'activity';

const CHIPS: readonly { label: string; kind?: TimelineFilter }[] = [
  { label: 'Everything' },
  { label: 'Moves', kind: 'MOVE' },
  { label: 'E-mails', kind: 'EMAIL' },
  { label: 'Communications', kind: 'COMMUNICATION' },
  { label: 'Notes', kind: 'NOTE' },
  { label: 'Changes', kind: 'CHANGE' },
];

interface Listed {
  rows: Entry[];
  pagination: PaginationInfo;
}

/** The part of a client's timeline that the page's address asks for. */
export async function readTimeline({ api, query }: PageContext, path: string): Promise<Listed> {
  return await api.list(address(`${path}/timeline`, { limit: ROWS, ...query }), TimelineEntrySchema);
}

interface TimelineProps {
  list: Listed;
  path: string;
  query: Record<string, string>;
  people: readonly { id: string; name: string }[];
  /** Whether the person may add to it. */
  mayLog: boolean;
}

/** Everything that happened with a client, the newest first and day by day, with the ways to narrow it. */
export function Timeline({ list: { rows, pagination }, path, query, people, mayLog }: TimelineProps): JSX.Element {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (
    <section class="card" aria-labelledby={ID}>
      <div class="heading">
        <h2 id={ID}>Activity</h2>
        {mayLog && (
          <a class="button small" href={`${path}/communications/log`}>
            Log a call, SMS or e-mail
          </a>
        )}
      </div>
      <nav class="chips" aria-label="Kind of activity">
        {CHIPS.map(({ label, kind }) => (
          <a href={`${address(path, { kind })}#${ID}`} aria-current={query['kind'] === kind ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {rows.length === 0 ? (
        <p class="muted">Nothing of this kind has happened yet.</p>
      ) : (
        byDay(rows).map(({ day, entries }) => (
          <>
            <h3>{day}</h3>
            <ol class="feed">
              {entries.map((entry) => (
                <li>
                  <div>
                    <TimelineEntry entry={entry} names={names} />
                  </div>
                  <span class="muted">
                    {entry.who ?? 'system'},{' '}
                    <time datetime={entry.at.toISOString()}>{wallTime(entry.at.getTime()).slice(-5)}</time>
                  </span>
                </li>
              ))}
            </ol>
          </>
        ))
      )}
      <Pagination pagination={pagination} path={path} query={query} fragment={ID} />
    </section>
  );
}

/** The entries by their day in London, in the order that they have. */
function byDay(entries: readonly Entry[]): { day: string; entries: Entry[] }[] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = displayDateOf(entry.at.getTime());
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, entries]) => ({ day, entries }));
}
