import { listen } from '../../models/listener';
import type { Listener } from '../../models/listener';
import { newId } from '../../models/ids';
import { NOTIFICATIONS_CHANNEL } from '../../models/notification';
import { waitUntil } from '../../embedded/runningProcess';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { makeUser } from '../harness/practice';

let database: TestDatabase;
let listener: Listener;
const heard: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  listener = listen({
    url: database.url,
    channels: [NOTIFICATIONS_CHANNEL],
    onPayload: (_channel, payload) => heard.push(payload),
    onReconnect: () => undefined,
  });
  await waitUntil(async () => listener.isConnected(), 10_000);
}, 60_000);

afterAll(async () => {
  await listener?.close();
  await database?.drop();
});

it('is heard of each person who is told something, once for all that comes together, and of nobody where nothing is new', async () => {
  const { pool } = database.db;
  const [anna, ben, last] = await Promise.all(['Anna', 'Ben', 'Last'].map((name) => makeUser(database.db, name, 'STAFF')));
  const notify = async (userIds: (string | undefined)[], key: string): Promise<void> => {
    await pool.query(
      `INSERT INTO notifications (id, user_id, type, title, message, dedupe_key)
       SELECT id, user_id, 'TEST', 'Look', 'Here', $3 || n FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t(id, user_id, n)
       ON CONFLICT (dedupe_key) DO NOTHING`,
      [userIds.map(() => newId()), userIds, key],
    );
  };
  await notify([anna?.id, anna?.id, ben?.id], 'first');
  await notify([anna?.id], 'first');
  await notify([last?.id], 'last');
  await waitUntil(async () => heard.includes(last?.id ?? ''), 10_000);
  expect(heard).toHaveLength(3);
  expect(new Set(heard)).toEqual(new Set([anna?.id, ben?.id, last?.id]));
});
