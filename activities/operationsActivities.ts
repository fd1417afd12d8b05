import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import { unfinishedBulkOperations } from '../models/bulk/bulkOperations';
import { sealAuditRows } from '../models/audit/seal';
import { markRequestsSent, unattendedEmails, unsentRequests, unstartedFilings } from '../models/filings/unattended';
import { unattendedCommunications } from '../models/communications/schedule';
import { makeNotificationEmails } from '../models/notifications/notificationEmails';
import { policiesToRollOut } from '../models/chasing/filingsUnderPolicy';
import { startBulkWorkflow } from '../services/bulk/startBulkWorkflow';
import { startRollout } from '../services/chasing/startRollout';
import { setTimer } from '../services/communications/setTimer';
import { startFiling } from '../services/filings/startFilings';
import type { ExportResult } from '../services/histories/exportHistories';
import { exportHistories } from '../services/histories/exportHistories';
import { deliverRequest } from '../services/requests/deliverRequest';
import type { TemporalGateway } from '../services/temporalGateway';
import type { Logger } from '../settings/logger';
import { OPERATIONS_TASK_QUEUE } from '../settings/temporal';
import type { SendResult } from './email/sendEmail';
import { withHeartbeat } from './withHeartbeat';

const PAGE = 500;
const ROWS_PER_SEAL = 5000;
const HISTORIES_A_PASS = 200;
const MOST_SEALED = 200_000;

/** What a pass of the relay handed over. */
export interface RelayResult {
  requests: number;
  filings: number;
  emails: number;
  policies: number;
  communications: number;
  bulkOperations: number;
  failed: number;
}

/** What keeps the system running; every one is safe to repeat. */
export interface OperationsActivities {
  relay(): Promise<RelayResult>;
  sealAuditLog(): Promise<{ sealed: number }>;
  /** Keeps the histories of filings that have ended. */
  exportHistories(): Promise<ExportResult>;
  sendEmail(emailId: string): Promise<SendResult>;
}

interface Dependencies {
  db: Pool;
  temporal: TemporalGateway;
  /** Of the operations namespace. */
  operations: Client;
  logger: Logger;
  sendEmail: OperationsActivities['sendEmail'];
}

export function createOperationsActivities({ db, temporal, operations, logger, sendEmail }: Dependencies): OperationsActivities {
  const deps = { db, temporal, now: Date.now };

  /** Hands over one thing after another; one that fails is left for the next pass and does not hold up the rest. */
  async function handOver<T>(items: readonly T[], what: string, hand: (item: T) => Promise<void>): Promise<T[]> {
    const done: T[] = [];
    for (const item of items) {
      try {
        await hand(item);
        done.push(item);
      } catch (error) {
        logger.warn({ what, cause: String(error) }, 'The relay could not hand something over: it tries again');
      }
    }
    return done;
  }

  async function relay(): Promise<RelayResult> {
    const filings = await unstartedFilings(db, PAGE);
    const started = await handOver(filings, 'filing', (filing) => startFiling(deps, filing));
    const requests = await unsentRequests(db, PAGE);
    const sent = await handOver(requests, 'request', (request) => deliverRequest(deps, { ...request, isNew: true }));
    if (sent.length > 0)
      await markRequestsSent(
        db,
        sent.map(({ id }) => id),
      );
    await makeNotificationEmails(db, PAGE);
    const emails = await unattendedEmails(db, PAGE);
    const attended = await handOver(emails, 'e-mail', (emailId) => startEmail(operations, emailId));
    const policies = await policiesToRollOut(db, PAGE);
    const rolledOut = await handOver(policies, 'chase policy', (policy) => startRollout(temporal, policy));
    const scheduled = await unattendedCommunications(db, PAGE);
    const timed = await handOver(scheduled, 'scheduled e-mail', (communication) => setTimer(deps, communication));
    const bulk = await unfinishedBulkOperations(db, PAGE);
    const bulkStarted = await handOver(bulk, 'bulk operation', (operationId) => startBulkWorkflow(temporal, operationId));
    const all = filings.length + requests.length + emails.length + policies.length + scheduled.length + bulk.length;
    const handed = {
      requests: sent.length,
      filings: started.length,
      emails: attended.length,
      policies: rolledOut.length,
      communications: timed.length,
      bulkOperations: bulkStarted.length,
    };
    return { ...handed, failed: all - Object.values(handed).reduce((sum, count) => sum + count, 0) };
  }

  async function sealAuditLog(): Promise<{ sealed: number }> {
    let sealed = 0;
    let passed: number;
    do {
      passed = await sealAuditRows(db, ROWS_PER_SEAL);
      sealed += passed;
    } while (passed === ROWS_PER_SEAL && sealed < MOST_SEALED);
    return { sealed };
  }

  return {
    relay: () => withHeartbeat(relay),
    sealAuditLog: () => withHeartbeat(sealAuditLog),
    exportHistories: () => withHeartbeat(() => exportHistories({ db, temporal: temporal.getClient(), logger }, HISTORIES_A_PASS)),
    sendEmail: (emailId) => withHeartbeat(() => sendEmail(emailId)),
  };
}

async function startEmail(operations: Client, emailId: string): Promise<void> {
  try {
    await operations.workflow.start('emailWorkflow', {
      workflowId: `email:${emailId}`,
      taskQueue: OPERATIONS_TASK_QUEUE,
      args: [emailId],
      staticSummary: 'Send an e-mail that was left unsent',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
