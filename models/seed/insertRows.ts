import type { ClientBase } from 'pg';
import type { Json } from '../columns';

/** A row as JSON, under its column names. All rows of one insert have the same columns. */
export type SeedRow = Record<string, Json>;

/** Inserts many rows at once; the database turns JSON into the types of the columns, and makes what the rows leave out. */
export async function insertRows(client: ClientBase, table: string, rows: readonly SeedRow[], onConflict = ''): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first)
    .map((column) => client.escapeIdentifier(column))
    .join(', ');
  // With the ordinality the rows arrive in the given order, so that numbers from sequences follow it.
  await client.query(
    `INSERT INTO ${table} (${columns})
     SELECT ${columns} FROM ROWS FROM (jsonb_populate_recordset(NULL::${table}, $1)) WITH ORDINALITY AS row ORDER BY ordinality ${onConflict}`,
    [JSON.stringify(rows)],
  );
}
