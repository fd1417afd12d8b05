import { createSendAtOnce } from '../../activities/email/sendAtOnce';
import { createSendEmail } from '../../activities/email/sendEmail';
import { MailLedger } from './mailLedger';

let ledger: MailLedger;

beforeAll(async () => {
  ledger = await MailLedger.create();
});

afterEach(() => {
  ledger.ahead = 0;
  ledger.resend.behaviour = 'accept';
});

afterAll(() => ledger.close());

it('sends what the provider takes at once', async () => {
  const due = await ledger.reminder();
  expect(await createSendAtOnce(ledger.sender)(due.emailId)).toEqual({ status: 'SENT' });
  expect([ledger.acceptedTo(due), await ledger.statusOf(due)]).toEqual([1, 'SENT SENT']);
});

it('leaves an e-mail whose provider keeps silent to a patient try, which sends it with the same key', async () => {
  const due = await ledger.reminder();
  ledger.resend.behaviour = 'keepSilent';
  await expect(createSendAtOnce(ledger.sender)(due.emailId)).rejects.toMatchObject({ type: 'unknown' });
  expect(await ledger.statusOf(due)).toBe('PENDING PLANNED');
  ledger.resend.behaviour = 'accept';
  expect(await createSendEmail(ledger.sender)(due.emailId)).toEqual({ status: 'SENT' });
  expect([ledger.acceptedTo(due), await ledger.statusOf(due)]).toEqual([1, 'SENT SENT']);
  // A patient try would wait for longer.
}, 20_000);

it.each(['tooMany', 'acceptAndFail'] as const)('does not ask a provider for a minute that failed: %s', async (behaviour) => {
  const sendAtOnce = createSendAtOnce(ledger.sender);
  const [first, second] = [await ledger.reminder(), await ledger.reminder()];
  ledger.resend.behaviour = behaviour;
  await expect(sendAtOnce(first.emailId)).rejects.toThrow('it is tried again');
  const { calls } = ledger.resend;
  ledger.ahead = 50_000;
  expect(await sendAtOnce(second.emailId)).toEqual({ status: 'LATER' });
  expect([ledger.resend.calls - calls, await ledger.statusOf(second)]).toEqual([0, 'PENDING PLANNED']);
  ledger.resend.behaviour = 'accept';
  ledger.ahead = 70_000;
  expect(await sendAtOnce(second.emailId)).toEqual({ status: 'SENT' });
});

it('goes on asking a provider that refused one e-mail for good', async () => {
  const sendAtOnce = createSendAtOnce(ledger.sender);
  const [first, second] = [await ledger.reminder(), await ledger.reminder()];
  ledger.resend.behaviour = 'refuse';
  expect(await sendAtOnce(first.emailId)).toEqual({ status: 'FAILED' });
  ledger.resend.behaviour = 'accept';
  expect(await sendAtOnce(second.emailId)).toEqual({ status: 'SENT' });
});
