import type { Pool } from 'pg';
import type { Logger } from '../../settings/logger';
import type { TemporalGateway } from '../temporalGateway';
import { deliverRequest } from './deliverRequest';
import type { StoredRequest } from './storeRequest';

/** Sends stored requests, one after the other. Never throws: what cannot be sent now is sent by the relay. */
export async function deliverRequests(
  deps: { db: Pool; temporal: TemporalGateway; logger: Logger; now: () => number },
  requests: readonly StoredRequest[],
): Promise<void> {
  for (const request of requests) {
    await deliverRequest(deps, request).catch((error: unknown) => {
      const { workflowId } = request;
      deps.logger.warn({ workflowId, cause: String(error) }, 'A request was stored but not sent yet: the relay sends it');
    });
  }
}
