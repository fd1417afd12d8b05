import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import { FilingCountsSchema, FilingSchema } from '../../api/filings/schemas';
import { UserSchema } from '../../api/users/schemas';
import { MONTHS } from '../../domain/calendar/dates';
import type { FilingDefinition } from '../../domain/filings/definition';
import { stageLabel, WAITING_FOR_LABELS } from '../../domain/filings/labels';
import { WAITING_FOR } from '../../domain/filings/stages';
import { address } from '../addresses';
import { Choice } from '../components/fields';
import { Pagination } from '../components/pagination';
import type { Page, PageContext, VisitorContext, Web } from '../pages';
import { pageOf } from '../pages';
import { Board, readBoard } from './board';
import { BULK_FORM, BulkBar } from './bulkPages';
import { FilingTable, SHOWN_HERE } from './filingTable';
import { readViews, SavedViews } from './savedViews';
import { changed, countsAddress, fileAddress, rowsAddress, STATUSES } from './listQuery';

type Counts = z.infer<typeof FilingCountsSchema>;
type Query = Record<string, string>;

/** With the longest names, and what a browser loads the first time, that many stay below 100 KB: tests/web/pageWeight.test.ts. */
const ROWS = 40;

/** The list of the filings of a kind. */
export function filingListPage(web: Web, definition: FilingDefinition): void {
  pageOf(
    web,
    `/${definition.route}`,
    (context) => readParts(definition, context),
    (context, parts) => Promise.resolve(listPage(definition, context, parts)),
  );
}

async function readParts(definition: FilingDefinition, context: VisitorContext) {
  const { api, query } = context;
  const { route } = definition;
  const isBoard = query['view'] === 'board';
  const [list, columns, counts, people, views] = await Promise.all([
    isBoard ? undefined : api.list(rowsAddress(route, query, ROWS), FilingSchema),
    isBoard ? readBoard(definition, context) : undefined,
    api.get(countsAddress(route, query), FilingCountsSchema),
    api.get('/users', UserSchema.array()),
    readViews(context, route),
  ]);
  return { list, columns, counts, people, views };
}

type Parts = Awaited<ReturnType<typeof readParts>>;

function listPage(definition: FilingDefinition, context: PageContext, { list, columns, counts, people, views }: Parts): Page {
  const { query } = context;
  const { route, kind, title } = definition;
  const path = `/${route}`;
  return {
    title,
    body: (
      <>
        <div class="heading">
          <h1>{title}</h1>
          <ViewSwitch path={path} query={query} />
        </div>
        <SavedViews views={views} page={route} context={context} />
        <Filters definition={definition} query={query} people={people} />
        <div id="results" data-live={kind} {...SHOWN_HERE}>
          <Chips path={path} query={query} counts={counts} />
          <Months path={path} query={query} counts={counts} />
          {counts.total === 0 && <Empty path={path} query={query} />}
          {columns && counts.total > 0 && <Board definition={definition} context={context} counts={counts} columns={columns} />}
          {list && list.rows.length > 0 && (
            <FilingTable
              caption={`${title}, page ${list.pagination.page}`}
              rows={list.rows.map((filing) => ({ definition, filing }))}
              context={context}
              selectFor={BULK_FORM}
              sorting={{ path, query, sortedBy: 'filingDueDate' }}
            />
          )}
          {list && <Pagination pagination={list.pagination} path={path} query={query} />}
        </div>
        {list && list.rows.length > 0 && <BulkBar definition={definition} people={people} context={context} />}
      </>
    ),
  };
}

/** The same filings as a table or as a board, and the file of what is shown. */
function ViewSwitch({ path, query }: { path: string; query: Query }): JSX.Element {
  const isBoard = query['view'] === 'board';
  return (
    <nav class="group" aria-label="View" id="view">
      <a
        class="button small"
        href={address(path, changed(query, { view: undefined }))}
        aria-current={isBoard ? undefined : 'true'}
      >
        Table
      </a>
      <a class="button small" href={address(path, changed(query, { view: 'board' }))} aria-current={isBoard ? 'true' : undefined}>
        Board
      </a>
      <a class="button small" href={fileAddress(path.slice(1), query)} download={`${path.slice(1)}.csv`}>
        Save as CSV
      </a>
    </nav>
  );
}

interface PartProps {
  path: string;
  query: Query;
  counts: Counts;
}

