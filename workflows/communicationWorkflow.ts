import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { CommunicationActivities } from '../activities/communicationActivities';
import { sendStoredEmail } from './activities';
import { communicationChanged } from './messages';

const { readCommunicationTimer, claimCommunication } = proxyActivities<CommunicationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * One e-mail to a client that goes out at a time. The row says when; it is read again whenever somebody moved or cancelled it, and once
 * more when the time has come. The history holds neither address nor text.
 */
export async function communicationWorkflow(communicationId: string): Promise<{ emailId: string | null }> {
  let isChanged = false;
  setHandler(communicationChanged, () => void (isChanged = true), { description: 'The e-mail was moved or cancelled' });
  for (;;) {
    isChanged = false;
    const timer = await readCommunicationTimer.executeWithOptions({ summary: 'Read when it goes out' }, [communicationId]);
    if (timer.state === 'OVER') return { emailId: null };
    const wait = timer.at - Date.now();
    if (wait > 0 && (await condition(() => isChanged, wait, { summary: 'Wait until the e-mail goes out' }))) continue;
    const claim = await claimCommunication.executeWithOptions({ summary: 'Make the e-mail' }, [communicationId, Date.now()]);
    if (claim.state === 'OVER') return { emailId: null };
    if (claim.state === 'MOVED') continue;
    await sendStoredEmail(claim.emailId, 'Send the e-mail to the client');
    return { emailId: claim.emailId };
  }
}
