import type { ClientBase } from 'pg';

/** Runs work between BEGIN and COMMIT on a connection of one's own; whatever it throws rolls all of it back. */
export async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
