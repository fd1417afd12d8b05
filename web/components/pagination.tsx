import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Pagination as PaginationInfo } from '../../api/endpoint';
import { address } from '../addresses';

interface PaginationProps {
  pagination: PaginationInfo;
  path: string;
  query: Record<string, string>;
  /** The part of the page that the list is, where there is more on it. */
  fragment?: string;
}

/** Which part of a list is shown, with the way to the others. */
export function Pagination({ pagination, path, query, fragment }: PaginationProps): JSX.Element {
  const { page, limit, totalCount, totalPages, hasNext, hasPrev } = pagination;
  const first = (page - 1) * limit + 1;
  const to = (number: number): string =>
    address(path, { ...query, page: number === 1 ? undefined : number }) + (fragment ? `#${fragment}` : '');
  if (page > Math.max(totalPages, 1)) {
    return (
      <nav class="pagination" aria-label="Pages">
        <span>
          There is no page {page}: the list ends with page {Math.max(totalPages, 1)}.
        </span>
        <a class="button small" href={to(1)}>
          Go to the first page
        </a>
      </nav>
    );
  }
  return (
    <nav class="pagination" aria-label="Pages">
      <span>{totalCount === 0 ? 'None' : `${first} to ${Math.min(page * limit, totalCount)} of ${totalCount}`}</span>
      {totalPages > 1 && (
        <span class="group">
          {hasPrev ? (
            <a class="button small" rel="prev" href={to(page - 1)}>
              Previous
            </a>
          ) : null}
          <span>
            Page {page} of {totalPages}
          </span>
          {hasNext ? (
            <a class="button small" rel="next" href={to(page + 1)}>
              Next
            </a>
          ) : null}
        </span>
      )}
    </nav>
  );
}
