import ICAL from 'ical.js';
import { z } from 'zod';
import { addDays } from '../../domain/calendar/dates';
import { londonDateOf } from '../../domain/calendar/london';
import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';
import { makeClient, makeLtdAccounts, makeVatQuarter } from '../harness/practice';

const Link = z.object({ url: z.string() });

let server: ApiServer;
let sam: { id: string; api: ApiCaller };

const today = londonDateOf(Date.now());
const due = addDays(today, 10);

beforeAll(async () => {
  server = await ApiServer.start();
  const manager = await server.person('MANAGER');
  sam = await server.person('STAFF', 'Sam Staff');
  const { db } = server.database;
  const client = await makeClient(db, 'Acorn, Oak; & Sons Ltd');
  const quarter = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due };
  await makeVatQuarter(db, client, quarter, sam.id);
  const filed = await makeVatQuarter(db, client, { ...quarter, period: '2023-Q4', start: '2023-10-01' }, sam.id);
  await db.VATQuarter.update({ isCompleted: true }, { where: { id: filed.filingId } });
  const year = { start: '2023-04-01', end: '2024-03-31', accountsDue: due, ctDue: due, ctReturnDue: due };
  await makeLtdAccounts(db, client, year, manager.id);
}, 60_000);

afterAll(() => server.stop());

const makeLink = async (): Promise<string> => Link.parse((await sam.api.post('/calendar-link')).body.data).url;

/** The events of a feed, as a calendar reads them. */
async function events(url: string): Promise<ICAL.Event[]> {
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  const calendar = new ICAL.Component(ICAL.parse(await response.text()));
  return calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
}

it('shows a person the deadlines of their own open filings, as whole days without a time zone', async () => {
  const [event, ...others] = await events(await makeLink());
  expect(others).toEqual([]);
  expect(event?.summary).toBe('Acorn, Oak; & Sons Ltd: VAT return due');
  expect(event?.startDate.isDate).toBe(true);
  expect([event?.startDate.toString(), event?.endDate.toString()]).toEqual([due, addDays(due, 1)]);
  expect(event?.description).toContain('Assigned to Sam Staff');
});

it('has one link that counts: a new one ends the old, and revoking ends the last', async () => {
  const [first, second] = [await makeLink(), await makeLink()];
  expect((await fetch(first)).status).toBe(404);
  expect(await events(second)).toHaveLength(1);
  expect((await sam.api.get('/calendar-link')).body.data).toMatchObject({ lastReadAt: expect.any(String) });
  expect((await sam.api.send('DELETE', '/calendar-link')).status).toBe(200);
  expect((await fetch(second)).status).toBe(404);
  expect((await sam.api.send('DELETE', '/calendar-link')).status).toBe(404);
  expect((await sam.api.get('/calendar-link')).body.data).toBeNull();
});

it('opens for nobody who guesses, whose link has expired, or who has left', async () => {
  const link = await makeLink();
  const path = new URL(link).pathname;
  for (const guess of [
    path.replace(/.\.ics$/, '.ics'),
    path.replace('/calendar/', '/calendar/x'),
    '/calendar/x.ics',
    '/calendar/.ics',
  ]) {
    expect([guess, (await fetch(new URL(guess, link))).status]).toEqual([guess, 404]);
  }
  await server.database.db.User.update({ isActive: false }, { where: { id: sam.id } });
  expect((await fetch(link)).status).toBe(404);
  await server.database.db.User.update({ isActive: true }, { where: { id: sam.id } });
  expect(await events(link)).toHaveLength(1);
  await server.database.db.CalendarLink.update({ expiresAt: new Date(Date.now() - 1000) }, { where: { userId: sam.id } });
  expect((await fetch(link)).status).toBe(404);
});

it('stores no secret, and logs who made and who revoked a link', async () => {
  const link = await makeLink();
  const secret = new URL(link).pathname.split('.')[1] ?? '';
  expect(secret.length).toBeGreaterThan(40);
  const { rows } = await server.database.db.pool.query('SELECT * FROM calendar_links');
  expect(JSON.stringify(rows)).not.toContain(secret);
  const logged = await server.database.db.ActivityLog.findAll({ where: { userId: sam.id } });
  const actions = logged.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['CALENDAR_LINK_CREATED', 'CALENDAR_LINK_REVOKED']));
  expect(JSON.stringify(logged)).not.toContain(secret);
});
