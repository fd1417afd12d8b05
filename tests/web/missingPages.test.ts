import { ApiServer } from '../harness/apiServer';
import { makeClient, makeVatQuarter } from '../harness/practice';
import { FormVisitor } from './formVisitor';
import { signedIn } from './signedIn';

const QUARTER = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
}, 60_000);

afterAll(() => server.stop());

describe('an address that does not exist', () => {
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it('is a page for people, with the way to everything else where they are signed in', async () => {
    const { visitor } = await signedIn(server, 'Lost Person');
    const { status, html, headers } = await visitor.open('/nonsense', browser);
    expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect(html).toContain('<h1>Not found</h1>');
    expect(html).toContain('There is no page at this address.');
    expect(html).toContain('aria-label="Main"');
    const stranger = await new FormVisitor(server.url).open('/nonsense', browser);
    expect(stranger.html).toContain('<h1>Not found</h1>');
    expect(stranger.html).not.toContain('aria-label="Main"');
  });

  it('stays JSON for programs', async () => {
    const { visitor } = await signedIn(server, 'Program Person');
    for (const [path, accept] of [
      ['/api/v1/nonsense', 'text/html'],
      ['/nonsense', '*/*'],
    ] as const) {
      expect(JSON.parse((await visitor.open(path, { accept })).html)).toMatchObject({ success: false, code: 'NOT_FOUND' });
    }
  });

  it.each([
    ['/clients/', '/clients'],
    ['/clients/?search=a', '/clients?search=a'],
    ['//evil.example/', '/'],
    ['/vat-quarters/bulk/preview', '/vat-quarters'],
    ['/vat-quarters/cabsent/move', '/vat-quarters/cabsent'],
    ['/profile/two-factor/confirm', '/profile'],
    ['/saved-views', '/'],
  ])('leads to the page that is meant: %s', async (path, to) => {
    const { visitor } = await signedIn(server, `Nearly ${path.length} ${to.length}`);
    expect((await visitor.open(path, browser)).to).toBe(to);
  });
});

it('keeps the navigation beside a refusal', async () => {
  const { visitor } = await signedIn(server, 'Refused Person');
  for (const { status, html } of [
    await visitor.open('/vat-quarters/cabsent'),
    await visitor.sendBare('/saved-views', { _csrf: 'none' }),
  ]) {
    expect([404, 403]).toContain(status);
    expect(html).toContain('aria-label="Main"');
  }
});

it('says that a list has no such page, with the way back', async () => {
  const { visitor, id } = await signedIn(server, 'Paging Person');
  const { db } = server.database;
  await makeVatQuarter(db, await makeClient(db, 'Paged Ltd', { assignedUserId: id }), QUARTER);
  const { status, html } = await visitor.open('/vat-quarters?page=99&search=Paged');
  expect(status).toBe(200);
  expect(html).toContain('There is no page 99: the list ends with page 1.');
  expect(html).toContain('href="/vat-quarters?search=Paged"');
});
