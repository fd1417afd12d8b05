import type { JSX } from 'hono/jsx/jsx-runtime';
import type { z } from '@hono/zod-openapi';
import type { ClientSchema } from '../../api/clients/schemas';
import { UserSchema } from '../../api/users/schemas';
import { displayDate } from '../../domain/calendar/display';
import { COMPANY_TYPES } from '../../domain/clients/clientFields';
import { isPermitted } from '../../domain/permissions';
import { ownPath } from '../addresses';
import { CardTable, SelectHeading, SortHeading } from '../components/cardTable';
import { Choice } from '../components/fields';
import { Pagination } from '../components/pagination';
import { readViews, SavedViews } from '../filings/savedViews';
import { Csrf } from '../layout';
import type { Page, PageContext, VisitorContext, Web } from '../pages';
import { pageOf } from '../pages';
import { form } from '../forms';
import { COMPANY_TYPE_LABELS } from './clientFields';
import type { ClientQuery, FoundClients } from './filter/clientQuery';
import { clientQuery, CLIENTS_PATH as PATH, editedAddress, fileAddress, findClients } from './filter/clientQuery';
import type { Option } from './filter/conditionValue';
import { FilterBuilder } from './filter/filterBuilder';
import { FILTER_NAMES } from './filter/filterState';
import { KeepFilter, readSavedFilters, SavedFilters, savedFilterForms } from './filter/savedFilters';

const NOBODY = 'nobody';

const COLUMNS = [
  { label: 'Client', sortBy: 'companyName' },
  { label: 'Form', sortBy: 'companyType' },
  { label: 'Contact', sortBy: 'contactName' },
  { label: 'VAT', sortBy: 'vatQuarterGroup' },
  { label: 'Year end', sortBy: 'nextYearEnd' },
  { label: 'Accounts due', sortBy: 'nextAccountsDue' },
  { label: 'Looked after by' },
] as const;

const ASSIGNMENTS = [
  { value: 'general', label: 'in general' },
  { value: 'vat', label: 'for VAT' },
  { value: 'ltd', label: 'for Ltd accounts' },
  { value: 'nonLtd', label: 'for other work' },
];

/** The clients as a list, and assigning many at once. */
export function clientListPages(web: Web): void {
  pageOf(web, PATH, readParts, (context, parts) => Promise.resolve(listPage(context, parts)));
  savedFilterForms(web);
  form(web, `${PATH}/bulk-assign`, async ({ api, fields }) => {
    const userId = fields.text('userId');
    const body = {
      clientIds: fields.list('clientIds') ?? [],
      userId: userId === NOBODY ? null : userId,
      assignment: fields.text('assignment'),
    };
    const { message, results } = await api.send('POST', '/clients/bulk-assign', body);
    const refused = results?.errors.slice(0, 3).join('; ');
    return { to: ownPath(fields.text('back')), message: refused ? `${message}: ${refused}` : `${message}.` };
  });
}

/** What the page shows; or where it is found, after an edit of its filter. */
async function readParts(context: VisitorContext) {
  const { api } = context;
  const edited = editedAddress(context);
  if (edited !== undefined) return edited;
  const asked = clientQuery(context);
  const [found, people, views, saved] = await Promise.all([
    findClients(context, asked),
    api.get('/users', UserSchema.array()),
    readViews(context, 'clients'),
    readSavedFilters(context),
  ]);
  return { asked, found, people, views, saved };
}

function listPage(context: PageContext, parts: Awaited<ReturnType<typeof readParts>>): Page | Response {
  const { me, c, query } = context;
  if (typeof parts === 'string') return c.redirect(parts, 303);
  const { asked, found, people, views, saved } = parts;
  const persons = people.filter(({ isActive }) => isActive).map(({ id, name }) => ({ value: id, label: name }));
  return {
    title: 'Clients',
    body: (
      <>
        <div class="heading">
          <h1>Clients</h1>
          <nav class="group" aria-label="Adding clients">
            {isPermitted(me.role, 'import clients') && (
              <a class="button" href={`${PATH}/import`}>
                Import
              </a>
            )}
            {isPermitted(me.role, 'create clients') && (
              <a class="button" href={`${PATH}/new`}>
                Add a client
              </a>
            )}
          </nav>
        </div>
        <SavedViews views={views} page="clients" context={context} />
        <div id="finder" data-finder>
          <SavedFilters saved={saved} filter={asked.filter} context={context} />
          <Filters query={query} asked={asked} found={found} persons={persons} />
          {'rows' in found ? (
            <Results asked={asked} found={found} saved={saved} context={context} persons={persons} />
          ) : (
            <NotUnderstood found={found} />
          )}
        </div>
      </>
    ),
  };
}

interface ResultsProps {
  asked: ClientQuery;
  found: Extract<FoundClients, { rows: unknown }>;
  saved: Awaited<ReturnType<typeof readSavedFilters>>;
  context: PageContext;
  persons: readonly Option[];
}

