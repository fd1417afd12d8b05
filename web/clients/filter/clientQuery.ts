import type { z } from '@hono/zod-openapi';
import { ClientSchema } from '../../../api/clients/schemas';
import { withFieldLabels } from '../../../domain/clients/filterWords';
import type { Pagination } from '../../../api/endpoint';
import { address } from '../../addresses';
import { ApiFailure } from '../../apiClient';
import type { VisitorContext } from '../../pages';
import type { AskedFilter, FilterState } from './filterState';
import { askedFilter, editedFilter, FILTER_NAMES, filterQuery, isFilterName, readFilter } from './filterState';

export const CLIENTS_PATH = '/clients';
const ROWS = 50;

/** What the list of clients is asked for. */
export interface ClientQuery {
  filter: FilterState;
  asked: AskedFilter | undefined;
  /** Search and the other plain filters, sort and page, by the API's names. */
  plain: Record<string, string>;
  /** Which clients are shown: `true`, `false` or `all`. */
  active: string;
}

/** Reads what the address asks for. */
export function clientQuery({ c, query }: VisitorContext): ClientQuery {
  const filter = readFilter(new URL(c.req.url).searchParams);
  const { active, ...plain } = Object.fromEntries(Object.entries(query).filter(([name]) => !isFilterName(name)));
  // A filter that asks by itself which clients are active is not narrowed to those who are.
  const asksForActive = filter.groups.some(({ conditions }) => conditions.some(({ field }) => field === 'isActive'));
  return { filter, asked: askedFilter(filter), plain, active: active ?? (asksForActive ? 'all' : 'true') };
}

/** The address of what somebody did in the form of the filter; undefined where the page is an address already. */
export function editedAddress({ c, query }: VisitorContext): string | undefined {
  if (query[FILTER_NAMES.edit] === undefined) return undefined;
  const filter = editedFilter(new URL(c.req.url).searchParams);
  const kept = Object.entries(query).filter(([name]) => !isFilterName(name) && name !== 'page');
  const saved = query[FILTER_NAMES.saved];
  return address(CLIENTS_PATH, { ...Object.fromEntries(kept), [FILTER_NAMES.saved]: saved, ...filterQuery(filter) });
}

/** The clients that are found, or what of the filter was not understood: by its place in the form, else as a sentence. */
export type FoundClients =
  | { rows: z.infer<typeof ClientSchema>[]; pagination: Pagination }
  | { problems: ReadonlyMap<string, string>; others: string[] };

/** Asks the API for the clients. Throws ApiFailure where something else than the filter is refused. */
export async function findClients({ api }: VisitorContext, query: ClientQuery): Promise<FoundClients> {
  const { asked, plain, active } = query;
  if (!asked) return await api.list(address(CLIENTS_PATH, { limit: ROWS, ...plain, active: activeOf(active) }), ClientSchema);
  const body = {
    limit: ROWS,
    ...plain,
    ...(active === 'all' ? {} : { active: active === 'true' }),
    filter: asked.filter,
  };
  try {
    return await api.list(`${CLIENTS_PATH}/filter`, ClientSchema, body);
  } catch (error) {
    if (error instanceof ApiFailure && error.errors.some(({ path }) => path.startsWith('filter.'))) {
      return problemsOf(error, asked);
    }
    throw error;
  }
}

function problemsOf({ errors }: ApiFailure, { places }: AskedFilter): FoundClients {
  const problems = new Map<string, string>();
  const others: string[] = [];
  for (const { path, message } of errors) {
    const [, at = ''] = /^filter\.(groups\.\d+\.conditions\.\d+)(?:\.|$)/.exec(path) ?? [];
    const place = places.get(at);
    if (place === undefined) others.push(message);
    else if (!problems.has(place)) problems.set(place, withoutPlace(withFieldLabels(message)));
  }
  return { problems, others };
}

/** A message that stands at its condition need not name it. */
function withoutPlace(message: string): string {
  const text = message.replace(/^Condition \d+ of group \d+: /, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The API's address of the same clients as a file. */
export function fileAddress({ asked, plain, active }: ClientQuery): string {
  const { page: _page, sortBy: _sortBy, sortOrder: _sortOrder, limit: _limit, ...filters } = plain;
  return address('/api/v1/clients/export.csv', {
    ...filters,
    active: activeOf(active),
    filter: asked && JSON.stringify(asked.filter),
  });
}

function activeOf(active: string): string | undefined {
  return active === 'all' ? undefined : active;
}
