import { proxyActivities } from '@temporalio/workflow';
import type { OperationsActivities } from '../activities/operationsActivities';

const { relay, sealAuditLog, exportHistories } = proxyActivities<Omit<OperationsActivities, 'sendEmail'>>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '1 minute', maximumAttempts: 5 },
});

const { sendEmail } = proxyActivities<Pick<OperationsActivities, 'sendEmail'>>({
  startToCloseTimeout: '90 seconds',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** Every 30 seconds: hands over what a crash left lying: requests not sent, filings not started, e-mails that nobody sends. */
export async function relayWorkflow(): Promise<Awaited<ReturnType<typeof relay>>> {
  return await relay();
}

/** Every 30 seconds: chains the audit rows that were committed since. */
export async function sealAuditLogWorkflow(): Promise<Awaited<ReturnType<typeof sealAuditLog>>> {
  return await sealAuditLog();
}

/** Every minute: keeps the histories of filings that have ended, in plain language, beside their rows. */
export async function exportHistoriesWorkflow(): Promise<Awaited<ReturnType<typeof exportHistories>>> {
  return await exportHistories.executeWithOptions({ summary: 'Keep the histories of filings that have ended' }, []);
}

/** Sends one stored e-mail, however long the provider is away. */
export async function emailWorkflow(emailId: string): Promise<Awaited<ReturnType<typeof sendEmail>>> {
  return await sendEmail(emailId);
}
