import type { ClientBase } from 'pg';
import type { AssignmentChange } from '../../domain/clients/assignmentNotice';
import { atOnce } from '../atOnce';
import type { OpenedFiling } from '../filings/startFilings';
import { startFilings } from '../filings/startFilings';
import { deliverRequests } from '../requests/deliverRequests';
import type { StoredRequest } from '../requests/storeRequest';
import type { ClientDependencies } from './clients';

/** What became of one client of several. */
export interface ClientOutcome {
  clientId: string;
  /** Its code; null for an unknown one. */
  label: string | null;
  /** Why nothing was changed; null where it was, or was so already. */
  refusal: string | null;
  /** What the people concerned are to be told. */
  changes: AssignmentChange[];
}

/** What a transaction did to clients, and what is to be sent once it has committed. */
export interface ChangedClients {
  outcomes: ClientOutcome[];
  requests: StoredRequest[];
  opened: OpenedFiling[];
}

/** A client as the verbs about many of them look at it. */
export interface LockedClient {
  id: string;
  clientCode: string;
  companyName: string;
  isActive: boolean;
  /** The value of the column that was asked for. */
  value: unknown;
}

/** Reads clients by their ids, each with one column more, and keeps others from changing them until the transaction ends. */
export async function lockClients(
  db: ClientBase,
  clientIds: readonly string[],
  column = 'NULL',
): Promise<Map<string, LockedClient>> {
  const { rows } = await db.query<LockedClient>(
    `SELECT id, client_code AS "clientCode", company_name AS "companyName", is_active AS "isActive", ${column} AS value
     FROM clients WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
    [clientIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Sends what a committed change asks for; never throws, for what cannot be sent now the relay sends. */
export async function sendWhatFollows(
  deps: ClientDependencies,
  { requests, opened }: Pick<ChangedClients, 'requests' | 'opened'>,
): Promise<void> {
  const reached = { ...deps, db: deps.db.pool };
  const filings = new Map<string, StoredRequest[]>();
  for (const request of requests) filings.set(request.filingId, [...(filings.get(request.filingId) ?? []), request]);
  await atOnce([...filings.values()], (asked) => deliverRequests(reached, asked));
  await atOnce(opened, (filing) => startFilings(reached, [filing]));
}
