import type { ClientBase } from 'pg';
import { inTransaction } from './inTransaction';

const BATCH_SIZE = 1_000;

export interface Batches {
  /** Under which the place is kept where the work stopped; the name of the migration, and its direction where both have batches. */
  name: string;
  /** A table whose primary key is `id`. */
  table: string;
  /** Changes the rows with these ids; told of none twice, unless the batch they were in failed. */
  change: (client: ClientBase, ids: readonly string[]) => Promise<void>;
}

/**
 * Changes every row of a table a thousand at a time, in the order of the ids, each batch in a transaction together with the place
 * that it reached: stopped half-way, by whatever, the next run goes on behind the last batch that was committed. For migrations
 * that commit by themselves. Gives how many rows were visited, those of earlier runs included.
 */
export async function inBatches(client: ClientBase, { name, table, change }: Batches): Promise<number> {
  const started = await client.query<{ last_id: string; row_count: string }>(
    'SELECT last_id, row_count FROM migration_batches WHERE name = $1',
    [name],
  );
  let lastId = started.rows[0]?.last_id ?? '';
  let rowCount = Number(started.rows[0]?.row_count ?? 0);
  for (;;) {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM ${client.escapeIdentifier(table)} WHERE id > $1 ORDER BY id LIMIT ${BATCH_SIZE}`,
      [lastId],
    );
    const last = rows.at(-1);
    if (!last) break;
    lastId = last.id;
    rowCount += rows.length;
    await inTransaction(client, async () => {
      await change(
        client,
        rows.map((row) => row.id),
      );
      await client.query(
        `INSERT INTO migration_batches (name, last_id, row_count) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET last_id = excluded.last_id, row_count = excluded.row_count`,
        [name, lastId, rowCount],
      );
    });
  }
  await client.query('DELETE FROM migration_batches WHERE name = $1', [name]);
  return rowCount;
}
