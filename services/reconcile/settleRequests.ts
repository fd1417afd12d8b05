import type { Pool } from 'pg';
import type { Actor } from '../../domain/filings/messages';
import { recordRejection } from '../../models/filings/recordRejection';
import type { WorkflowNow } from './readWorkflow';

const LOST = 'Its answer was lost when a backup was brought back: ask again';

/** Answers requests that wait in the database and that the workflow refused already: it would not answer them a second time. */
export async function settleRequests(db: Pool, { state, lastOutcomes }: WorkflowNow): Promise<void> {
  const { rows } = await db.query<{ id: string; type: string; actor: Actor }>(
    `SELECT id, type::text, actor FROM filing_requests WHERE filing_id = $1 AND status = 'PENDING' AND id = ANY($2)`,
    [state.filingId, state.decidedRequestIds],
  );
  for (const { id, type, actor } of rows) {
    const reason = lastOutcomes.find(({ requestId, applied }) => requestId === id && !applied)?.reason ?? LOST;
    await recordRejection(db, state, { requestId: id, name: type, actor, code: 'LOST_IN_RESTORE', reason });
  }
}
