import type { ActivityInterfaceFor, LocalActivityInterfaceFor } from '@temporalio/workflow';
import { log, proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { FilingActivities } from '../activities/filingActivities';

type RecordingActivities = Omit<FilingActivities, 'sendEmail'>;

/** Recording normally takes milliseconds, so it runs within the workflow task: two tries there. */
const quick = proxyLocalActivities<RecordingActivities>({
  startToCloseTimeout: '5 seconds',
  retry: { maximumAttempts: 2, initialInterval: '200 milliseconds' },
});

/** A database that is away for longer is waited for by the server: a local activity that retries for ever would fill the history. */
const patient = proxyActivities<RecordingActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 1.5, maximumInterval: '30 seconds' },
});

const email = proxyActivities<Pick<FilingActivities, 'sendEmail'>>({
  startToCloseTimeout: '90 seconds',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** Calls a recording activity until it has succeeded; `summary` is what a manager reads in the history. */
export async function untilRecorded<T>(
  summary: string,
  call: (
    activities: LocalActivityInterfaceFor<RecordingActivities> | ActivityInterfaceFor<RecordingActivities>,
    options: { summary: string },
  ) => Promise<T>,
): Promise<T> {
  try {
    return await call(quick, { summary });
  } catch (error) {
    log.warn('Recording waits for the database', { summary, cause: String(error) });
    await sleep('5 seconds', { summary: 'The database is away: try again' });
    return await call(patient, { summary });
  }
}

/** Sends an e-mail that is stored by its id: the history holds no address and no text. */
export function sendStoredEmail(emailId: string, summary: string): Promise<unknown> {
  return email.sendEmail.executeWithOptions({ summary }, [emailId]);
}
