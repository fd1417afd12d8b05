import type { ClientBase } from 'pg';
import { londonDateOf } from '../../domain/calendar/london';
import type { Database } from '../../models';
import { readClientDates } from '../../models/filings/clientDates';
import { inTransaction } from '../../models/transaction';
import { storeConsequence } from '../filings/storeConsequence';
import type { ClientFiling } from '../filings/clientFilings';
import { areFilingsChanging, clientFilings, isOpen } from '../filings/clientFilings';
import { openDueFilings } from '../filings/openFilings';
import type { OpenedFiling } from '../filings/startFilings';
import type { StoredRequest } from '../requests/storeRequest';
import type { ChangedClients, ClientOutcome } from './changedClients';
import { lockClients, sendWhatFollows } from './changedClients';
import type { ClientDependencies, Person } from './clients';
import { changeClient } from './clients';
import { restoreVatFilings } from './vatRegistrationEnds';

/** How a filing's row says that it was cancelled because its client left; restoring looks for it. */
const ARCHIVED = 'The client was archived';

/** The client cannot be archived or restored now; the message says why. */
export class NotArchivableError extends Error {}

/** Archives a client: its open filings are cancelled. False for an unknown client. Throws NotArchivableError. */
export async function archiveClient(deps: ClientDependencies, by: Person, clientId: string): Promise<boolean> {
  return await changeOne(deps, (client) => archiveClients(client, deps.db, by, [clientId]));
}

/** Restores a client: what archiving cancelled is reopened, and what is due is opened. False for an unknown client. Throws NotArchivableError. */
export async function restoreClient(deps: ClientDependencies, by: Person, clientId: string): Promise<boolean> {
  return await changeOne(deps, (client) => restoreClients(client, deps, by, [clientId]));
}

async function changeOne(deps: ClientDependencies, change: (client: ClientBase) => Promise<ChangedClients>): Promise<boolean> {
  const changed = await inTransaction(deps.db.pool, change);
  const [outcome] = changed.outcomes;
  if (!outcome || outcome.label === null) return false;
  if (outcome.refusal !== null) throw new NotArchivableError(`This cannot be done: ${outcome.refusal}`);
  await sendWhatFollows(deps, changed);
  return true;
}

/** Archives clients within the caller's transaction, who sends what follows: their open filings are asked to be cancelled. */
export async function archiveClients(
  client: ClientBase,
  db: Database,
  by: Person,
  clientIds: readonly string[],
): Promise<ChangedClients> {
  const locked = await lockClients(client, clientIds);
  const outcomes: ClientOutcome[] = [];
  const requests: StoredRequest[] = [];
  for (const clientId of clientIds) {
    const found = locked.get(clientId);
    const refusal = archiveRefusal(found);
    outcomes.push({ clientId, label: found?.clientCode ?? null, refusal, changes: [] });
    if (refusal !== null) continue;
    await changeClient(client, db, by, clientId, { isActive: false }, 'CLIENT_ARCHIVED');
    const notes = `${ARCHIVED} by ${by.name}`;
    for (const filing of (await clientFilings(client, clientId)).filter(isOpen)) {
      requests.push(await storeConsequence(client, by, filing, { type: 'cancelFiling', payload: {}, notes }));
    }
  }
  return { outcomes, requests, opened: [] };
}

/** Restores clients within the caller's transaction, who sends what follows. */
export async function restoreClients(
  client: ClientBase,
  { db, now }: Pick<ClientDependencies, 'db' | 'now'>,
  by: Person,
  clientIds: readonly string[],
): Promise<ChangedClients> {
  const locked = await lockClients(client, clientIds);
  const outcomes: ClientOutcome[] = [];
  const requests: StoredRequest[] = [];
  const opened: OpenedFiling[] = [];
  for (const clientId of clientIds) {
    const found = locked.get(clientId);
    const refusal = restoreRefusal(found) ?? (await cancellationRefusal(client, clientId));
    outcomes.push({ clientId, label: found?.clientCode ?? null, refusal, changes: [] });
    if (refusal !== null) continue;
    await changeClient(client, db, by, clientId, { isActive: true }, 'CLIENT_RESTORED');
    const notes = `The client was restored by ${by.name}`;
    for (const filing of (await clientFilings(client, clientId)).filter(isCancelledByArchiving)) {
      requests.push(await storeConsequence(client, by, filing, { type: 'reopen', payload: { hasNote: true }, notes }));
    }
    const dates = await readClientDates(client, clientId);
    if (dates) requests.push(...(await restoreVatFilings(client, by, dates, ARCHIVED, notes)));
    opened.push(...(await openDueFilings(client, clientId, londonDateOf(now()), { userId: by.id, name: by.name })));
  }
  return { outcomes, requests, opened };
}

/** Why a client cannot be archived; null where it can. */
export function archiveRefusal(client: { isActive: boolean } | undefined): string | null {
  if (!client) return 'there is no such client';
  return client.isActive ? null : 'the client is archived already';
}

/** Why a client cannot be restored; null where it can. */
export function restoreRefusal(client: { isActive: boolean } | undefined): string | null {
  if (!client) return 'there is no such client';
  return client.isActive ? 'the client is not archived' : null;
}

/** A filing that is still being cancelled would miss being reopened. */
async function cancellationRefusal(db: ClientBase, clientId: string): Promise<string | null> {
  const isUnderWay = await areFilingsChanging(db, clientId, ['cancelFiling']);
  return isUnderWay ? 'its filings are still being cancelled: try again in a moment' : null;
}

/** VAT filings come back as far as the registration reaches. */
function isCancelledByArchiving({ kind, isCancelled, cancelReason }: ClientFiling): boolean {
  return kind !== 'VAT_QUARTER' && isCancelled && cancelReason?.startsWith(ARCHIVED) === true;
}
