import type { RecordResult, ReminderOutcome, ReminderRecords } from '../../domain/filings/record';
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
    const outcome = await inTransaction(db, async (client): Promise<ReminderOutcome> => {
      const claimed = await claimClientEmail(client, workflowId, records);
      const record = records[claimed];
      if (record === null) return claimed;
      const result = await recordDecision(client, runId, record);
      // Nothing of the claim may stay when the decision was not the one to be recorded.
      if (result.status !== 'RECORDED') throw new NotRecorded(result);
      return claimed;
    });
    return { status: 'RECORDED', outcome, emailIds: await pendingEmailIds(db, records.sent.state.filingId) };
  } catch (error) {
    if (!(error instanceof NotRecorded)) throw error;
    if (error.result.status !== 'BEHIND') return error.result;
    return { ...error.result, emailIds: await pendingEmailIds(db, records.sent.state.filingId) };
  }
}
