import { ChainStateSchema } from '../../api/logs/chainRoutes';
import { ActivitySchema } from '../../api/logs/routes';
import { UserSchema } from '../../api/users/schemas';
import { AUDIT_ACTIONS } from '../../domain/audit';
import { displayInstant } from '../../domain/calendar/display';
import { isPermitted } from '../../domain/permissions';
import { address } from '../addresses';
import { ActivityFeed, actionWords } from '../components/activity';
import { Choice } from '../components/fields';
import { Pagination } from '../components/pagination';
import type { Page, PageContext, Web } from '../pages';
import { page } from '../pages';
import { SettingsPage } from './settingsPage';

const PATH = '/settings/activity';
const ROWS = 50;
const SHOWN_OF_HASH = 12;

/** What was done in the practice, by whom and when. */
export function activityPage(web: Web): void {
  page(web, PATH, activity);
}

async function activity({ api, me, query }: PageContext): Promise<Page> {
  const [{ rows, pagination }, people, chain] = await Promise.all([
    api.list(address('/activity-logs', { limit: ROWS, ...query }), ActivitySchema),
    api.get('/users', UserSchema.array()),
    isPermitted(me.role, 'see the audit chain') ? api.get('/activity-logs/chain', ChainStateSchema) : undefined,
  ]);
  return {
    title: 'Activity log',
    body: (
      <SettingsPage title="Activity log" path={PATH} me={me}>
        {chain && (
          <p class="muted">
            {chain.hash && chain.chainedAt
              ? `Chained up to link ${chain.position} (${chain.hash.slice(0, SHOWN_OF_HASH)}…), ${displayInstant(chain.chainedAt.getTime())}`
              : 'Nothing is chained yet'}
            {chain.waiting > 0 && `; ${chain.waiting} entries are chained within a minute`}. npm run db:audit checks that no entry
            was changed or taken away.
          </p>
        )}
        <form class="filters" action={PATH} role="search" aria-label="Filter the activity log">
          <input
            type="search"
            name="client"
            placeholder="Client: code or name"
            aria-label="Client: code or name"
            maxlength={200}
            value={query['client']}
          />
          <Choice
            name="userId"
            label="Who"
            none="Anybody"
            value={query['userId']}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Choice
            name="action"
            label="What"
            none="Anything"
            value={query['action']}
            options={AUDIT_ACTIONS.map((value) => ({ value, label: actionWords(value) }))}
          />
          <label>
            From <input type="date" name="from" value={query['from']} />
          </label>
          <label>
            To <input type="date" name="to" value={query['to']} />
          </label>
          <button>Filter</button>
          <a href={PATH}>Clear</a>
        </form>
        {rows.length === 0 ? (
          <div class="empty">
            <p>Nothing matches these filters.</p>
          </div>
        ) : (
          <div class="card">
            <ActivityFeed entries={rows} names={new Map(people.map(({ id, name }) => [id, name]))} />
          </div>
        )}
        <Pagination pagination={pagination} path={PATH} query={query} />
      </SettingsPage>
    ),
  };
}
