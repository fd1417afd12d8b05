import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApprovalContent } from '../../domain/approvals/approval';
import type { RequestType } from '../../domain/filings/messages';
import type { FilingKind } from '../../domain/filings/stages';
import type { FilingAccess } from '../../models/queries/filingAccess';
import type { AnsweredRequest } from '../../services/requests/sendRequest';
import { sendRequest } from '../../services/requests/sendRequest';
import type { SignedInUser } from '../../services/sessions/readSession';
import type { ApiEnv } from '../context';
import type { ApiDependencies } from '../dependencies';
import type { Answer } from '../endpoint';
import { ApiError } from '../errors';
import { underKey, waitSeconds } from '../requestHeaders';
import { presentCommitted } from './present';
import type { FilingSchema } from './schemas';

/** What a person asks of a filing. */
export interface Asked {
  type: RequestType;
  payload: Record<string, unknown>;
  /** What the person asked for, where the payload has more that follows from it. */
  asked?: Record<string, unknown>;
  notes?: string | undefined;
  /** What the client is to see, for a move that sends the filing to them. */
  approval?: ApprovalContent | undefined;
  /** Names the route, without its record. */
  route: string;
}

/** A request with the filing that it went to. */
export interface AskedFiling extends AnsweredRequest {
  kind: FilingKind;
  type: RequestType;
  workflowId: string;
}

/** Stores and sends what is asked of a filing, and waits for the committed outcome. Throws IDEMPOTENCY_KEY_REUSED. */
export async function ask(
  deps: ApiDependencies,
  c: Context<ApiEnv>,
  user: SignedInUser,
  { kind, access }: { kind: FilingKind; access: FilingAccess },
  { type, payload, asked, notes, approval, route }: Asked,
): Promise<AskedFiling> {
  const note = notes?.trim() === '' ? undefined : notes;
  const request = {
    kind,
    filingId: access.id,
    workflowId: access.workflowId,
    type,
    payload: note === undefined ? payload : { ...payload, hasNote: true },
    asked,
    notes: note ?? null,
    approval: approval ?? null,
    actor: { userId: user.id, name: user.name, role: user.role, relation: access.relation },
    route: `${route} ${access.id}`,
    httpRequestId: c.get('requestId'),
  };
  const logger = c.get('logger').child({ workflowId: access.workflowId, requestType: type });
  const waitMs = waitSeconds(c) * 1000;
  const answered = await underKey(c, (idempotencyKey) =>
    sendRequest({ ...deps, db: deps.db.pool, logger }, { ...request, idempotencyKey }, waitMs),
  );
  return { ...answered, kind, type, workflowId: access.workflowId };
}

/** The answer that a decided, or still undecided, request gets: 200 with the committed row, 202, or a refusal (409). */
export function answerOf(
  deps: ApiDependencies,
  c: Context<ApiEnv>,
  { requestId, outcome, kind, type, workflowId }: AskedFiling,
): Answer<z.infer<typeof FilingSchema>> {
  const { status } = outcome;
  c.set('logger', c.get('logger').child({ workflowId, filingRequestId: requestId, requestType: type, outcome: status }));
  if (status === 'REJECTED') {
    const code = type === 'stageTransition' ? 'TRANSITION_REJECTED' : 'REQUEST_REJECTED';
    const reason = outcome.reason ?? 'The request was refused';
    throw new ApiError(code, reason, [{ path: 'reason', message: outcome.code ?? 'REJECTED' }]);
  }
  const headers = { Location: `/api/v1/filing-requests/${requestId}` };
  if (status === 'APPLIED' && outcome.result) {
    return { data: presentCommitted(deps.db, kind, outcome.result, deps.now()), message: 'Done', headers };
  }
  return {
    status: 202,
    message: 'The request is stored and on its way: it is carried out, once, as soon as possible',
    extra: { data: { requestId, status } },
    headers: { ...headers, 'Preference-Applied': 'respond-async' },
  };
}
