import { QuickProvider } from '../../services/email/quickProvider';
import type { SendEmailDependencies, SendResult } from './sendEmail';
import { createSendEmail } from './sendEmail';

/** What became of an e-mail, or that it is left to a try that may take its time. */
export type AtOnceResult = SendResult | { status: 'LATER' };

/**
 * One try of a stored e-mail, by its id, that a workflow task waits for: for no longer than a moment, so that a provider that is slow or
 * away holds up nobody's moves. Throws like the patient try, which comes after it and repeats nothing.
 */
export function createSendAtOnce(dependencies: SendEmailDependencies): (emailId: string) => Promise<AtOnceResult> {
  const provider = new QuickProvider(dependencies.provider, dependencies.now);
  const send = createSendEmail({ ...dependencies, provider });
  return async (emailId) => (provider.isResting ? { status: 'LATER' } : await send(emailId));
}
