import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TASK_QUEUE } from '../../settings/temporal';
import type { ChasePolicyRollout } from '../../domain/chasing/policy';
import type { TemporalGateway } from '../temporalGateway';

const CALL_MS = 5000;

/** Starts telling the filings in flight of a policy; one that runs, or has run, is left as it is. Throws what Temporal's client throws. */
export async function startRollout(temporal: TemporalGateway, rollout: ChasePolicyRollout): Promise<void> {
  const { policyKind, clientId, version } = rollout;
  const client = temporal.getClient();
  try {
    await client.connection.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow.start('chasePolicyRollout', {
        workflowId: `chase-policy-rollout:${policyKind}:${clientId ?? 'practice'}:${version}`,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        taskQueue: TASK_QUEUE,
        args: [rollout],
        staticSummary: `Chase policy ${policyKind} version ${version}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
