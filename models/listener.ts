import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { CONNECT_TIMEOUT_MS } from './pool';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** How often the connection is asked whether it is still there: a black hole on the network closes nothing. */
const CHECK_EVERY_MS = 10_000;
const GOODBYE_MS = 1_000;

export interface ListenerOptions {
  url: string;
  /** Names of NOTIFY channels. */
  channels: readonly string[];
  onPayload: (channel: string, payload: string) => void;
  /**
   * Called each time listening begins, the first time included: notifications sent before that moment were missed, so whoever
   * waits must look at the rows again.
   */
  onReconnect: () => void;
  /** Told why a connection was lost or could not be made; the listener tries again by itself. */
  onError?: (error: Error) => void;
}

export interface Listener {
  /** Whether notifications arrive at this moment. */
  isConnected(): boolean;
  close(): Promise<void>;
}

/** Listens on a connection of its own until closed, whatever happens to PostgreSQL meanwhile. Returns before it is connected. */
export function listen(options: ListenerOptions): Listener {
  const stopping = new AbortController();
  let connected = false;

  const run = async (): Promise<void> => {
    let retryMs = FIRST_RETRY_MS;
    while (!stopping.signal.aborted) {
      try {
        await listenOnce(options, stopping.signal, () => {
          connected = true;
          retryMs = FIRST_RETRY_MS;
          options.onReconnect();
        });
      } catch (error) {
        options.onError?.(error instanceof Error ? error : new Error(String(error)));
      }
      connected = false;
      // Spread out, so that every process does not come back in the same instant.
      await pause(retryMs * (0.5 + Math.random() / 2), stopping.signal);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    }
  };

  const running = run();
  return {
    isConnected: () => connected,
    close: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** One connection's life. Returns when asked to stop, throws when the connection is lost. */
async function listenOnce(options: ListenerOptions, stop: AbortSignal, onListening: () => void): Promise<void> {
  const client = new Client({
    connectionString: options.url,
    application_name: 'numericalz-listener',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  const lost = new AbortController();
  client.on('error', (error) => lost.abort(error));
  client.on('end', () => lost.abort(new Error('The listening connection ended')));
  client.on('notification', ({ channel, payload }) => options.onPayload(channel, payload ?? ''));
  try {
    await client.connect();
    for (const channel of options.channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    onListening();
    const ended = AbortSignal.any([stop, lost.signal]);
    while (!ended.aborted) {
      await pause(CHECK_EVERY_MS, ended);
      if (!ended.aborted) await client.query('SELECT 1');
    }
    if (!stop.aborted) throw lost.signal.reason;
  } finally {
    // A connection into a black hole never confirms its end.
    await Promise.race([client.end().catch(() => {}), wait(GOODBYE_MS, undefined, { ref: false })]);
  }
}

/** Waits, or until the signal comes, whichever is first. */
async function pause(milliseconds: number, until: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal: until }).catch(() => {});
}
