/**
 * SQL: whether a row that is found by its key is pending. Compared as text, for PostgreSQL otherwise looks through the partial index of
 * all rows that are pending, which it takes for the shorter way as long as its statistics know of few.
 */
export function isPending(status: string): string {
  return `${status}::text = 'PENDING'`;
}
