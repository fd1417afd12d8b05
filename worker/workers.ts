import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { FilingActivities } from '../activities/filingActivities';
import type { OperationsActivities } from '../activities/operationsActivities';
import type { PracticeActivities } from '../activities/practiceActivities';
import type { Settings } from '../settings/settings';
import { OPERATIONS_TASK_QUEUE, TASK_QUEUE } from '../settings/temporal';
import { workflowSource } from './workflowBundle';

const SHUTDOWN_GRACE = '15 seconds';
/** After a worker was killed its filings wait this long before another one takes them over; the server's own default is ten seconds. */
const STICKY_TIMEOUT = '5 seconds';

/** The worker of filings, and the one of what keeps the system running in a namespace of its own. */
export async function createWorkers(
  native: NativeConnection,
  settings: Settings,
  activities: { filings: FilingActivities & PracticeActivities; operations: OperationsActivities },
): Promise<Worker[]> {
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    ...workflowSource(),
    connection: native,
    shutdownGraceTime: SHUTDOWN_GRACE,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
  };
  return [
    await Worker.create({
      ...common,
      namespace: settings.TEMPORAL_NAMESPACE,
      taskQueue: TASK_QUEUE,
      activities: activities.filings,
      maxCachedWorkflows: settings.WORKER_MAX_CACHED_WORKFLOWS,
    }),
    await Worker.create({
      ...common,
      namespace: settings.TEMPORAL_OPERATIONS_NAMESPACE,
      taskQueue: OPERATIONS_TASK_QUEUE,
      activities: activities.operations,
      maxCachedWorkflows: 10,
    }),
  ];
}
