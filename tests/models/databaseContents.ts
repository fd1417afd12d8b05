import { Client } from 'pg';

/** Every row of every table, as text in a fixed order; what a restore adds by itself is left out. */
export async function contents(url: string): Promise<Record<string, string[]>> {
  return await asClient(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    const all: Record<string, string[]> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT to_jsonb(r)::text AS row FROM ${name} r WHERE to_jsonb(r)->>'action' IS DISTINCT FROM 'DATABASE_RESTORED' ORDER BY 1`,
      );
      all[name] = rows.map(({ row }) => row);
    }
    return all;
  });
}

export async function asClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
