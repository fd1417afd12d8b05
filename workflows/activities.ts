import type { ActivityInterfaceFor, LocalActivityInterfaceFor } from '@temporalio/workflow';
import { log, proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { FilingActivities } from '../activities/filingActivities';

type RecordingActivities = Omit<FilingActivities, 'sendEmail' | 'sendEmailAtOnce'>;

/** Recording normally takes milliseconds, and a provider that takes e-mails does so within a moment: both run within the workflow task: two tries of the recording, the first with its e-mails. */
const quick = proxyLocalActivities<RecordingActivities>({
  startToCloseTimeout: '5 seconds',
  retry: { maximumAttempts: 2, initialInterval: '200 milliseconds' },
});

/** A database that is away for longer is waited for by the server: a local activity that retries for ever would fill the history. */
const patient = proxyActivities<RecordingActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 1.5, maximumInterval: '30 seconds' },
});

/** The first try of an e-mail for filings whose recordings make none: those without the marker email-with-record. */
const atOnce = proxyLocalActivities<Pick<FilingActivities, 'sendEmailAtOnce'>>({
  startToCloseTimeout: '5 seconds',
  retry: { maximumAttempts: 1 },
});

/** One that is slow, away or has too much to do is waited for by the server. */
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

/** Sends an e-mail that is stored, by its id: the history holds no address and no text. */
export async function sendStoredEmail(emailId: string, summary: string): Promise<void> {
  await email.sendEmail.executeWithOptions({ summary }, [emailId]);
}

/** The same, with a first try within the workflow task. */
export async function sendStoredEmailAtOnce(emailId: string, summary: string): Promise<void> {
  try {
    const { status } = await atOnce.sendEmailAtOnce.executeWithOptions({ summary }, [emailId]);
    if (status !== 'LATER') return;
  } catch (error) {
    log.info('An e-mail is left to a later try', { emailId, cause: String(error) });
  }
  await sendStoredEmail(emailId, summary);
}
