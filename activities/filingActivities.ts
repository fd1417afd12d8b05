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
import { recordAndTryEmails } from './email/recordAndTryEmails';
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
  /** For filings whose recordings do not try e-mails: those without the marker email-with-record. */
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
    recordDecision: (record, underWay) =>
      withEmails(underWay, async () => {
        const result = await recordDecision(db.pool, execution().runId, record);
        logOutcome(result.status, record);
        if (result.status === 'RECORDED') {
          const isSent = sendsToClient(FILING_DEFINITIONS[record.state.kind], record);
          return { ...result, outcome: 'sent', emailIds: isSent ? await pendingEmailIds(db.pool, record.state) : [] };
        }
        if (result.status === 'BEHIND') return { ...result, emailIds: await pendingEmailIds(db.pool, record.state) };
        return result;
      }),
    recordReminder: (records, underWay) =>
      withEmails(underWay, async () => {
        const result = await recordReminder(db.pool, execution().workflowId, execution().runId, records);
        const { sent, unsent } = records;
        if (result.status === 'NOT_SENT') log.info('A reminder is not sent', { ...result, decisionKey: sent.decisionKey });
        else if (result.status !== 'RECORDED') logOutcome(result.status, sent);
        else logOutcome(result.outcome, result.outcome === 'sent' ? sent : (unsent?.record ?? sent));
        return result;
      }),
    async recordRejection(filing, rejection) {
      await recordRejection(db.pool, filing, rejection);
      const { requestId, name, code } = rejection;
      log.info('A request was refused', { filingRequestId: requestId, requestType: name, code });
    },
    sendEmail: (emailId) => withHeartbeat(() => sendEmail(emailId)),
    sendEmailAtOnce,
  };

  async function withEmails<Result extends ReminderResult>(
    underWay: readonly string[] | undefined,
    record: () => Promise<Result>,
  ): Promise<Result> {
    return underWay === undefined ? await record() : await recordAndTryEmails(record, underWay, sendEmailAtOnce);
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
