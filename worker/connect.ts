import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from '../settings/logger';
import type { Settings } from '../settings/settings';
import { dataConverter, temporalConnectionOptions } from '../settings/temporal';
import { tracingClientInterceptor } from '../settings/temporalTracing';

const RETRY_MS = 2000;

/** Connections to Temporal for workers, and clients for both namespaces. */
export interface TemporalConnections {
  native: NativeConnection;
  connection: Connection;
  filings: Client;
  operations: Client;
  close(): Promise<void>;
}

/** Connects to Temporal, however long it takes to come up; ends early, by throwing, when the signal is aborted. */
export async function connectToTemporal(settings: Settings, logger: Logger, signal: AbortSignal): Promise<TemporalConnections> {
  const options = temporalConnectionOptions(settings);
  const connection = await untilConnected(logger, signal, () => Connection.connect(options));
  // On a network of our own to compress costs more than to send; what leaves it is encrypted, so compressed too.
  const grpcCompression = { codec: options.tls === undefined ? 'none' : 'gzip' } as const;
  const native = await untilConnected(logger, signal, () => NativeConnection.connect({ ...options, grpcCompression }));
  const common = {
    connection,
    dataConverter: dataConverter(settings),
    interceptors: { workflow: [tracingClientInterceptor] },
  };
  return {
    native,
    connection,
    filings: new Client({ ...common, namespace: settings.TEMPORAL_NAMESPACE }),
    operations: new Client({ ...common, namespace: settings.TEMPORAL_OPERATIONS_NAMESPACE }),
    async close() {
      await connection.close();
      await native.close();
    },
  };
}

async function untilConnected<T>(logger: Logger, signal: AbortSignal, connect: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      logger.warn({ cause: String(error) }, 'Temporal cannot be reached: trying again');
      await delay(RETRY_MS, undefined, { signal });
    }
  }
}
