import { WorkflowNotFoundError } from '@temporalio/client';
import { newId } from '../../models/ids';
import { TASK_QUEUE } from '../../settings/temporal';
import type { CompaniesHouseRefresh, RefreshProgress } from '../../workflows/messages';
import { refreshProgressQuery } from '../../workflows/messages';
import type { Person } from '../clients/clients';
import type { TemporalGateway } from '../temporalGateway';

const CALL_MS = 5000;

/** A refresh as it stands. */
export interface RefreshStatus {
  id: string;
  status: string;
  requestedByUserId: string | null;
  progress: RefreshProgress;
}

/** Starts a refresh of clients for a person; gives its id. Throws what Temporal's client throws. */
export async function startRefresh(
  temporal: TemporalGateway,
  by: Person,
  clientIds: string[],
  isBackground: boolean,
): Promise<string> {
  const client = temporal.getClient();
  const id = newId();
  const input: CompaniesHouseRefresh = { by: { id: by.id, name: by.name }, clientIds, isBackground };
  await client.connection.withDeadline(Date.now() + CALL_MS, () =>
    client.workflow.start('refreshFromCompaniesHouse', {
      workflowId: workflowIdOf(id),
      taskQueue: TASK_QUEUE,
      args: [input],
      memo: { requestedByUserId: by.id },
      staticSummary: `Companies House: ${clientIds.length} ${clientIds.length === 1 ? 'client' : 'clients'}, asked for by ${by.name}`,
    }),
  );
  return id;
}

/** Waits for a refresh to end; undefined where it takes longer. */
export async function refreshResult(temporal: TemporalGateway, id: string, waitMs: number): Promise<RefreshProgress | undefined> {
  const client = temporal.getClient();
  const handle = client.workflow.getHandle<(input: CompaniesHouseRefresh) => Promise<RefreshProgress>>(workflowIdOf(id));
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((done) => {
    timer = setTimeout(done, waitMs, undefined);
  });
  const result = client.connection.withDeadline(Date.now() + waitMs + CALL_MS, () => handle.result());
  // Nobody waits for it once the time is over.
  result.catch(() => {});
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** How a refresh stands; undefined for an unknown one. Throws what Temporal's client throws. */
export async function refreshStatus(temporal: TemporalGateway, id: string): Promise<RefreshStatus | undefined> {
  const client = temporal.getClient();
  const handle = client.workflow.getHandle(workflowIdOf(id));
  return await client.connection.withDeadline(Date.now() + CALL_MS, async () => {
    try {
      const { status, memo } = await handle.describe();
      const progress = await handle.query(refreshProgressQuery);
      const requestedBy = memo?.['requestedByUserId'];
      return { id, status: status.name, requestedByUserId: typeof requestedBy === 'string' ? requestedBy : null, progress };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  });
}

function workflowIdOf(id: string): string {
  return `companies-house-refresh:${id}`;
}
