import { proxyActivities, setHandler } from '@temporalio/workflow';
import type { BulkActivities } from '../activities/bulkActivities';
import type { BulkProgress } from '../domain/bulk/operations';
import { bulkProgressQuery } from './messages';

const { workOnBulkOperation } = proxyActivities<BulkActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '2 seconds', maximumInterval: '1 minute' },
});

/** Does what was asked for many records, some at a time, to the end; each record once, whatever happens on the way. */
export async function bulkOperationWorkflow(operationId: string): Promise<BulkProgress> {
  let progress: BulkProgress | null = null;
  setHandler(bulkProgressQuery, () => progress);
  do {
    const summary: string = progress
      ? `${progress.successful + progress.failed} of ${progress.total} records done`
      : 'The first records';
    progress = await workOnBulkOperation.executeWithOptions({ summary }, [operationId]);
  } while (!progress.isFinished);
  return progress;
}
