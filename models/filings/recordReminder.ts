import type { FilingRecord, ReminderOutcome, ReminderRecords, ReminderResult } from '../../domain/filings/record';
import type { Pool } from 'pg';
import { inTransaction } from '../transaction';
import type { Claim } from './claimClientEmail';
import { claimClientEmail } from './claimClientEmail';
import { pendingEmailIds } from './pendingEmails';
import type { CommitResult } from './recordDecision';
import { recordDecision } from './recordDecision';

type Recorded = Extract<CommitResult, { status: 'RECORDED' }> & { outcome: ReminderOutcome };

class NotRecorded extends Error {
  constructor(readonly result: Exclude<ReminderResult, { status: 'RECORDED' }>) {
    super(result.status);
  }
}

/**
 * Commits a reminder to the client in one transaction with the claim of the client's day; safe to repeat. Gives the e-mails that are to be
 * sent. Where nothing is sent for a reason that `records` has no record for, nothing is recorded.
 */
export async function recordReminder(
  db: Pool,
  workflowId: string,
  runId: string,
  records: ReminderRecords,
): Promise<ReminderResult> {
  const { state } = records.sent;
  try {
    const recorded = await inTransaction(db, async (client): Promise<Recorded> => {
      const claim = await claimClientEmail(client, workflowId, records);
      const result = await recordDecision(client, runId, recordOfClaim(claim, records));
      // Nothing of the claim may stay when the decision was not the one to be recorded.
      if (result.status !== 'RECORDED') throw new NotRecorded(result);
      return { ...result, outcome: claim.outcome };
    });
    return { ...recorded, emailIds: await pendingEmailIds(db, state) };
  } catch (error) {
    if (!(error instanceof NotRecorded)) throw error;
    if (error.result.status !== 'BEHIND') return error.result;
    return { ...error.result, emailIds: await pendingEmailIds(db, state) };
  }
}

function recordOfClaim(claim: Claim, { sent, unsent }: ReminderRecords): FilingRecord {
  if (claim.outcome === 'sent') return sent;
  if (unsent?.outcome === claim.outcome && unsent.reason === claim.reason) return unsent.record;
  throw new NotRecorded({ status: 'NOT_SENT', ...claim });
}
