import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Pool } from 'pg';
import { rejectClosed } from '../../domain/filings/decideRequest';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { loadFiling } from '../../models/filings/loadFiling';
import { recordRejection } from '../../models/filings/recordRejection';
import { filingStart } from '../filings/workflowStart';
import type { TemporalGateway } from '../temporalGateway';
import type { StoredRequest } from './storeRequest';

const CALL_MS = 5000;

interface Dependencies {
  db: Pool;
  temporal: TemporalGateway;
  now: () => number;
}

/**
 * Hands a stored request to its filing's workflow; safe to repeat. A workflow that never started is started with it; one that has
 * ended rejects it, unless it asks to reopen the filing. Throws what Temporal's client throws; the request then stays PENDING.
 */
export async function deliverRequest(deps: Dependencies, request: StoredRequest): Promise<void> {
  const client = deps.temporal.getClient();
  await client.connection.withDeadline(Date.now() + CALL_MS, async () => {
    if (request.type === 'reopen') return await signalWithStart(deps, client, request, 'ALLOW_DUPLICATE');
    try {
      await client.workflow.getHandle(request.workflowId).signal(request.type, signalBody(request));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      await deliverWithoutRun(deps, client, request);
    }
  });
}

async function deliverWithoutRun(deps: Dependencies, client: Client, request: StoredRequest): Promise<void> {
  if (await rejectIfClosed(deps, request)) return;
  try {
    await signalWithStart(deps, client, request, 'REJECT_DUPLICATE');
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // It ended in between, or its last run was terminated: the row says which.
    await rejectIfClosed(deps, request);
  }
}

async function signalWithStart(
  { db, temporal, now }: Dependencies,
  client: Client,
  request: StoredRequest,
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' | 'REJECT_DUPLICATE',
): Promise<void> {
  const { workflowType, options } = await filingStart(db, request.kind, request.filingId, temporal.showClientNames, now());
  await client.workflow.signalWithStart(workflowType, {
    ...options,
    workflowIdReusePolicy,
    signal: request.type,
    signalArgs: [signalBody(request)],
  });
}

/** Answers a request for a filing that has ended, whose workflow can no longer do so. */
async function rejectIfClosed({ db, temporal }: Dependencies, request: StoredRequest): Promise<boolean> {
  const { state } = await loadFiling(db, request.kind, request.filingId, temporal.showClientNames);
  if (state.outcome === null) return false;
  const { code, reason } = rejectClosed(FILING_DEFINITIONS[request.kind], state);
  await recordRejection(db, state, {
    requestId: request.id,
    name: request.type,
    actor: request.actor,
    code,
    reason,
  });
  return true;
}

function signalBody({ id, payload, actor }: StoredRequest): Record<string, unknown> {
  return { ...payload, requestId: id, actor };
}
