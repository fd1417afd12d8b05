import { log } from '@temporalio/activity';
import type { ReminderResult, TriedEmail } from '../../domain/filings/record';
import type { AtOnceResult } from './sendAtOnce';

/**
 * Tries the e-mails that a recording leaves to be sent and that are not under way (`underWay`, by id) already. Gives the recording's
 * result with those that have ended in `emails`; what was not taken stays to be sent. Never throws: what is recorded stays recorded.
 */
export async function tryEmails<Result extends ReminderResult>(
  result: Result,
  underWay: readonly string[],
  sendAtOnce: (emailId: string) => Promise<AtOnceResult>,
): Promise<Result> {
  if (!('emailIds' in result)) return result;
  const emails: TriedEmail[] = [];
  const emailIds: string[] = [];
  for (const emailId of result.emailIds) {
    const status = underWay.includes(emailId) ? 'LATER' : await tryEmail(emailId, sendAtOnce);
    if (status === 'LATER') emailIds.push(emailId);
    else emails.push({ emailId, status });
  }
  return { ...result, emailIds, ...(emails.length > 0 ? { emails } : {}) };
}

async function tryEmail(
  emailId: string,
  sendAtOnce: (emailId: string) => Promise<AtOnceResult>,
): Promise<AtOnceResult['status']> {
  try {
    return (await sendAtOnce(emailId)).status;
  } catch (error) {
    log.info('An e-mail is left to a later try', { emailId, cause: String(error) });
    return 'LATER';
  }
}
