import type { SuppressionReason } from '../../domain/chasing/suppression';
import type { FilingRecord, RecordResult, ReminderOutcome, ReminderRecords } from '../../domain/filings/record';
import type { FilingState } from '../../domain/filings/state';
import type { Pool } from 'pg';
import { inTransaction } from '../transaction';
import { claimClientEmail } from './claimClientEmail';
import { pendingEmailIds } from './pendingEmails';
import { recordDecision } from './recordDecision';

class NotRecorded extends Error {
  constructor(readonly result: Exclude<RecordResult, { status: 'RECORDED' }>) {
    super(result.status);
  }
}

interface CommittedReminder {
  outcome: ReminderOutcome;
  state?: FilingState;
  decidedAt?: number;
  clientName?: string;
}

/**
 * Commits a reminder to the client in one transaction with the claim of the client's day; safe to repeat.
 * Gives which of the records was committed, and the e-mails that are to be sent.
 */
export async function recordReminder(
  db: Pool,
  workflowId: string,
  runId: string,
  records: ReminderRecords,
): Promise<RecordResult> {
  try {
    const committed = await inTransaction(db, async (client): Promise<CommittedReminder> => {
      const claim = await claimClientEmail(client, workflowId, records);
      const record = records[claim.outcome];
      if (record === null) return { outcome: claim.outcome };
      const result = await recordDecision(client, runId, claim.outcome === 'unsendable' ? because(record, claim.reason) : record);
      // Nothing of the claim may stay when the decision was not the one to be recorded.
      if (result.status !== 'RECORDED') throw new NotRecorded(result);
      return { ...result, outcome: claim.outcome };
    });
    return { status: 'RECORDED', ...committed, emailIds: await pendingEmailIds(db, records.sent.state) };
  } catch (error) {
    if (!(error instanceof NotRecorded)) throw error;
    if (error.result.status !== 'BEHIND') return error.result;
    return { ...error.result, emailIds: await pendingEmailIds(db, records.sent.state) };
  }
}

/** The workflow does not know why the client cannot be written to: the ledger says it. */
function because(record: FilingRecord, reason: SuppressionReason): FilingRecord {
  const settle = record.ledger.settle.map((row) => (row.reason === 'NO_ADDRESS' ? { ...row, reason } : row));
  return { ...record, ledger: { ...record.ledger, settle } };
}
