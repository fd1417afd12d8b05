import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkActor, BulkWork } from '../../domain/bulk/operations';
import type { AssignmentChange } from '../../domain/clients/assignmentNotice';
import { FILING_DEFINITIONS, filingSubject } from '../../domain/filings/definitions';
import { lockPendingRecords, noteRequest, settleAnswered, settleRecords } from '../../models/bulk/bulkOperations';
import type { FilingAccess } from '../../models/queries/filingAccess';
import { filingAccess } from '../../models/queries/filingAccess';
import { inTransaction } from '../../models/transaction';
import { sendWhatFollows } from '../clients/changedClients';
import type { ClientDependencies } from '../clients/clients';
import type { NewRequest, StoredRequest } from '../requests/storeRequest';
import { storeRequest } from '../requests/storeRequest';
import { findUser } from '../users/users';

/** Filings that are asked together, and waited for. */
const BATCH = 50;
const LOOK_AGAIN_MS = 100;

/** What is done to filings: each is asked, and its workflow decides. */
export type FilingWork = Extract<BulkWork, { filingKind: unknown }>;

/**
 * Asks the next filings of an operation and waits, so long at most, until they have decided. Gives how many records were settled; safe
 * to repeat, since what a filing was asked before it is not asked again.
 */
export async function workOnFilings(
  deps: ClientDependencies,
  operationId: string,
  by: BulkActor,
  work: FilingWork,
  waitMs: number,
): Promise<number> {
  const asked = await storeRequests(deps, operationId, by, work);
  await sendWhatFollows(deps, { requests: asked.requests, opened: [] });
  const until = Date.now() + waitMs;
  let answered = await settleAnswered(deps.db.pool, operationId);
  while (answered < asked.waiting && Date.now() < until) {
    await sleep(LOOK_AGAIN_MS);
    answered += await settleAnswered(deps.db.pool, operationId);
  }
  return asked.refused + answered;
}

async function storeRequests(
  deps: ClientDependencies,
  operationId: string,
  by: BulkActor,
  work: FilingWork,
): Promise<{ requests: StoredRequest[]; waiting: number; refused: number }> {
  const { db } = deps;
  return await inTransaction(db.pool, async (client) => {
    const records = await lockPendingRecords(client, operationId, BATCH);
    const requests: StoredRequest[] = [];
    let refused = 0;
    const isAssigneeMissing =
      work.kind === 'ASSIGN_FILINGS' && work.userId !== null && !(await findUser(client, work.userId))?.isActive;
    for (const { position, recordId, requestId } of records) {
      if (requestId !== null) continue;
      const access = await filingAccess(db, work.filingKind, { userId: by.id, role: by.role }, recordId, client);
      const label = access && filingSubject(work.filingKind, access);
      const reason = isAssigneeMissing ? 'There is no active user with this id' : access ? null : 'there is no such filing';
      if (!access || !label || reason !== null) {
        await settleRecords(client, operationId, [{ position, label: label ?? null, status: 'FAILED', reason, changes: null }]);
        refused += 1;
        continue;
      }
      const request = await storeRequest(client, requestFor(operationId, by, work, access));
      await noteRequest(client, operationId, { position, label, requestId: request.id, changes: changesOf(work, access, label) });
      requests.push(request);
    }
    return { requests, waiting: records.length - refused, refused };
  });
}

function changesOf(work: FilingWork, { assignedUserId }: FilingAccess, label: string): AssignmentChange[] {
  return work.kind === 'ASSIGN_FILINGS' && work.userId !== assignedUserId
    ? [{ subject: label, work: 'filing', fromUserId: assignedUserId, toUserId: work.userId }]
    : [];
}

function requestFor(operationId: string, by: BulkActor, work: FilingWork, access: FilingAccess): NewRequest {
  const { route } = FILING_DEFINITIONS[work.filingKind];
  const isMove = work.kind === 'MOVE_FILINGS';
  return {
    kind: work.filingKind,
    filingId: access.id,
    workflowId: access.workflowId,
    type: isMove ? 'stageTransition' : 'reassign',
    payload: isMove
      ? {
          stage: work.stage,
          ...(work.notes === null ? {} : { hasNote: true }),
          ...(work.needsSecondPerson ? { needsSecondPerson: true } : {}),
        }
      : { assignedUserId: work.userId, name: work.userName },
    notes: isMove ? work.notes : null,
    actor: { userId: by.id, name: by.name, role: by.role, relation: access.relation },
    idempotencyKey: `bulk:${operationId}`,
    route: `${route} bulk ${access.id}`,
    httpRequestId: null,
  };
}
