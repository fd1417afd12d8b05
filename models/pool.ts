import { Pool, types } from 'pg';
import type { PoolConfig } from 'pg';

export interface PoolOptions {
  url: string;
  /** Connections at most. */
  size: number;
  /** What pg_stat_activity calls the connections. */
  applicationName: string;
  /** Told of a connection that broke while nobody used it; the pool has already replaced it. */
  onError: (error: Error) => void;
}

/** A connection that does not answer for this long is given up, so that a black hole on the network holds nobody for ever. */
export const CONNECT_TIMEOUT_MS = 5_000;
export const STATEMENT_TIMEOUT_MS = 30_000;
/** A new connection costs more than many statements: it is made, signs in, and plans each statement anew. */
const IDLE_TIMEOUT_MS = 5 * 60_000;

const INT8 = types.builtins.INT8;
const DATE = types.builtins.DATE;

/** What a column's text becomes: dates stay 'YYYY-MM-DD', decimals stay exact text, counts become numbers. */
export const COLUMN_TYPES: NonNullable<PoolConfig['types']> = {
  getTypeParser: (oid, format) => {
    if (oid === DATE) return (value: string) => value;
    if (oid === INT8) return exactInteger;
    return types.getTypeParser(oid, format);
  },
};

/** A pool of plain connections. It outlives any restart of PostgreSQL. */
export function createPool(options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: options.url,
    max: options.size,
    application_name: options.applicationName,
    types: COLUMN_TYPES,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    keepAlive: true,
  });
  // Without listeners a connection that ends while idle, or between two statements of a transaction, would end the process.
  pool.on('error', options.onError);
  // Whoever holds the connection learns of its end from the next statement.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

function exactInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit a number`);
  return number;
}
