import { Connection } from '@temporalio/client';
import { readSettings } from '../settings/readSettings';
import { required } from '../settings/settings';
import { temporalConnectionOptions, WORKER_DEPLOYMENT } from '../settings/temporal';
import { runCommand } from './runCommand';

/**
 * npm run release:current: from now on workers of the version WORKER_BUILD_ID are given the tasks, of filings in flight too; workers
 * of other versions go on running and get none. Workers of that version must run. Safe to repeat.
 */
runCommand(async () => {
  const settings = readSettings();
  const buildId = required(settings, 'WORKER_BUILD_ID');
  const connection = await Connection.connect(temporalConnectionOptions(settings));
  try {
    for (const namespace of [settings.TEMPORAL_OPERATIONS_NAMESPACE, settings.TEMPORAL_NAMESPACE]) {
      await connection.workflowService.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName: WORKER_DEPLOYMENT,
        buildId,
        identity: 'release:current',
      });
      console.log(`${namespace}: ${WORKER_DEPLOYMENT} ${buildId} is current`);
    }
  } finally {
    await connection.close();
  }
});
