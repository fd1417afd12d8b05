import { Client, Connection } from '@temporalio/client';
import type { Settings } from '../settings/settings';
import { dataConverter, TASK_QUEUE, temporalConnectionOptions } from '../settings/temporal';

const ANSWER_MS = 5000;
/** A worker asks for tasks at least this often. */
const LONGEST_POLL_MS = 90_000;

export interface RunningTemporal {
  client: Client;
  close: () => Promise<void>;
}

/** Temporal with a worker that answers for the filings, or the part that is missing, by name. */
export async function runningTemporal(settings: Settings): Promise<RunningTemporal | { missing: string }> {
  if (settings.TEMPORAL_ADDRESS === undefined) return { missing: 'Temporal is not set up' };
  const options = { ...temporalConnectionOptions(settings), connectTimeout: ANSWER_MS };
  const connection = await Connection.connect(options).catch(() => undefined);
  if (connection === undefined) return { missing: `Temporal does not answer at ${settings.TEMPORAL_ADDRESS}` };
  const close = (): Promise<void> => connection.close();
  if (await isPolled(connection, settings.TEMPORAL_NAMESPACE)) {
    const namespace = settings.TEMPORAL_NAMESPACE;
    return { client: new Client({ connection, namespace, dataConverter: dataConverter(settings) }), close };
  }
  await close();
  return { missing: 'No worker runs' };
}

async function isPolled(connection: Connection, namespace: string): Promise<boolean> {
  const answer = await connection
    .withDeadline(Date.now() + ANSWER_MS, () =>
      connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: TASK_QUEUE } }),
    )
    .catch(() => undefined);
  const polledAt = (answer?.pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
  return polledAt.some((at) => Date.now() - at < LONGEST_POLL_MS);
}
