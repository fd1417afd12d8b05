import { MockActivityEnvironment } from '@temporalio/testing';
import type { AtOnceResult } from '../../activities/email/sendAtOnce';
import { tryEmails } from '../../activities/email/tryEmails';
import type { ReminderResult } from '../../domain/filings/record';

/** What a recording gives after its e-mails were tried, and which were asked for. */
async function tried(
  recorded: ReminderResult,
  underWay: string[],
  send: (emailId: string) => Promise<AtOnceResult>,
): Promise<{ result: unknown; asked: string[] }> {
  const asked: string[] = [];
  const result = await new MockActivityEnvironment().run(() =>
    tryEmails(recorded, underWay, async (emailId) => {
      asked.push(emailId);
      return await send(emailId);
    }),
  );
  return { result, asked };
}

const recorded = (...emailIds: string[]): ReminderResult => ({ status: 'RECORDED', outcome: 'sent', emailIds });

it('tells how each e-mail ended, and leaves what the provider did not take to be sent', async () => {
  const answers = new Map<string, AtOnceResult>([
    ['sent', { status: 'SENT' }],
    ['refused', { status: 'FAILED' }],
    ['resting', { status: 'LATER' }],
  ]);
  const { result } = await tried(recorded('sent', 'refused', 'resting', 'lost'), [], async (emailId) => {
    const answer = answers.get(emailId);
    if (!answer) throw new Error('The provider keeps silent');
    return answer;
  });
  expect(result).toEqual({
    status: 'RECORDED',
    outcome: 'sent',
    emailIds: ['resting', 'lost'],
    emails: [
      { emailId: 'sent', status: 'SENT' },
      { emailId: 'refused', status: 'FAILED' },
    ],
  });
});

it('does not ask for an e-mail that is under way already', async () => {
  const { result, asked } = await tried(recorded('older', 'newer'), ['older'], async () => ({ status: 'SENT' }));
  expect(asked).toEqual(['newer']);
  expect(result).toMatchObject({ emailIds: ['older'], emails: [{ emailId: 'newer', status: 'SENT' }] });
});

it('sends nothing where nothing was recorded', async () => {
  const notSent: ReminderResult = { status: 'NOT_SENT', outcome: 'dayTaken', reason: 'CLIENT_ALREADY_EMAILED' };
  expect(await tried(notSent, [], async () => ({ status: 'SENT' }))).toEqual({ result: notSent, asked: [] });
});
