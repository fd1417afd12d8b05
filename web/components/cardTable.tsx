import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { address } from '../addresses';

interface CardTableProps {
  /** Says what the table holds, for screen readers. */
  caption: string;
  /** A text, or a whole `th` where a column has more to it. */
  headings: readonly (string | JSX.Element | false | undefined)[];
  /** Its rows: each cell has its column's heading as `data-label`. */
  children: Child;
}

/** A table whose rows become cards on a narrow screen. */
export function CardTable({ caption, headings, children }: CardTableProps): JSX.Element {
  return (
    <div class="scroll">
      <table class="cards">
        <caption class="sr">{caption}</caption>
        <thead>
          <tr>{headings.map((heading) => (typeof heading === 'string' ? <th scope="col">{heading}</th> : heading))}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The heading of a column of buttons, which says by itself what it does to those who see it. */
export function HiddenHeading({ children }: { children: Child }): JSX.Element {
  return (
    <th scope="col">
      <span class="sr">{children}</span>
    </th>
  );
}

/** The heading of a column of checkboxes, which selects all rows at once. */
export function SelectHeading(): JSX.Element {
  return (
    <th scope="col" class="select">
      <input type="checkbox" class="script-only" aria-label="Select all" data-select-all />
    </th>
  );
}

/** How a list is sorted, and where it is found sorted otherwise. */
export interface Sorting {
  path: string;
  query: Record<string, string>;
  /** By what it is sorted where the query does not say. */
  sortedBy: string;
}

interface SortHeadingProps {
  column: { label: string; sortBy?: string };
  /** Nothing where the list has one order only. */
  sorting: Sorting | undefined;
}

/** The heading of a column that sorts the list, the other way round where it does already. */
export function SortHeading({ column: { label, sortBy }, sorting }: SortHeadingProps): JSX.Element {
  if (!sorting || sortBy === undefined) return <th scope="col">{label}</th>;
  const { path, query, sortedBy } = sorting;
  const isCurrent = (query['sortBy'] ?? sortedBy) === sortBy;
  const isAscending = isCurrent && query['sortOrder'] !== 'desc';
  const to = address(path, { ...query, page: undefined, sortBy, sortOrder: isAscending ? 'desc' : undefined });
  return (
    <th scope="col" aria-sort={isCurrent ? (isAscending ? 'ascending' : 'descending') : undefined}>
      <a href={to}>{label}</a>
    </th>
  );
}
