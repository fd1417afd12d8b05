import type { ClientBase, Pool } from 'pg';
import type { Actor, RequestType } from '../../domain/filings/messages';
import { SYSTEM_ACTOR } from '../../domain/filings/records';
import type { StoredRequest } from '../requests/storeRequest';
import { storeRequest } from '../requests/storeRequest';
import type { ClientFiling } from './clientFilings';

/** A filing that something is asked of. */
export type AskedFilingRow = Pick<ClientFiling, 'kind' | 'route' | 'id' | 'workflowId'>;

/** Who made the change that something follows from. */
export interface Requester {
  name: string;
}

/** What follows for filings from a change of their client. */
export interface Consequence {
  type: RequestType;
  payload: Record<string, unknown>;
  notes: string;
}

/** Stores what follows for a filing, as SYSTEM naming the person; in a transaction it is asked for if, and only if, the change is committed. */
export async function storeConsequence(
  db: Pool | ClientBase,
  by: Requester,
  { kind, id, workflowId, route }: AskedFilingRow,
  { type, payload, notes }: Consequence,
): Promise<StoredRequest> {
  const actor: Actor = { ...SYSTEM_ACTOR, name: `${SYSTEM_ACTOR.name} for ${by.name}` };
  return await storeRequest(db, {
    kind,
    filingId: id,
    workflowId,
    type,
    payload,
    notes,
    actor,
    idempotencyKey: null,
    route: `${type} ${route}/${id}`,
    httpRequestId: null,
  });
}
