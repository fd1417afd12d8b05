import { londonDateOf, londonInstant } from '../../domain/calendar/london';
import type { Actor } from '../../domain/filings/messages';
import { newId } from '../../models/ids';
import type { TestFiling, TestUser } from '../harness/practice';
import { makeClient, makeUser, makeVatQuarter } from '../harness/practice';
import { TimeSkippingPractice } from '../harness/timeSkipping';

const QUARTER = { period: '2036-Q1', start: '2036-01-01', end: '2036-03-31', due: '2036-05-07' };

let practice: TimeSkippingPractice;
let partner: TestUser;

beforeAll(async () => {
  practice = await TimeSkippingPractice.create();
  partner = await makeUser(practice.database.db, 'Pat Partner', 'PARTNER');
}, 60_000);

afterAll(() => practice.close());

function actor(user: TestUser): Actor {
  return { userId: user.id, name: user.name, role: user.role, relation: 'none' };
}

async function openQuarter(): Promise<TestFiling> {
  const { db } = practice.database;
  const filing = await makeVatQuarter(db, await makeClient(db, 'Acme Ltd'), QUARTER);
  await practice.start(filing);
  return filing;
}

it('chases by itself until the records come, date by date', async () => {
  await practice.withWorker(async () => {
    const filing = await openQuarter();
    await practice.sleepUntil(londonInstant('2036-04-14', '12:00'));
    const sent = practice.sent.map(({ at }) => londonDateOf(at));
    expect(sent).toEqual(['2036-04-01', '2036-04-08']);
    const state = await practice.tell(filing, 'stageTransition', {
      requestId: newId(),
      stage: 'PAPERWORK_RECEIVED',
      actor: actor(partner),
    });
    expect(state).toMatchObject({ stage: 'PAPERWORK_RECEIVED', remindersSent: 2, sequence: 2 });
    await practice.sleepUntil(londonInstant('2036-06-01', '12:00'));
    expect(practice.sent).toHaveLength(2);
    console.log(await practice.rows('select kind, planned_for, status, reason from chase_reminders order by planned_for'));
    console.log(await practice.rows('select * from vat_workflow_history'));
  });
});
