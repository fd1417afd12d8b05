import type { Pool } from 'pg';
import { markTimerSet } from '../../models/communications/schedule';
import { TASK_QUEUE } from '../../settings/temporal';
import { communicationChanged } from '../../workflows/messages';
import type { TemporalGateway } from '../temporalGateway';

const CALL_MS = 5000;

/**
 * Tells the workflow of a scheduled e-mail to look at its row (again), starting it where there is none; safe to repeat, for the row
 * decides. Throws what Temporal's client throws; the relay then tells it.
 */
export async function setTimer(
  { db, temporal }: { db: Pool; temporal: TemporalGateway },
  { id, scheduledAt }: { id: string; scheduledAt: Date },
): Promise<void> {
  const client = temporal.getClient();
  await client.connection.withDeadline(Date.now() + CALL_MS, () =>
    client.workflow.signalWithStart('communicationWorkflow', {
      workflowId: `communication:${id}`,
      taskQueue: TASK_QUEUE,
      args: [id],
      signal: communicationChanged,
      signalArgs: [],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `E-mail to a client at ${scheduledAt.toISOString()}`,
    }),
  );
  await markTimerSet(db, id, scheduledAt);
}
