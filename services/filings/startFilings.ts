import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Pool } from 'pg';
import type { FilingKind } from '../../domain/filings/stages';
import type { Logger } from '../../settings/logger';
import type { TemporalGateway } from '../temporalGateway';
import { filingStart } from './workflowStart';

/** A filing whose row was made. */
export interface OpenedFiling {
  kind: FilingKind;
  filingId: string;
}

const CALL_MS = 5000;

/**
 * Starts the workflows of filings whose rows are committed; one that runs already is left as it is. Never throws: what could not be
 * started now is started by the relay, which looks for rows that no run has taken charge of.
 */
export async function startFilings(
  deps: { db: Pool; temporal: TemporalGateway; logger: Logger; now: () => number },
  filings: readonly OpenedFiling[],
): Promise<void> {
  for (const filing of filings) {
    try {
      await startFiling(deps, filing);
    } catch (error) {
      deps.logger.warn({ ...filing, cause: String(error) }, 'A filing was not started yet: the relay starts it');
    }
  }
}

/** Starts the workflow of one filing, or finds it started. Throws what Temporal's client throws. */
export async function startFiling(
  { db, temporal, now }: { db: Pool; temporal: TemporalGateway; now: () => number },
  { kind, filingId }: OpenedFiling,
): Promise<void> {
  const { workflowType, options } = await filingStart(db, kind, filingId, temporal.showClientNames, now());
  const client = temporal.getClient();
  try {
    await client.connection.withDeadline(Date.now() + CALL_MS, () =>
      client.workflow.start(workflowType, {
        ...options,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
