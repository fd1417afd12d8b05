import type { JSX } from 'hono/jsx/jsx-runtime';
import { FilingCountsSchema, FilingSchema } from '../../api/filings/schemas';
import { NotificationSchema } from '../../api/logs/routes';
import { WorkloadSchema } from '../../api/reports/schemas';
import { displayInstant } from '../../domain/calendar/display';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FilingBriefs } from '../filings/filingBriefs';
import type { KindOfFiling } from '../filings/filingTable';
import { FilingTable, SHOWN_HERE } from '../filings/filingTable';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { notificationLink } from './notificationPage';
import { WorkloadChart } from './workloadChart';

const SHOWN = 25;
const FEW = 10;
const DEFINITIONS = Object.values(FILING_DEFINITIONS);

/** What the day asks of me. */
export function homePage(web: Web): void {
  page(web, '/', home);
}

async function home(context: PageContext): Promise<Page> {
  const { api, me } = context;
  const leads = me.role !== 'STAFF';
  const [waiting, overdue, stuck, notifications, workload, unassigned] = await Promise.all([
    filings(context, 'waitsForMe=true', SHOWN),
    filings(context, leads ? 'overdue=true' : 'overdue=true&assignedUserId=me', FEW),
    filings(context, leads ? 'stuck=true' : 'stuck=true&assignedUserId=me', FEW),
    api.list(`/notifications?unreadOnly=true&limit=${FEW}`, NotificationSchema),
    leads ? api.get('/reports/workload', WorkloadSchema.array()) : undefined,
    leads ? unassignedCounts(context) : undefined,
  ]);
  return {
    title: 'Home',
    body: (
      <>
        <h1>{greeting(me.name)}</h1>
        <div id="results" data-live={[...FILING_KINDS, 'NOTIFICATION'].join(' ')} {...SHOWN_HERE}>
          <section aria-labelledby="waiting">
            <h2 id="waiting">
              Waits for me <span class="count">{waiting.total}</span>
            </h2>
            {waiting.rows.length === 0 ? (
              <div class="empty">
                <p>Nothing waits for you. Well done.</p>
                <a class="button" href="/vat-quarters?assignedUserId=me">
                  My VAT quarters
                </a>
              </div>
            ) : (
              <FilingTable
                caption="Filings that wait for me, the soonest deadline first"
                rows={waiting.rows}
                context={context}
                showKind
              />
            )}
            {waiting.total > waiting.rows.length && <More query="waitsForMe=true" />}
          </section>
          <div class="columns">
            <div>
              <Pressing
                title="Overdue"
                id="overdue"
                list={overdue}
                query={leads ? 'overdue=true' : 'overdue=true&assignedUserId=me'}
                none="Nothing is overdue."
              />
              <Pressing
                title="Stuck"
                id="stuck"
                list={stuck}
                query={leads ? 'stuck=true' : 'stuck=true&assignedUserId=me'}
                none="Nothing is stuck in its stage."
                showDays
              />
              <section class="card" aria-labelledby="news">
                <h2 id="news">
                  News for me <span class="count">{notifications.pagination.totalCount}</span>
                </h2>
                {notifications.rows.length === 0 ? (
                  <p class="muted">You have read everything.</p>
                ) : (
                  <ul class="feed">
                    {notifications.rows.map((notification) => (
                      <li>
                        <a href={notificationLink(notification)}>{notification.title}</a>
                        <span class="muted"> {displayInstant(notification.createdAt.getTime())}</span>
                      </li>
                    ))}
                  </ul>
                )}
                <a href="/notifications">All notifications</a>
              </section>
            </div>
            {workload && unassigned && (
              <section class="card" aria-labelledby="team">
                <h2 id="team">The team’s load</h2>
                <WorkloadChart workload={workload} />
                <p>
                  Without anybody assigned:{' '}
                  {unassigned.map(({ path, label, count }, index) => (
                    <>
                      {index > 0 && ', '}
                      <a href={path}>
                        {label}: {count}
                      </a>
                    </>
                  ))}
                </p>
              </section>
            )}
          </div>
        </div>
      </>
    ),
  };
}

interface Listed {
  rows: KindOfFiling[];
  total: number;
}

/** Open filings of every kind under a filter, the soonest deadline first. */
async function filings({ api }: PageContext, query: string, limit: number): Promise<Listed> {
  const lists = await Promise.all(
    DEFINITIONS.map(async (definition) => {
      const { rows, pagination } = await api.list(`/${definition.route}?limit=${limit}&${query}`, FilingSchema);
      return { rows: rows.map((filing) => ({ definition, filing })), total: pagination.totalCount };
    }),
  );
  const rows = lists
    .flatMap((list) => list.rows)
    .toSorted((a, b) => a.filing.filingDueDate.localeCompare(b.filing.filingDueDate))
    .slice(0, limit);
  return { rows, total: lists.reduce((total, list) => total + list.total, 0) };
}

async function unassignedCounts({ api }: PageContext): Promise<{ path: string; label: string; count: number }[]> {
  return await Promise.all(
    DEFINITIONS.map(async ({ route, title }) => {
      const { unassigned } = await api.get(`/${route}/counts?isCompleted=false&isCancelled=false`, FilingCountsSchema);
      return { path: `/${route}?assignedUserId=none`, label: title, count: unassigned };
    }),
  );
}

interface PressingProps {
  title: string;
  id: string;
  list: Listed;
  query: string;
  none: string;
  showDays?: boolean | undefined;
}

function Pressing({ title, id, list, query, none, showDays }: PressingProps): JSX.Element {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span class="count">{list.total}</span>
      </h2>
      {list.rows.length === 0 ? <p class="muted">{none}</p> : <FilingBriefs rows={list.rows} showDays={showDays} />}
      {list.total > list.rows.length && <More query={query} />}
    </section>
  );
}

function More({ query }: { query: string }): JSX.Element {
  return (
    <p>
      All of them:{' '}
      {DEFINITIONS.map(({ route, title }, index) => (
        <>
          {index > 0 && ', '}
          <a href={`/${route}?${query}`}>{title}</a>
        </>
      ))}
    </p>
  );
}

function greeting(name: string): string {
  return `Good day, ${name.split(' ')[0] ?? name}`;
}
