import type { Pool, PoolClient } from 'pg';
import { bound, inSpan, isTraced, spanOfThePast, SpanKind } from '../settings/tracing';

/** Gives each statement of a pool a span where a trace is open: its text with placeholders, never its values. */
export function traceStatements(pool: Pool): Pool {
  const connect: (callback?: ConnectCallback) => Promise<PoolClient> | void = pool.connect.bind(pool);
  // A callback runs in the context of whoever gave a connection back, unless it is bound to its own.
  Object.assign(pool, { connect: (callback?: ConnectCallback) => (callback ? connect(bound(callback)) : connect()) });
  pool.on('connect', (client) => {
    const query: Query = client.query.bind(client);
    const traced: Query = (...args) => {
      if (!isTraced()) return query(...args);
      const attributes = { 'db.system.name': 'postgresql', 'db.query.text': textOf(args[0]) };
      const callback = args[args.length - 1];
      if (!isCallback(callback)) {
        return inSpan('SQL', { kind: SpanKind.CLIENT, attributes }, async () => await query(...args));
      }
      return void inSpan(
        'SQL',
        { kind: SpanKind.CLIENT, attributes },
        () =>
          new Promise<void>((done, fail) => {
            query(...args.slice(0, -1), (error: unknown, result: unknown) => {
              callback(error, result);
              if (error) fail(error instanceof Error ? error : new Error('The statement failed'));
              else done();
            });
          }),
      ).catch(() => undefined);
    };
    Object.assign(client, { query: traced });
  });
  return pool;
}

/** A statement that a model has run, in so many milliseconds; its text holds values, so it is left out. */
export function traceModelStatement(milliseconds: number | undefined): void {
  spanOfThePast('SQL of a model', milliseconds ?? 0, { kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql' } });
}

type ConnectCallback = (...args: unknown[]) => void;
type Query = (...args: unknown[]) => unknown;

function isCallback(value: unknown): value is (error: unknown, result: unknown) => void {
  return typeof value === 'function';
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  return typeof statement === 'object' && statement !== null && 'text' in statement ? String(statement.text) : '';
}
