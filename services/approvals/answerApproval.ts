import type { ApprovalStatus } from '../../domain/approvals/approval';
import { approvalStatus } from '../../domain/approvals/approval';
import type { Actor, ClientDecisionName } from '../../domain/filings/messages';
import type { SentApproval } from '../../models/approvals/approvalLinks';
import { lockApprovalLink, markAnswered, readSentApproval } from '../../models/approvals/approvalLinks';
import type { Database } from '../../models';
import { inTransaction } from '../../models/transaction';
import type { Logger } from '../../settings/logger';
import { idOfToken } from '../links/signedToken';
import type { OutcomeWaiters } from '../requests/outcomes';
import { deliverAndWait } from '../requests/sendRequest';
import type { StoredRequest } from '../requests/storeRequest';
import { storeRequest } from '../requests/storeRequest';
import type { TemporalGateway } from '../temporalGateway';

/** How long the client's browser waits for the workflow; what is stored is carried out later all the same. */
const WAIT_MS = 5000;

interface Dependencies {
  db: Database;
  temporal: TemporalGateway;
  outcomes: OutcomeWaiters;
  logger: Logger;
  now: () => number;
}

/** A sending with where it stands now. */
export interface ShownApproval {
  sent: SentApproval;
  status: ApprovalStatus;
}

/** What a client answers. */
export interface ApprovalAnswer {
  decision: ClientDecisionName;
  /** Stays in the database. */
  comment: string | null;
}

/** What a link leads to; undefined for a token that was never mailed. Reading it uses nothing up. */
export async function readApproval(
  { db, now }: Pick<Dependencies, 'db' | 'now'>,
  token: string,
  appSecret: string,
): Promise<ShownApproval | undefined> {
  const linkId = idOfToken('approval link', token, appSecret);
  const sent = linkId === undefined ? undefined : await readSentApproval(db.pool, linkId);
  return sent && { sent, status: approvalStatus(sent, now()) };
}

/**
 * Stores the client's answer, once for each link, and sends it to the filing's workflow. Gives the sending as it stands after that;
 * `isFirst` is false where the link no longer counted, and nothing was stored.
 */
export async function answerApproval(
  deps: Dependencies,
  linkId: string,
  answer: ApprovalAnswer,
  httpRequestId: string,
): Promise<ShownApproval & { isFirst: boolean }> {
  const { db, now } = deps;
  const stored = await inTransaction(db.pool, async (client): Promise<StoredRequest | undefined> => {
    await lockApprovalLink(client, linkId);
    const sent = await readSentApproval(client, linkId);
    if (!sent || approvalStatus(sent, now()) !== 'OPEN') return undefined;
    const request = await storeRequest(client, {
      kind: sent.filingKind,
      filingId: sent.filingId,
      workflowId: sent.workflowId,
      type: 'clientDecision',
      payload: { sendingId: linkId, sequence: sent.sequence, decision: answer.decision },
      notes: answer.comment,
      actor: clientActor(deps.temporal.showClientNames ? sent.contactName : 'The client'),
      idempotencyKey: null,
      route: `approve ${linkId}`,
      httpRequestId,
    });
    await markAnswered(client, linkId, request.id, now());
    return request;
  });
  if (stored) await deliverAndWait({ ...deps, db: db.pool }, stored, WAIT_MS);
  const sent = await readSentApproval(db.pool, linkId);
  if (!sent) throw new Error(`There is no approval link ${linkId}`);
  return { sent, status: approvalStatus(sent, now()), isFirst: stored !== undefined };
}

function clientActor(name: string): Actor {
  return { userId: null, name, role: 'CLIENT', relation: 'none' };
}
