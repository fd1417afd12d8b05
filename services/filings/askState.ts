import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { FilingStateAnswer } from '../../workflows/filingStateAnswer';
import { filingStateQuery, STILL_BEING_READ } from '../../workflows/messages';

const PAUSE_MS = 100;
const LONGEST_MS = 5000;
/** Temporal refuses a query with one code for this and, for one, a task queue that no worker polls. */
const TASK_FAILING = /workflow task in failed state/i;

/**
 * The live state of a filing; everything that was sent before it is asked for has been taken. A run that has begun a moment ago is
 * asked again until it has read its filing. Throws what the query throws.
 */
export async function askState(handle: WorkflowHandle): Promise<FilingStateAnswer> {
  const end = Date.now() + LONGEST_MS;
  for (;;) {
    try {
      return await handle.query(filingStateQuery);
    } catch (error) {
      if (!isStillBeingRead(error) || Date.now() > end) throw error;
      await delay(PAUSE_MS);
    }
  }
}

/** What a query throws comes as a query that is not known, or as a failure of the service with that cause. */
function isStillBeingRead(error: unknown): boolean {
  return error instanceof Error && [error, error.cause].some((failure) => String(failure).includes(STILL_BEING_READ));
}

/** Whether a query threw because the workflow's task has failed, or lost its worker, three times: Temporal asks no worker then. */
export function isTaskFailing(error: unknown): boolean {
  return error instanceof ServiceError && isGrpcServiceError(error.cause) && TASK_FAILING.test(error.cause.details);
}