function Results({ asked, found: { rows, pagination }, saved, context, persons }: ResultsProps): JSX.Element {
  const { me, query, csrf, here } = context;
  const mayAssign = isPermitted(me.role, 'assign clients');
  const { totalCount } = pagination;
  return (
    <>
      <div id="results">
        <div class="heading">
          <p role="status">{totalCount === 1 ? 'One client' : `${totalCount.toLocaleString('en-GB')} clients`}</p>
          <div class="group">
            <KeepFilter saved={saved} filter={asked.filter} context={context} />
            <a class="button small" href={fileAddress(asked)} download>
              Save as CSV
            </a>
          </div>
        </div>
        {rows.length === 0 ? (
          <div class="empty">
            <p>No client matches these filters.</p>
            <a class="button" href={PATH}>
              Show all active clients
            </a>
          </div>
        ) : (
          <CardTable
            caption={`Clients, page ${pagination.page}`}
            headings={[
              mayAssign && <SelectHeading />,
              ...COLUMNS.map((column) => (
                <SortHeading column={column} sorting={{ path: PATH, query, sortedBy: 'companyName' }} />
              )),
            ]}
          >
            {rows.map((client) => (
              <Row client={client} isSelectable={mayAssign} />
            ))}
          </CardTable>
        )}
        <Pagination pagination={pagination} path={PATH} query={query} />
      </div>
      {mayAssign && rows.length > 0 && (
        <form id="bulk" class="bulk" method="post" action={`${PATH}/bulk-assign`} aria-label="Selected clients">
          <Csrf token={csrf} />
          <input type="hidden" name="back" value={here} />
          <span data-selected>Selected:</span>
          <Choice id="bulk-user" name="userId" label="Assign to" options={[...persons, { value: NOBODY, label: 'Nobody' }]} />
          <Choice id="bulk-assignment" name="assignment" label="Kind of work" options={ASSIGNMENTS} />
          <button class="primary">Assign</button>
        </form>
      )}
    </>
  );
}

function NotUnderstood({ found: { others } }: { found: Extract<FoundClients, { problems: unknown }> }): JSX.Element {
  return (
    <div id="results">
      <div class="empty" role="status">
        <p>The filter cannot be understood yet: mend what is marked.</p>
        {others.map((message) => (
          <p class="error">{message}.</p>
        ))}
      </div>
    </div>
  );
}

function Row({ client, isSelectable }: { client: z.infer<typeof ClientSchema>; isSelectable: boolean }): JSX.Element {
  const path = `${PATH}/${client.id}`;
  const date = (name: string): string => {
    const value = client[name];
    return typeof value === 'string' ? displayDate(value) : '–';
  };
  const carers = [client.assignedUser, client.vatAssignedUser, client.ltdCompanyAssignedUser, client.nonLtdCompanyAssignedUser];
  const names = [...new Set(carers.flatMap((user) => (user ? [user.name] : [])))];
  return (
    <tr data-row={path}>
      {isSelectable && (
        <td class="select">
          <input
            type="checkbox"
            name="clientIds"
            id={`select-${client.id}`}
            value={client.id}
            form="bulk"
            aria-label={`Select ${client.companyName}`}
          />
        </td>
      )}
      <th scope="row" data-label="Client">
        <a href={path}>{client.companyName}</a>{' '}
        <span class="code below">
          {client.clientCode}
          {typeof client['companyNumber'] === 'string' && ` · ${client['companyNumber']}`}
          {!client.isActive && ' · archived'}
        </span>
      </th>
      <td data-label="Form">{COMPANY_TYPE_LABELS[client.companyType]}</td>
      <td data-label="Contact">
        {client.contactName} <span class="muted below">{client.contactEmail}</span>
      </td>
      <td data-label="VAT">{vatWords(client)}</td>
      <td data-label="Year end" class="short">
        {date('nextYearEnd')}
      </td>
      <td data-label="Accounts due" class="short">
        {date('nextAccountsDue')}
      </td>
      <td data-label="Looked after by">{names.length > 0 ? names.join(', ') : <span class="muted">Nobody</span>}</td>
    </tr>
  );
}

/** How a client's VAT is filed: `Quarterly, C`, or a dash. */
export function vatWords(client: z.infer<typeof ClientSchema>): string {
  if (!client.isVatEnabled) return '–';
  return [client['vatFrequency'], client['vatQuarterGroup']].filter((value) => typeof value === 'string').join(', ');
}

interface FiltersProps {
  query: Record<string, string>;
  asked: ClientQuery;
  found: FoundClients;
  persons: readonly Option[];
}

/** Everything by which the list can be narrowed; it stands in the address, so that a view can be shared. */
function Filters({ query, asked, found, persons }: FiltersProps): JSX.Element {
  return (
    <form
      class="filters"
      action={PATH}
      role="search"
      aria-label="Filter clients"
      hx-get={PATH}
      hx-trigger="input delay:300ms, submit"
      hx-target="#finder"
      hx-select="#finder"
      hx-swap="outerMorph"
      hx-replace-url="true"
      hx-sync="this:replace"
    >
      <input type="hidden" name={FILTER_NAMES.edit} value="true" />
      {['sortBy', 'sortOrder', FILTER_NAMES.saved].map(
        (name) => query[name] !== undefined && <input type="hidden" name={name} value={query[name]} />,
      )}
      <input
        type="search"
        id="client-search"
        name="search"
        value={query['search']}
        placeholder="Name, code, number or e-mail"
        aria-label="Client"
      />
      <Choice
        name="companyType"
        label="Form"
        none="Any form"
        value={query['companyType']}
        options={COMPANY_TYPES.map((value) => ({ value, label: COMPANY_TYPE_LABELS[value] }))}
      />
      <Choice name="assignedUserId" label="Looked after by" none="Anybody’s" value={query['assignedUserId']} options={persons} />
      <Choice
        name="active"
        label="Status"
        value={asked.active}
        options={[
          { value: 'true', label: 'Active' },
          { value: 'false', label: 'Archived' },
          { value: 'all', label: 'All' },
        ]}
      />
      <button>Filter</button>
      <a href={PATH}>Clear</a>
      <FilterBuilder filter={asked.filter} people={persons} problems={'problems' in found ? found.problems : new Map()} />
    </form>
  );
}
