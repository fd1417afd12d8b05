import { londonDateOf } from '../../domain/calendar/london';
import type { BulkActor } from '../../domain/bulk/operations';
import type { RecordOutcome } from '../../models/bulk/bulkOperations';
import { lockPendingRecords, settleRecords } from '../../models/bulk/bulkOperations';
import { inTransaction } from '../../models/transaction';
import { handFilingsOver } from '../clients/assignClient';
import { sendWhatFollows } from '../clients/changedClients';
import type { ClientDependencies } from '../clients/clients';
import { openDueFilings } from '../filings/openFilings';
import type { OpenedFiling } from '../filings/startFilings';
import type { StoredRequest } from '../requests/storeRequest';

/** Clients of one transaction. */
const BATCH = 50;

/** Opens and hands over the filings of the next clients that an import made or changed; gives how many clients there were. */
export async function followImport(deps: ClientDependencies, operationId: string, by: BulkActor): Promise<number> {
  const today = londonDateOf(deps.now());
  const done = await inTransaction(deps.db.pool, async (client) => {
    const records = await lockPendingRecords(client, operationId, BATCH);
    const clientIds = records.map(({ recordId }) => recordId);
    const opened: OpenedFiling[] = [];
    const requests: StoredRequest[] = [];
    for (const clientId of clientIds) {
      opened.push(...(await openDueFilings(client, clientId, today, { userId: by.id, name: by.name })));
    }
    requests.push(...(await handFilingsOver(client, by, clientIds)));
    const outcomes = records.map(({ position }): RecordOutcome => ({
      position,
      label: null,
      status: 'SUCCEEDED',
      reason: null,
      changes: null,
    }));
    await settleRecords(client, operationId, outcomes);
    return { opened, requests, count: records.length };
  });
  await sendWhatFollows(deps, done);
  return done.count;
}
