import type { Pool } from 'pg';
import type { Logger } from '../../settings/logger';
import type { TemporalGateway } from '../temporalGateway';
import { deliverRequest } from './deliverRequest';
import type { OutcomeWaiters, RequestOutcome } from './outcomes';
import { readOutcome } from './outcomes';
import type { NewRequest, StoredRequest } from './storeRequest';
import { storeRequest } from './storeRequest';

interface Dependencies {
  db: Pool;
  temporal: TemporalGateway;
  outcomes: OutcomeWaiters;
  logger: Logger;
  now: () => number;
}

/** A request that is under way, or has ended, after the caller has waited for it. */
export interface AnsweredRequest {
  requestId: string;
  outcome: RequestOutcome;
}

/**
 * Stores a request, sends it to the filing's workflow and waits for the committed outcome. Once it is stored it is never lost: what
 * could not be sent is relayed when Temporal is back. With nothing to wait (0) a new request is PENDING, whatever became of it. Throws
 * IdempotencyKeyReusedError; nothing is stored then.
 */
export async function sendRequest(deps: Dependencies, request: NewRequest, waitMs: number): Promise<AnsweredRequest> {
  return await deliverAndWait(deps, await storeRequest(deps.db, request), waitMs);
}

/** Sends a request that is stored and waits for the committed outcome; one that was stored before is only waited for. */
export async function deliverAndWait(deps: Dependencies, stored: StoredRequest, waitMs: number): Promise<AnsweredRequest> {
  const { db, outcomes, logger } = deps;
  const watch = outcomes.watch(stored.id);
  let isSent = false;
  if (!stored.isNew) {
    const known = await readOutcome(db, stored.id);
    if (known && known.status !== 'PENDING') {
      watch.stop();
      return { requestId: stored.id, outcome: known };
    }
  } else {
    try {
      await deliverRequest(deps, stored);
      isSent = true;
    } catch (error) {
      const { workflowId, type } = stored;
      logger.warn(
        { workflowId, requestType: type, cause: String(error) },
        'A request was stored but not sent yet: the relay sends it',
      );
    }
  }
  const undecided: RequestOutcome = { id: stored.id, status: 'PENDING', code: null, reason: null, result: null };
  if (waitMs === 0) watch.stop();
  // Who does not wait is never told an outcome that happened to be quick: they get the same answer every time.
  const outcome = waitMs === 0 ? undecided : await watch.outcome(waitMs);
  if (outcome?.status === 'PENDING' && isSent) await markSent(db, stored.id, logger);
  return { requestId: stored.id, outcome: outcome ?? undecided };
}

/** Temporal has it: the relay need not send it again for a while. Only written when an answer is late, for it costs a statement. */
async function markSent(db: Pool, requestId: string, logger: Logger): Promise<void> {
  try {
    await db.query(`UPDATE filing_requests SET sent_at = clock_timestamp() WHERE id = $1 AND status = 'PENDING'`, [requestId]);
  } catch (error) {
    logger.warn({ cause: String(error) }, 'A sent request could not be marked: the relay may send it again, to no effect');
  }
}
