import { ApplicationFailure } from '@temporalio/common';
import type { BulkProgress } from '../domain/bulk/operations';
import { workOnBulkOperation } from '../services/bulk/bulkOperation';
import type { ClientDependencies } from '../services/clients/clients';
import { withHeartbeat } from './withHeartbeat';

const WAIT_MS = 30_000;

/** What a bulk operation's workflow asks of the world; safe to repeat. */
export interface BulkActivities {
  workOnBulkOperation(operationId: string): Promise<BulkProgress>;
}

export function createBulkActivities(deps: ClientDependencies): BulkActivities {
  return {
    workOnBulkOperation: (operationId) =>
      withHeartbeat(async () => {
        const { hasMoved, ...progress } = await workOnBulkOperation(deps, operationId, WAIT_MS);
        // Tried again with growing pauses, which leave nothing in the history.
        if (!hasMoved && !progress.isFinished) {
          throw ApplicationFailure.create({ message: 'No filing has answered yet: they are looked at again', type: 'NO_ANSWER' });
        }
        return progress;
      }),
  };
}
