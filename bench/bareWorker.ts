import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createBareActivities } from './bareActivities';

/** A worker with nothing of the practice in it, in a process of its own; its parent is told when it is ready, and of every activity. */
async function main(): Promise<void> {
  const { BARE_TEMPORAL_ADDRESS: address, BARE_TASK_QUEUE: taskQueue, BARE_NAMESPACE: namespace } = process.env;
  if (!address || !taskQueue || !namespace) throw new Error('This process is started by the bench');
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const connection = await NativeConnection.connect({ address });
  const tell = (message: object): void => void process.send?.(message);
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowsPath: require.resolve('./bareWorkflows'),
    activities: createBareActivities(tell),
    maxCachedWorkflows: 20_000,
  });
  const stop = (): void => process.exit(0);
  process.once('SIGTERM', stop);
  process.once('disconnect', stop);
  const running = worker.run();
  tell({ ready: true });
  await running;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
