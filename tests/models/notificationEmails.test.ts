import type { NotificationEmails } from '../../domain/notifications/emailChoice';
import { newId } from '../../models/ids';
import { makeDigest, makeNotificationEmails, peopleWithDigest } from '../../models/notifications/notificationEmails';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { makeUser } from '../harness/practice';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(() => test.drop());

async function person(emails: NotificationEmails): Promise<string> {
  const { id } = await makeUser(test.db, 'Una User', 'STAFF');
  await test.db.User.update({ notificationEmails: emails }, { where: { id } });
  return id;
}

async function tell(userId: string, ...titles: string[]): Promise<void> {
  for (const title of titles) {
    await test.db.pool.query(`INSERT INTO notifications (id, user_id, type, title, message) VALUES ($1, $2, 'TEST', $3, 'M')`, [
      newId(),
      userId,
      title,
    ]);
  }
}

/** The e-mails to a person, each with the titles that it tells. */
async function mailsTo(userId: string): Promise<string[]> {
  const { rows } = await test.db.pool.query<{ mail: string }>(
    `SELECT e.template || ': ' || string_agg(n.title, ', ' ORDER BY n.title) AS mail
     FROM email_logs e JOIN notifications n ON n.email_id = e.id WHERE n.user_id = $1 GROUP BY e.id ORDER BY min(n.title)`,
    [userId],
  );
  return rows.map(({ mail }) => mail);
}

it('tells those who want it at once in one e-mail of what has come, however many ask for it at the same time', async () => {
  const [now, daily, never] = [await person('AT_ONCE'), await person('DAILY_DIGEST'), await person('NONE')];
  for (const userId of [now, daily, never]) await tell(userId, 'A', 'B');
  await Promise.all([1, 2, 3].map(() => makeNotificationEmails(test.db.pool, 500)));
  await tell(now, 'C');
  await makeNotificationEmails(test.db.pool, 500);
  expect(await mailsTo(now)).toEqual(['notification: A, B', 'notification: C']);
  expect([...(await mailsTo(daily)), ...(await mailsTo(never))]).toEqual([]);
});

it('makes a digest once a day; what comes later is in the next one', async () => {
  const daily = await person('DAILY_DIGEST');
  await tell(daily, 'A', 'B');
  expect(await peopleWithDigest(test.db.pool, null, 500)).toContain(daily);
  await Promise.all([makeDigest(test.db.pool, daily, '2036-04-01'), makeDigest(test.db.pool, daily, '2036-04-01')]);
  await tell(daily, 'C');
  expect(await makeDigest(test.db.pool, daily, '2036-04-01')).toEqual({ emails: 0, notifications: 0 });
  expect(await makeDigest(test.db.pool, daily, '2036-04-02')).toEqual({ emails: 1, notifications: 1 });
  expect(await mailsTo(daily)).toEqual(['digest: A, B', 'digest: C']);
  expect(await peopleWithDigest(test.db.pool, null, 500)).not.toContain(daily);
});

it('counts a choice from when it is made, and leaves out what was read on screen or is for somebody who left', async () => {
  const userId = await person('NONE');
  await tell(userId, 'Before');
  await test.db.User.update({ notificationEmails: 'AT_ONCE' }, { where: { id: userId } });
  await tell(userId, 'After', 'Read');
  await test.db.Notification.update({ isRead: true }, { where: { userId, title: 'Read' } });
  const gone = await person('AT_ONCE');
  await tell(gone, 'Too late');
  await test.db.User.update({ isActive: false }, { where: { id: gone } });
  await makeNotificationEmails(test.db.pool, 500);
  expect([await mailsTo(userId), await mailsTo(gone)]).toEqual([['notification: After'], []]);
});

it.each(['AT_ONCE', 'DAILY_DIGEST'] as const)(
  'mails nothing more from when somebody wants no e-mail: %s before',
  async (before) => {
    const userId = await person(before);
    await tell(userId, 'Before');
    await test.db.User.update({ notificationEmails: 'NONE' }, { where: { id: userId } });
    await makeNotificationEmails(test.db.pool, 500);
    expect(await peopleWithDigest(test.db.pool, null, 500)).not.toContain(userId);
    expect(await makeDigest(test.db.pool, userId, '2036-04-03')).toEqual({ emails: 0, notifications: 0 });
    expect(await mailsTo(userId)).toEqual([]);
  },
);
