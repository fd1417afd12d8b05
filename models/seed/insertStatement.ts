import type { QueryConfig } from 'pg';
import { escapeIdentifier } from 'pg';
import type { Json } from '../columns';

/** A row as JSON, under its column names. All rows of one insert have the same columns. */
export type SeedRow = Record<string, Json>;

/**
 * Inserts many rows at once; the database turns JSON into the types of the columns, and makes what the rows leave out. Gives what is to
 * be returned of each, in their order. There must be a row.
 */
export function insertStatement(table: string, rows: readonly Record<string, unknown>[], returning?: string): QueryConfig {
  const columns = Object.keys(rows[0] ?? {})
    .map((column) => escapeIdentifier(column))
    .join(', ');
  // With the ordinality the rows arrive in the given order, so that numbers from sequences follow it.
  return {
    text: `INSERT INTO ${table} (${columns})
     SELECT ${columns} FROM ROWS FROM (jsonb_populate_recordset(NULL::${table}, $1)) WITH ORDINALITY AS row ORDER BY ordinality
     ${returning === undefined ? '' : `RETURNING ${returning}`}`,
    values: [JSON.stringify(rows.map(withoutNulls))],
  };
}

/** What is not there is null as well, and need not be sent. */
function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const column in row) if (row[column] !== null) given[column] = row[column];
  return given;
}
