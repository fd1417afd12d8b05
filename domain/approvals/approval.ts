import type { FilingDefinition } from '../filings/definition';
import { stageDefinition } from '../filings/definitions';
import type { FilingRecord } from '../filings/record';
import type { Stage } from '../filings/stages';

/** How long a client can answer by a link. */
export const APPROVAL_VALID_DAYS = 30;

/** A figure that the client approves: `Net VAT to pay`, `£1,234.56`. */
export interface ApprovalFigure {
  label: string;
  value: string;
}

/** What a client sees besides client, period and what is approved, as given with the move. */
export interface ApprovalContent {
  note?: string | undefined;
  figures?: ApprovalFigure[] | undefined;
  /** https. */
  attachmentUrl?: string | undefined;
}

/** Whether a filing in this stage waits for the client's approval. */
export function awaitsApproval(definition: FilingDefinition, stage: Stage): boolean {
  return stageDefinition(definition, stage).chases === 'APPROVAL';
}

/** Whether a decision sends the filing to the client: it enters the stage, or is opened again in it. */
export function sendsToClient(definition: FilingDefinition, { state, transition, action }: FilingRecord): boolean {
  if (state.outcome !== null || !awaitsApproval(definition, state.stage)) return false;
  const isEntered = transition !== null && transition.fromStage !== transition.toStage;
  return isEntered || (transition === null && action === 'FILING_REOPENED');
}

/** Where a sending to a client stands. */
export type ApprovalStatus = 'OPEN' | 'ANSWERED' | 'REVOKED' | 'EXPIRED';

/** `now` is epoch ms. */
export function approvalStatus(
  { answeredAt, revokedAt, expiresAt }: { answeredAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: number,
): ApprovalStatus {
  if (answeredAt !== null) return 'ANSWERED';
  if (revokedAt !== null) return 'REVOKED';
  return expiresAt.getTime() > now ? 'OPEN' : 'EXPIRED';
}
