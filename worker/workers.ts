import type { NativeConnection, WorkerOptions } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { BackupActivities } from '../activities/backupActivities';
import type { BulkActivities } from '../activities/bulkActivities';
import type { CompaniesHouseActivities } from '../activities/companiesHouseActivities';
import type { CommunicationActivities } from '../activities/communicationActivities';
import type { FilingActivities } from '../activities/filingActivities';
import type { OperationsActivities } from '../activities/operationsActivities';
import type { PracticeActivities } from '../activities/practiceActivities';
import type { Settings } from '../settings/settings';
import { OPERATIONS_TASK_QUEUE, TASK_QUEUE, WORKER_DEPLOYMENT } from '../settings/temporal';
import { activityInterceptor } from './activityInterceptor';
import { workflowSource } from './workflowBundle';

const SHUTDOWN_GRACE = '15 seconds';
/**
 * After a worker was killed its filings wait this long before another one takes them over; the server's own default is ten seconds. Where
 * a thousand fall due at once, those that wait their turn for longer are read anew from their first event: see docs/benchmarks.md.
 */
const STICKY_TIMEOUT = '5 seconds';

/** The worker of filings, and the one of what keeps the system running in a namespace of its own. */
export async function createWorkers(
  native: NativeConnection,
  settings: Settings,
  activities: {
    filings: FilingActivities &
      PracticeActivities &
      BackupActivities &
      BulkActivities &
      CompaniesHouseActivities &
      CommunicationActivities;
    operations: OperationsActivities;
  },
): Promise<Worker[]> {
  const common: Omit<WorkerOptions, 'taskQueue'> = {
    ...(await workflowSource(settings)),
    ...deploymentOf(settings),
    interceptors: { activity: [activityInterceptor] },
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
      maxConcurrentWorkflowTaskExecutions: settings.WORKER_MAX_WORKFLOW_TASKS,
      maxConcurrentLocalActivityExecutions: settings.WORKER_MAX_LOCAL_ACTIVITIES,
      maxConcurrentActivityTaskExecutions: settings.WORKER_MAX_ACTIVITIES,
      workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: settings.WORKER_WORKFLOW_POLLERS },
      activityTaskPollerBehavior: { type: 'simple-maximum', maximum: settings.WORKER_ACTIVITY_POLLERS },
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

/** Where workers name their version, only those of the current one are given tasks, and a filing in flight goes on with it: see docs/releasing.md. */
function deploymentOf({ WORKER_BUILD_ID: buildId }: Settings): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (buildId === undefined) return {};
  return {
    workerDeploymentOptions: {
      version: { deploymentName: WORKER_DEPLOYMENT, buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  };
}
