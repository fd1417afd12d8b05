import type { Pool, PoolClient } from 'pg';

/**
 * Runs work in one transaction on one connection: commits what it did, or rolls all of it back and throws what it threw.
 * A connection that failed to roll back is thrown away, since nobody knows what state it is in.
 */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
