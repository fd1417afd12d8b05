import { once } from 'node:events';
import { EventEmitter } from 'node:events';
import { Client } from 'pg';
import { createDatabase } from '../../models';
import { listen } from '../../models/listener';
import { inTransaction } from '../../models/transaction';
import { createTestDatabase } from '../harness/database';
import type { TestDatabase } from '../harness/database';

let test: TestDatabase;
let owner: Client;

beforeAll(async () => {
  test = await createTestDatabase();
  owner = new Client(test.adminUrl);
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await test.drop();
});

/** Ends connections as a PostgreSQL that goes away does. The application's role may end its own. */
async function cutConnections(applicationName: string): Promise<void> {
  const cutter = new Client(test.url);
  await cutter.connect();
  await cutter.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [applicationName]);
  await cutter.end();
}

it('goes on when idle connections are cut, and tells of it', async () => {
  const errors = new EventEmitter();
  const db = createDatabase(test.url, { applicationName: 'idle-test', onError: (error) => errors.emit('told', error) });
  await Promise.all([db.pool.query('SELECT 1'), db.Client.count()]);
  const told = once(errors, 'told');
  await cutConnections('idle-test');
  await told;
  expect((await db.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect(await db.Client.count()).toBe(0);
  await db.close();
});

it('rolls a transaction back when its connection is cut between two statements', async () => {
  const db = createDatabase(test.url, { applicationName: 'busy-test' });
  const cut = inTransaction(db.pool, async (client) => {
    await client.query(`INSERT INTO bank_holidays VALUES ('2024-12-25', 'Christmas Day', 'test', now())`);
    await cutConnections('busy-test');
    await client.query('SELECT 1');
  });
  await expect(cut).rejects.toThrow();
  expect(await db.BankHoliday.count()).toBe(0);
  await inTransaction(db.pool, (client) =>
    client.query(`INSERT INTO bank_holidays VALUES ('2024-12-25', 'Christmas Day', 'test', now())`),
  );
  expect(await db.BankHoliday.findAll({ raw: true })).toMatchObject([{ date: '2024-12-25', title: 'Christmas Day' }]);
  await db.close();
});

it('rolls back what failed and keeps the connection', async () => {
  const db = createDatabase(test.url, { poolSize: 1 });
  await expect(inTransaction(db.pool, (client) => client.query('SELECT 1 / 0'))).rejects.toThrow('division by zero');
  expect((await db.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await db.close();
});

it('listens again after its connection was cut, and says so', async () => {
  const events = new EventEmitter();
  const first = once(events, 'listening');
  const listener = listen({
    url: test.url,
    channels: ['outcomes'],
    onPayload: (channel, payload) => events.emit('payload', channel, payload),
    onReconnect: () => events.emit('listening'),
  });
  await first;
  const arrived = once(events, 'payload');
  await owner.query(`NOTIFY outcomes, 'request-1'`);
  expect(await arrived).toEqual(['outcomes', 'request-1']);

  const again = once(events, 'listening');
  await cutConnections('numericalz-listener');
  await again;
  const second = once(events, 'payload');
  await owner.query(`NOTIFY outcomes, 'request-2'`);
  expect(await second).toEqual(['outcomes', 'request-2']);

  expect(listener.isConnected()).toBe(true);
  await listener.close();
  expect(listener.isConnected()).toBe(false);
});

it('waits for a database that is not there yet, without ending the process', async () => {
  const errors = new EventEmitter();
  const told = once(errors, 'told');
  const listener = listen({
    url: 'postgresql://nobody@127.0.0.1:1/nothing',
    channels: ['outcomes'],
    onPayload: () => {},
    onReconnect: () => {},
    onError: (error) => errors.emit('told', error),
  });
  expect(String((await told)[0])).toContain('ECONNREFUSED');
  expect(listener.isConnected()).toBe(false);
  await listener.close();
});