/** The questions that are asked most, one click each. */
function Chips({ path, query, counts }: PartProps): JSX.Element {
  const { assignedUserId, overdue } = query;
  const chips = [
    { label: 'All', count: counts.all, change: {}, isOn: assignedUserId === undefined && overdue === undefined },
    { label: 'Mine', count: counts.mine, change: { assignedUserId: 'me' }, isOn: assignedUserId === 'me' },
    { label: 'Unassigned', count: counts.unassigned, change: { assignedUserId: 'none' }, isOn: assignedUserId === 'none' },
    { label: 'Overdue', count: counts.overdue, change: { overdue: 'true' }, isOn: overdue === 'true' },
  ];
  return (
    <nav class="chips" aria-label="Quick filters">
      {chips.map(({ label, count, change, isOn }) => (
        <a
          href={address(path, changed(query, { assignedUserId: undefined, overdue: undefined, ...change }))}
          aria-current={isOn ? 'true' : undefined}
        >
          {label} <span class="count">{count}</span>
        </a>
      ))}
    </nav>
  );
}

/** The months in which something is due. */
function Months({ path, query, counts }: PartProps): JSX.Element {
  const { dueMonth } = query;
  return (
    <nav class="tabs" aria-label="Due month">
      <a href={address(path, changed(query, { dueMonth: undefined }))} aria-current={dueMonth === undefined ? 'true' : undefined}>
        Any month
      </a>
      {counts.byMonth.map(({ month, count }) => (
        <a href={address(path, changed(query, { dueMonth: month }))} aria-current={dueMonth === month ? 'true' : undefined}>
          {monthName(month)} <span class="count">{count}</span>
        </a>
      ))}
    </nav>
  );
}

function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${MONTHS[Number(number) - 1]} ${year}`;
}

interface FiltersProps {
  definition: FilingDefinition;
  query: Query;
  people: readonly z.infer<typeof UserSchema>[];
}

/** Everything else a list can be narrowed by; it stands in the address, so that a view can be shared. */
function Filters({ definition, query, people }: FiltersProps): JSX.Element {
  const kept = ['dueMonth', 'overdue', 'dueWithinDays', 'sortBy', 'sortOrder', 'view', 'stuck', 'waitsForMe'];
  return (
    <form
      class="filters"
      action={`/${definition.route}`}
      role="search"
      aria-label={`Filter ${definition.title}`}
      hx-get={`/${definition.route}`}
      hx-trigger="input delay:300ms"
      hx-target="#results"
      hx-select="#results"
      hx-select-oob="#view"
      hx-swap="outerMorph"
      hx-replace-url="true"
    >
      {kept.map((name) => query[name] !== undefined && <input type="hidden" name={name} value={query[name]} />)}
      <input
        type="search"
        name="search"
        value={query['search']}
        placeholder="Client name, code, number or e-mail"
        aria-label="Client"
      />
      <Choice
        name="stage"
        label="Stage"
        none="Any stage"
        value={query['stage']}
        options={definition.stages.map(({ stage }) => ({ value: stage, label: stageLabel(stage) }))}
      />
      <Choice
        name="waitingFor"
        label="Waits for"
        none="Waits for anybody"
        value={query['waitingFor']}
        options={WAITING_FOR.map((value) => ({ value, label: `Waits for: ${WAITING_FOR_LABELS[value].toLowerCase()}` }))}
      />
      <Choice
        name="assignedUserId"
        label="Assigned to"
        none="Anybody’s"
        value={query['assignedUserId']}
        options={[
          { value: 'me', label: 'Mine' },
          { value: 'none', label: 'Nobody’s' },
          ...people.filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Choice name="status" label="Status" value={query['status'] ?? 'open'} options={STATUSES} />
      <button>Filter</button>
      <a href={`/${definition.route}`}>Clear</a>
    </form>
  );
}

function Empty({ path, query }: { path: string; query: Query }): JSX.Element {
  const isFiltered = Object.keys(query).length > 0;
  return (
    <div class="empty">
      <p>{isFiltered ? 'Nothing matches these filters.' : 'There is nothing here yet.'}</p>
      {isFiltered ? (
        <a class="button" href={path}>
          Show all that are open
        </a>
      ) : (
        <p class="muted">A filing opens by itself on the first day of its period.</p>
      )}
    </div>
  );
}
