import { newId } from '../../models/ids';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';
import { makeClient, makeVatQuarter } from '../harness/practice';

const QUARTER = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
}, 60_000);

afterAll(() => server.stop());

/** What a person's open page is told, event by event. */
class Told {
  private text = '';
  private readonly leaving = new AbortController();

  static async open(api: ApiCaller): Promise<Told> {
    const told = new Told();
    const { body } = await api.open('/events', told.leaving.signal);
    void told.read(body ?? new ReadableStream());
    await server.until(async () => told.text.includes('event: ready'));
    return told;
  }

  /** The ids of the filings that were told of so far. */
  get filings(): string[] {
    return [...this.text.matchAll(/"filingId":"(\w+)"/g)].map(([, id]) => id ?? '');
  }

  /** How many notifications were said to be unread, each time. */
  get unread(): number[] {
    return [...this.text.matchAll(/"unread":(\d+)/g)].map(([, count]) => Number(count));
  }

  get isMissed(): boolean {
    return this.text.includes('event: missed');
  }

  isEnded = false;

  leave(): void {
    this.leaving.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    try {
      const decoder = new TextDecoder();
      for await (const chunk of body) this.text += decoder.decode(chunk);
    } catch {
      // Left.
    }
    this.isEnded = true;
  }
}

it('tells a staff member of their own filings only, a manager of all', async () => {
  const [staff, manager] = [await server.person('STAFF'), await server.person('MANAGER')];
  const { db } = server.database;
  const own = await makeVatQuarter(db, await makeClient(db, 'Own Ltd', { assignedUserId: staff.id }), QUARTER);
  const foreign = await makeVatQuarter(db, await makeClient(db, 'Foreign Ltd'), QUARTER);
  const [toStaff, toManager] = [await Told.open(staff.api), await Told.open(manager.api)];
  for (const { filingId } of [foreign, own]) server.changes.tell(`VAT_QUARTER:${filingId}`);
  await server.until(async () => toStaff.filings.length > 0 && toManager.filings.length > 1);
  expect(toStaff.filings).toEqual([own.filingId]);
  expect(toManager.filings.toSorted()).toEqual([foreign.filingId, own.filingId].toSorted());
  toStaff.leave();
  toManager.leave();
});

it('tells each person of their own notifications only: how many are unread, at first and with each that comes', async () => {
  const [told, other] = [await server.person('STAFF', 'Told Person'), await server.person('STAFF', 'Other Person')];
  const notify = async (): Promise<void> => {
    await server.database.db.pool.query(
      `INSERT INTO notifications (id, user_id, type, title, message) VALUES ($1, $2, 'TEST', 'Look here', 'Now')`,
      [newId(), told.id],
    );
    server.changes.tellNotified(told.id);
  };
  await notify();
  const [toTold, toOther] = [await Told.open(told.api), await Told.open(other.api)];
  await server.until(async () => toTold.unread.length > 0 && toOther.unread.length > 0);
  await notify();
  await server.until(async () => toTold.unread.length > 1);
  expect(toTold.unread).toEqual([1, 2]);
  expect(toOther.unread).toEqual([0]);
  server.changes.tellMissed();
  await server.until(async () => toOther.isMissed && toTold.unread.length > 2);
  expect(toOther.unread).toEqual([0, 0]);
  for (const listener of [toTold, toOther]) listener.leave();
});

it('says that everything should be read again where notifications may have been missed', async () => {
  const manager = await server.person('MANAGER', 'Missing Manager');
  const told = await Told.open(manager.api);
  server.changes.tellMissed();
  await server.until(async () => told.isMissed);
  expect(told.filings).toEqual([]);
  told.leave();
});

it('ends with the session: nothing is told any more', async () => {
  const manager = await server.person('MANAGER', 'Leaving Manager');
  const told = await Told.open(manager.api);
  await manager.api.post('/auth/logout');
  server.changes.tell(`VAT_QUARTER:${newId()}`);
  await server.until(async () => told.isEnded);
  expect(told.filings).toEqual([]);
});
