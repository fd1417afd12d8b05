import { WorkflowNotFoundError } from '@temporalio/client';
import { askState, isTaskFailing } from '../../services/filings/askState';
import type { ApiDependencies } from '../dependencies';
import { ApiError } from '../errors';

const ANSWER_MS = 5000;

interface LiveWorkflow extends Record<string, unknown> {
  workflowId: string;
  runId: string;
  status: string;
  temporalUiUrl: string | null;
}

/** What a filing's workflow says of itself now. Throws UNAVAILABLE where Temporal or a worker does not answer. */
export async function liveWorkflow({ temporal, settings }: ApiDependencies, workflowId: string): Promise<LiveWorkflow> {
  const client = temporal.getClient();
  const handle = client.workflow.getHandle(workflowId);
  return await client.connection.withDeadline(Date.now() + ANSWER_MS, async () => {
    try {
      // The query waits for what was sent before it, so that the status read after it fits the stage.
      const state = await askState(handle);
      const { runId, status } = await handle.describe();
      const base = settings.TEMPORAL_UI_URL?.replace(/\/$/, '');
      const path = `/namespaces/${settings.TEMPORAL_NAMESPACE}/workflows/${encodeURIComponent(workflowId)}/${runId}/history`;
      return { ...state, workflowId, runId, status: status.name, temporalUiUrl: base ? base + path : null };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) {
        throw new ApiError('UNAVAILABLE', 'The filing’s workflow has not been started yet: try again in a minute');
      }
      const message = isTaskFailing(error)
        ? 'The filing’s workflow task keeps failing, so it does not move: its history in the Temporal UI says why. Tell whoever runs the system'
        : 'The filing’s workflow does not answer: Temporal or its workers are down. Try again';
      throw new ApiError('UNAVAILABLE', message, [], { 'Retry-After': '5' }, error);
    }
  });
}
