import { activityInfo, log } from '@temporalio/activity';
import { sendsToClient } from '../domain/approvals/approval';
import { FILING_DEFINITIONS } from '../domain/filings/definitions';
import type { FilingDates } from '../domain/filings/definition';
import type {
  FilingRecord,
  RecordResult,
  RejectionRecord,
  ReminderRecords,
  ReminderResult,
  TriedEmail,
} from '../domain/filings/record';
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
        return await tryEmails({ ...result, outcome: 'sent', emailIds }, underWay);
      }
      if (result.status !== 'BEHIND') return result;
      return await tryEmails({ ...result, emailIds: await pendingEmailIds(db.pool, record.state) }, underWay);
    },
    async recordReminder(records, underWay) {
      const result = await recordReminder(db.pool, execution().workflowId, execution().runId, records);
      logOutcome(result.status === 'RECORDED' ? result.outcome : result.status, records.sent);
      return await tryEmails(result, underWay);
    },
    async recordRejection(filing, rejection) {
      await recordRejection(db.pool, filing, rejection);
      const { requestId, name, code } = rejection;
      log.info('A request was refused', { filingRequestId: requestId, requestType: name, code });
    },
    sendEmail: (emailId) => withHeartbeat(() => sendEmail(emailId)),
    sendEmailAtOnce,
  };

  /** Tries what is to be sent and not under way; what the provider did not take stays to be sent. What is recorded stays so, whatever becomes of it. */
  async function tryEmails<Result extends ReminderResult>(
    result: Result,
    underWay: readonly string[] | undefined,
  ): Promise<Result> {
    if (underWay === undefined || !('emailIds' in result)) return result;
    const emails: TriedEmail[] = [];
    for (const emailId of result.emailIds) {
      const status = underWay.includes(emailId) ? 'LATER' : await tryEmail(emailId);
      if (status !== 'LATER') emails.push({ emailId, status });
    }
    if (emails.length === 0) return result;
    const ended = new Set(emails.map(({ emailId }) => emailId));
    return { ...result, emailIds: result.emailIds.filter((emailId) => !ended.has(emailId)), emails };
  }

  async function tryEmail(emailId: string): Promise<AtOnceResult['status']> {
    try {
      return (await sendEmailAtOnce(emailId)).status;
    } catch (error) {
      log.info('An e-mail is left to a later try', { emailId, cause: String(error) });
      return 'LATER';
    }
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
