import { MockActivityEnvironment } from '@temporalio/testing';
import { recordAndTryEmails } from '../../activities/email/recordAndTryEmails';
import type { AtOnceResult } from '../../activities/email/sendAtOnce';
import type { ReminderResult } from '../../domain/filings/record';

const TAKEN: AtOnceResult = { status: 'SENT' };

interface Circumstances {
  underWay?: string[];
  /** Which try of the recording it is, from 1. */
  attempt?: number;
  /** How long the recording takes, then each e-mail (ms). */
  recordingMs?: number;
  emailMs?: number;
}

/** What a recording gives after its e-mails were tried, and which were asked for. */
async function tried(
  recorded: ReminderResult,
  send: (emailId: string) => AtOnceResult,
  { underWay = [], attempt = 1, recordingMs = 0, emailMs = 0 }: Circumstances = {},
): Promise<{ result: unknown; asked: string[] }> {
  const asked: string[] = [];
  let now = 0;
  const record = async (): Promise<ReminderResult> => {
    now += recordingMs;
    return recorded;
  };
  const sendAtOnce = async (emailId: string): Promise<AtOnceResult> => {
    now += emailMs;
    asked.push(emailId);
    return send(emailId);
  };
  const environment = new MockActivityEnvironment({ attempt });
  const result = await environment.run(() => recordAndTryEmails(record, underWay, sendAtOnce, () => now));
  return { result, asked };
}

const recorded = (...emailIds: string[]): ReminderResult => ({ status: 'RECORDED', outcome: 'sent', emailIds });

it('tells how each e-mail ended, and leaves what the provider did not take to be sent', async () => {
  const answers = new Map<string, AtOnceResult>([
    ['sent', { status: 'SENT' }],
    ['refused', { status: 'FAILED' }],
    ['resting', { status: 'LATER' }],
  ]);
  const { result } = await tried(recorded('sent', 'refused', 'resting', 'lost'), (emailId) => {
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
  const { result, asked } = await tried(recorded('older', 'newer'), () => TAKEN, { underWay: ['older'] });
  expect(asked).toEqual(['newer']);
  expect(result).toMatchObject({ emailIds: ['older'], emails: [{ emailId: 'newer', status: 'SENT' }] });
});

it('asks for none where the recording is repeated, for its first try may be asking', async () => {
  expect(await tried(recorded('c1'), () => TAKEN, { attempt: 2 })).toEqual({ result: recorded('c1'), asked: [] });
});

it('begins no e-mail that might outlast the time of the recording', async () => {
  expect(await tried(recorded('c1'), () => TAKEN, { recordingMs: 2_001 })).toEqual({ result: recorded('c1'), asked: [] });
  const { result, asked } = await tried(recorded('first', 'second', 'third'), () => TAKEN, { emailMs: 1_500 });
  expect([asked, result]).toMatchObject([['first', 'second'], { emailIds: ['third'] }]);
});

it('sends nothing where nothing was recorded', async () => {
  const notSent: ReminderResult = { status: 'NOT_SENT', outcome: 'dayTaken', reason: 'CLIENT_ALREADY_EMAILED' };
  expect(await tried(notSent, () => TAKEN)).toEqual({ result: notSent, asked: [] });
});
