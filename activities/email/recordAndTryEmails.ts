import { activityInfo, log } from '@temporalio/activity';
import type { ReminderResult, TriedEmail } from '../../domain/filings/record';
import type { AtOnceResult } from './sendAtOnce';

/** A recording may take five seconds (see workflows/activities.ts): the last e-mail is begun early enough not to outlast them. */
const LAST_BEGUN_MS = 2_000;

/** Tries an e-mail, by its id. */
type SendAtOnce = (emailId: string) => Promise<AtOnceResult>;

/**
 * Runs a recording within an activity, then tries the e-mails that it leaves to be sent and that are not under way (`underWay`, by id).
 * Gives its result, with those that have ended in `emails`; what was not taken, or had no time left, stays to be sent. Throws what the
 * recording throws; what is recorded stays recorded, whatever becomes of its e-mails.
 */
export async function recordAndTryEmails<Result extends ReminderResult>(
  record: () => Promise<Result>,
  underWay: readonly string[],
  sendAtOnce: SendAtOnce,
  now: () => number = Date.now,
): Promise<Result> {
  const begunUntil = now() + LAST_BEGUN_MS;
  const result = await record();
  // A try before this one may still be sending.
  if (!('emailIds' in result) || activityInfo().attempt > 1) return result;
  const emails: TriedEmail[] = [];
  const emailIds: string[] = [];
  for (const emailId of result.emailIds) {
    const isLeft = underWay.includes(emailId) || now() > begunUntil;
    const status = isLeft ? 'LATER' : await tryEmail(emailId, sendAtOnce);
    if (status === 'LATER') emailIds.push(emailId);
    else emails.push({ emailId, status });
  }
  return { ...result, emailIds, ...(emails.length > 0 ? { emails } : {}) };
}

async function tryEmail(emailId: string, sendAtOnce: SendAtOnce): Promise<AtOnceResult['status']> {
  try {
    return (await sendAtOnce(emailId)).status;
  } catch (error) {
    log.info('An e-mail is left to a later try', { emailId, cause: String(error) });
    return 'LATER';
  }
}
