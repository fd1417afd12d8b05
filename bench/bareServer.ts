import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createDatabase } from '../models';
import type { ClientRow } from '../models/queries/clientRow';
import { PAGE_LIMIT, bareStatement } from './bareStatement';

/** The pool of connections that the API has unless told otherwise. */
const POOL_SIZE = 20;

/** Serves one list of clients: the statement on a pool, its rows as JSON, and nothing else. */
function main(): void {
  const { BARE_DATABASE_URL: url } = process.env;
  if (!url) throw new Error('This process is started by the bench');
  const db = createDatabase(url, { poolSize: POOL_SIZE, applicationName: 'numericalz-bare' });
  const statement = bareStatement(db);
  let totalCount: Promise<number> | undefined;
  const count = async (): Promise<number> => {
    const { rows } = await db.pool.query<{ total: number }>('SELECT count(*) AS total FROM clients');
    return rows[0]?.total ?? 0;
  };
  const app = new Hono();
  app.get('/clients', async (c) => {
    const page = Number(c.req.query('page') ?? 1);
    const { rows } = await db.pool.query<ClientRow>({
      name: 'clients',
      text: statement,
      values: [(page - 1) * PAGE_LIMIT],
    });
    totalCount ??= count();
    const total = await totalCount;
    const totalPages = Math.ceil(total / PAGE_LIMIT);
    const pagination = { page, limit: PAGE_LIMIT, totalCount: total, totalPages };
    return c.json({
      success: true,
      data: rows.map((row) => ({ ...row, annualTurnover: row.annualTurnover === null ? null : Number(row.annualTurnover) })),
      message: 'OK',
      pagination: { ...pagination, hasNext: page < totalPages, hasPrev: page > 1 },
    });
  });
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.({ port }));
}

main();
