/** Which part of a list is asked for; pages count from 1. */
export interface PageRequest {
  page: number;
  limit: number;
}

export const MAX_PAGE_LIMIT = 200;

/** One page and how many rows the whole list has. */
export interface Page<Row> {
  rows: Row[];
  totalCount: number;
}

export const SORT_ORDERS = ['asc', 'desc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/** Rows before the page. Throws a RangeError for a page or limit that no list has. */
export function offsetOf({ page, limit }: PageRequest): number {
  if (!Number.isSafeInteger(page) || page < 1) throw new RangeError(`There is no page ${page}`);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_PAGE_LIMIT) {
    throw new RangeError(`A page has 1 to ${MAX_PAGE_LIMIT} rows, not ${limit}`);
  }
  return (page - 1) * limit;
}
