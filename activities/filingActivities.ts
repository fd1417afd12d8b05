import { activityInfo, log } from '@temporalio/activity';
import { sendsToClient } from '../domain/approvals/approval';
import { FILING_DEFINITIONS } from '../domain/filings/definitions';
import type { FilingDates } from '../domain/filings/definition';
import type { FilingRecord, RecordResult, RejectionRecord, ReminderRecords, ReminderResult } from '../domain/filings/record';
import type { FilingKind } from '../domain/filings/stages';
import type { Database } from '../models/database';
import type { LoadedFiling } from '../models/filings/loadFiling';
import { loadBankHolidays, loadFiling } from '../models/filings/loadFiling';
import { pendingEmailIds } from '../models/filings/pendingEmails';
import { recordDecision } from '../models/filings/recordDecision';
import { recordRejection } from '../models/filings/recordRejection';
import { recordReminder } from '../models/filings/recordReminder';
import type { AtOnceResult } from './email/sendAtOnce';
import type { SendResult } from './email/sendEmail';
import { tryEmails } from './email/tryEmails';
import { withHeartbeat } from './withHeartbeat';

/**
 * What a filing's workflow asks of the world. Every one is safe to repeat. Where a recording is told which e-mails are under way, others that
 * it leaves to be sent are tried at once, with it.
 */
export interface FilingActivities {
  loadFiling(kind: FilingKind, filingId: string): Promise<Pick<LoadedFiling, 'state' | 'rules'>>;
  loadBankHolidays(dates: FilingDates): Promise<string[]>;
  recordDecision(record: FilingRecord, underWay?: string[]): Promise<RecordResult>;
  recordReminder(records: ReminderRecords, underWay?: string[]): Promise<ReminderResult>;
  recordRejection(filing: { kind: FilingKind; filingId: string; clientId: string }, rejection: RejectionRecord): Promise<void>;
  sendEmail(emailId: string): Promise<SendResult>;
  sendEmailAtOnce(emailId: string): Promise<AtOnceResult>;
}

interface Dependencies {
  db: Database;
  /** Whether client names may be read by Temporal: in search attributes, summaries and histories. */
  showClientNames: boolean;
  sendEmail: FilingActivities['sendEmail'];
  sendEmailAtOnce: FilingActivities['sendEmailAtOnce'];
}

export function createFilingActivities({ db, showClientNames, sendEmail, sendEmailAtOnce }: Dependencies): FilingActivities {
  return {
    async loadFiling(kind, filingId) {
      const { state, rules } = await loadFiling(db.pool, kind, filingId, showClientNames);
      return { state, rules };
    },
    loadBankHolidays: (dates) => loadBankHolidays(db.pool, dates),
    async recordDecision(record, underWay) {
      const result = await recordDecision(db.pool, execution().runId, record);
      logOutcome(result.status, record);
      if (result.status === 'RECORDED') {
        const isSent = sendsToClient(FILING_DEFINITIONS[record.state.kind], record);
        const emailIds = isSent ? await pendingEmailIds(db.pool, record.state) : [];
        return await withEmails({ ...result, outcome: 'sent', emailIds }, underWay);
      }
      if (result.status !== 'BEHIND') return result;
      return await withEmails({ ...result, emailIds: await pendingEmailIds(db.pool, record.state) }, underWay);
    },
    async recordReminder(records, underWay) {
      const result = await recordReminder(db.pool, execution().workflowId, execution().runId, records);
      logOutcome(result.status === 'RECORDED' ? result.outcome : result.status, records.sent);
      return await withEmails(result, underWay);
    },
    async recordRejection(filing, rejection) {
      await recordRejection(db.pool, filing, rejection);
      const { requestId, name, code } = rejection;
      log.info('A request was refused', { filingRequestId: requestId, requestType: name, code });
    },
    sendEmail: (emailId) => withHeartbeat(() => sendEmail(emailId)),
    sendEmailAtOnce,
  };

  async function withEmails<Result extends ReminderResult>(result: Result, underWay: string[] | undefined): Promise<Result> {
    return underWay === undefined ? result : await tryEmails(result, underWay, sendEmailAtOnce);
  }
}

/** The SDK's logger adds the workflow id. */
function logOutcome(outcome: string, { requestId, decisionKey, action, actor, state: { stage, revision } }: FilingRecord): void {
  const { userId } = actor;
  log.info('A decision was recorded', { outcome, filingRequestId: requestId, userId, decisionKey, action, stage, revision });
}

function execution(): { workflowId: string; runId: string } {
  const { workflowExecution } = activityInfo();
  if (!workflowExecution) throw new Error('A filing is recorded from its workflow only');
  return workflowExecution;
}
