import type { ClientBase } from 'pg';
import type { BulkActor, BulkWork } from '../../domain/bulk/operations';
import type { RecordOutcome } from '../../models/bulk/bulkOperations';
import { lockPendingRecords, settleRecords } from '../../models/bulk/bulkOperations';
import { inTransaction } from '../../models/transaction';
import { archiveClients, restoreClients } from '../clients/archiveClient';
import { assignClients, setChaseTeams } from '../clients/assignClient';
import type { ChangedClients } from '../clients/changedClients';
import { sendWhatFollows } from '../clients/changedClients';
import type { ClientDependencies } from '../clients/clients';

/** Clients of one transaction: few enough that nobody waits long for one of them. */
const BATCH = 50;

/** What is done to clients. */
export type ClientWork = Exclude<BulkWork, { filingKind: unknown }>;

/** Does the next clients of an operation, together with what became of each; gives how many there were. */
export async function workOnClients(
  deps: ClientDependencies,
  operationId: string,
  by: BulkActor,
  work: ClientWork,
): Promise<number> {
  const done = await inTransaction(deps.db.pool, async (client) => {
    const records = await lockPendingRecords(client, operationId, BATCH);
    if (records.length === 0) return undefined;
    const changed = await change(
      client,
      deps,
      by,
      work,
      records.map(({ recordId }) => recordId),
    );
    const outcomes = changed.outcomes.map(({ label, refusal, changes }, index): RecordOutcome => ({
      position: records[index]?.position ?? 0,
      label,
      status: refusal === null ? 'SUCCEEDED' : 'FAILED',
      reason: refusal,
      changes,
    }));
    await settleRecords(client, operationId, outcomes);
    return changed;
  });
  if (!done) return 0;
  await sendWhatFollows(deps, done);
  return done.outcomes.length;
}

async function change(
  client: ClientBase,
  deps: ClientDependencies,
  by: BulkActor,
  work: ClientWork,
  clientIds: readonly string[],
): Promise<ChangedClients> {
  switch (work.kind) {
    case 'ASSIGN_CLIENTS':
      return await assignClients(client, deps.db, by, clientIds, work.assignment, work.userId);
    case 'SET_CHASE_TEAMS':
      return await setChaseTeams(client, by, clientIds, work.userIds);
    case 'ARCHIVE_CLIENTS':
      return await archiveClients(client, deps.db, by, clientIds);
    default:
      return await restoreClients(client, deps, by, clientIds);
  }
}
