import { address } from '../addresses';

/** Which filings a list is about, open ones unless the address says otherwise. */
export const STATUSES = [
  { value: 'open', label: 'Open' },
  { value: 'filed', label: 'Filed' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'all', label: 'All' },
] as const;

const STATUS_FILTERS: Record<string, Record<string, string>> = {
  open: { isCompleted: 'false', isCancelled: 'false' },
  filed: { isCompleted: 'true' },
  cancelled: { isCancelled: 'true' },
  all: {},
};

/** What only the page understands, and what only a list of rows has. */
const OF_PAGE = ['status', 'view'];
const OF_LIST = ['page', 'limit', 'sortBy', 'sortOrder'];

/** The API's address of the rows that a page's query asks for. */
export function rowsAddress(route: string, query: Record<string, string>, limit: number): string {
  return address(`/${route}`, { limit, ...filtersOf(query, OF_PAGE) });
}

/** The API's address of the same rows as a file. */
export function fileAddress(route: string, query: Record<string, string>): string {
  return address(`/api/v1/${route}/export.csv`, filtersOf(query, [...OF_PAGE, 'page', 'limit']));
}

/** The API's address of the counts that go with them. */
export function countsAddress(route: string, query: Record<string, string>): string {
  return address(`/${route}/counts`, filtersOf(query, [...OF_PAGE, ...OF_LIST]));
}

function filtersOf(query: Record<string, string>, without: readonly string[]): Record<string, string> {
  const given = Object.entries(query).filter(([name, value]) => value !== '' && !without.includes(name));
  return { ...STATUS_FILTERS[query['status'] ?? 'open'], ...Object.fromEntries(given) };
}

/** The query with some of it changed; the list begins on its first page again. */
export function changed(
  query: Record<string, string>,
  change: Record<string, string | undefined>,
): Record<string, string | undefined> {
  return { ...query, page: undefined, ...change };
}
