import type { Client } from '@temporalio/client';
import { actorOf, makeClient, makeLtdAccounts, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';
import type { ToldStory } from './filingStories';

/** A kept story, and who has its history. */
export interface RecordedStory extends ToldStory {
  client: Client;
}

/**
 * Lives filings whose every timer fires, in a time that is skipped: reminders, escalations, warnings, overdue and stuck alerts, the end of
 * the period and of a pause. Hands each story over while its server is still there.
 */
export async function recordTimers(keep: (story: RecordedStory) => Promise<void>): Promise<void> {
  const practice = await TimeSkippingPractice.create();
  try {
    await liveTimers(practice, keep);
    await liveUnsent(practice, keep);
  } finally {
    await practice.close();
  }
}

async function liveTimers(practice: TimeSkippingPractice, keep: (story: RecordedStory) => Promise<void>): Promise<void> {
  const { db } = practice.database;
  const partner = actorOf(await makeUser(db, 'Pat Partner', 'PARTNER'));
  const vat = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), {
    period: '2036-Q1',
    start: '2036-01-01',
    end: '2036-03-31',
    due: '2036-05-07',
  });
  const accounts = await makeLtdAccounts(db, await makeClient(db, 'Acme Holdings Ltd'), {
    start: '2035-04-01',
    end: '2036-03-31',
    accountsDue: '2036-12-31',
    ctDue: '2037-01-01',
    ctReturnDue: '2037-03-31',
  });
  await practice.sleepUntil('2036-03-20', '12:00');
  await practice.start(vat);
  await practice.start(accounts);
  // A message comes in the first moments of the day after the period, before the filing wakes for it.
  await practice.sleepUntil('2036-04-01', '00:00');
  await practice.signal(vat, 'stageTransition', 'rubbish');

  // Nobody answers: every reminder, escalation, warning and overdue alert of the paperwork, and a pause that ends by itself.
  await practice.sleepUntil('2036-04-10', '12:00');
  await practice.ask(vat, 'pauseChasing', { until: '2036-04-20' }, partner);
  await practice.sleepUntil('2036-05-20', '12:00');
  await keep({ name: 'vat-every-paperwork-timer', workflowId: vat.workflowId, client: practice.client });

  for (const stage of ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'QUERIES_PENDING'])
    await practice.ask(vat, 'stageTransition', { stage }, partner);
  practice.isProviderAway = true;
  await practice.sleepUntil('2036-06-11', '12:00');
  practice.isProviderAway = false;
  await practice.sleepUntil('2036-06-20', '12:00');
  await keep({ name: 'vat-queries-chased', workflowId: vat.workflowId, client: practice.client });

  for (const stage of ['REVIEW_PENDING_PARTNER', 'EMAILED_TO_CLIENT'])
    await practice.ask(vat, 'stageTransition', { stage }, partner);
  await practice.sleepUntil('2036-07-05', '12:00');
  for (const stage of ['CLIENT_APPROVED', 'FILED_TO_HMRC']) await practice.ask(vat, 'stageTransition', { stage }, partner);
  await practice.result(vat);
  await keep({ name: 'vat-filed-after-every-timer', workflowId: vat.workflowId, client: practice.client });
  await keep({ name: 'vat-filed-after-every-timer-by-one', workflowId: vat.workflowId, client: practice.client });
  await keep({ name: 'vat-filed-after-mail-at-once-and-later', workflowId: vat.workflowId, client: practice.client });
  await keep({ name: 'vat-filed-after-turned-days', workflowId: vat.workflowId, client: practice.client });
  await keep({ name: 'vat-filed-after-mail-with-record-and-later', workflowId: vat.workflowId, client: practice.client });

  await practice.sleepUntil('2037-01-12', '12:00');
  await keep({ name: 'ltd-every-paperwork-timer', workflowId: accounts.workflowId, client: practice.client });
  for (const stage of ['PAPERWORK_RECEIVED', 'WORK_IN_PROGRESS', 'PARTNER_REVIEW', 'REVIEW_COMPLETED', 'SENT_TO_CLIENT'])
    await practice.ask(accounts, 'stageTransition', { stage }, partner);
  await practice.sleepUntil('2037-02-10', '12:00');
  await keep({ name: 'ltd-approval-chased', workflowId: accounts.workflowId, client: practice.client });
  await keep({ name: 'ltd-approval-chased-by-one-timer', workflowId: accounts.workflowId, client: practice.client });
  await keep({ name: 'ltd-approval-chased-at-once', workflowId: accounts.workflowId, client: practice.client });
  await keep({ name: 'ltd-approval-chased-with-record', workflowId: accounts.workflowId, client: practice.client });
}

/** Reminders that are not sent, by day and by hand: of a client without an address, and of one that had its e-mail of the day. */
async function liveUnsent(practice: TimeSkippingPractice, keep: (story: RecordedStory) => Promise<void>): Promise<void> {
  const { db } = practice.database;
  const partner = actorOf(await makeUser(db, 'Paula Partner', 'PARTNER'));
  const january = { period: '2037-01', start: '2037-01-01', end: '2037-01-31', due: '2037-03-07' };
  const february = { period: '2037-02', start: '2037-02-01', end: '2037-02-28', due: '2037-04-07' };
  const unmailed = await makeVatQuarter(db, await makeClient(db, 'No Address Ltd', { contactEmail: '' }), february);
  const client = await makeClient(db, 'Two Months Ltd');
  const [first, second] = [await makeVatQuarter(db, client, february), await makeVatQuarter(db, client, january)];
  await practice.sleepUntil('2037-02-27', '12:00');
  await practice.start(unmailed);
  await practice.start(first);
  await practice.sleepUntil('2037-03-02', '12:00');
  await practice.start(second);
  await practice.ask(unmailed, 'chaseNow', {}, partner);
  await practice.sleepUntil('2037-03-04', '12:00');
  practice.isProviderAway = true;
  await practice.ask(second, 'chaseNow', {}, partner);
  await practice.ask(second, 'chaseNow', {}, partner);
  practice.isProviderAway = false;
  await practice.sleepUntil('2037-03-05', '12:00');
  for (const name of ['vat-without-address', 'vat-without-address-known-late'])
    await keep({ name, workflowId: unmailed.workflowId, client: practice.client });
  for (const name of ['vat-day-taken', 'vat-day-taken-known-late'])
    await keep({ name, workflowId: second.workflowId, client: practice.client });
}
