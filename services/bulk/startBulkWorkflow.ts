import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TASK_QUEUE } from '../../settings/temporal';
import type { TemporalGateway } from '../temporalGateway';

const CALL_MS = 5000;

/** Starts the workflow that goes on with an operation to its end; one that runs already is left as it is. Throws what Temporal's client throws. */
export async function startBulkWorkflow(temporal: TemporalGateway, operationId: string): Promise<void> {
  const client = temporal.getClient();
  try {
    await client.connection.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow.start('bulkOperationWorkflow', {
        workflowId: `bulk-operation:${operationId}`,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue: TASK_QUEUE,
        args: [operationId],
        staticSummary: 'Bulk operation',
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
