import { DatabaseError } from 'pg';

/** SQLSTATE classes of a database that is going, coming or full: the same call may succeed in a moment. */
const PASSING_STATES = /^(08|53|57|40001|40P01|55P03|25006)/;
const BROKEN_CONNECTION =
  /ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable/i;

/** Whether a failure is the database being away, or too busy, for a while. */
export function isPassing(error: Error): boolean {
  if (error instanceof DatabaseError) return PASSING_STATES.test(error.code ?? '');
  if (error instanceof AggregateError) return error.errors.some((inner) => inner instanceof Error && isPassing(inner));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const cause = 'parent' in error && error.parent instanceof Error ? isPassing(error.parent) : false;
  return cause || BROKEN_CONNECTION.test(`${code} ${error.message}`);
}

/** The SQLSTATE with which PostgreSQL refused something; undefined for other failures. */
export function refusalOf(error: Error): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}
