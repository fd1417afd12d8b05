import { PARTNER } from './day';
import { goTo, SITE_PAGES } from './pages';
import { useSite } from './site';
import type { Visitor } from './visitor';

const MOST_BYTES = 100 * 1024;
const NARROW = { width: 360, height: 800 };
const WIDE = { width: 1280, height: 900 };

const site = useSite();
let partner: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  partner = await site.signIn(PARTNER);
  stranger = await site.enter();
}, 120_000);

describe.each(SITE_PAGES.map((page) => [page.name, page] as const))('the page %s', (_name, shown) => {
  const visitor = (): Visitor => (shown.isPublic ? stranger : partner);

  it('breaks no rule of accessibility and nothing that the browser complains of, wide and narrow', async () => {
    const { page, complaints } = visitor();
    complaints.length = 0;
    for (const viewport of [WIDE, NARROW]) {
      await page.setViewportSize(viewport);
      await goTo(page, site.practice.url, shown);
      expect(await visitor().violations()).toEqual([]);
      expect(await visitor().overflow()).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  it('says what it is in its title and its one heading of the first level', async () => {
    const { page } = visitor();
    await goTo(page, site.practice.url, shown);
    expect(await page.title()).toMatch(/^\S.* · Numericalz$/);
    expect(await page.locator('h1').count()).toBe(1);
  });

  it('weighs less than 100 KB, with everything it loads', async () => {
    const context = await site.browser.newContext({ storageState: await visitor().page.context().storageState() });
    const fresh = await context.newPage();
    const session = await context.newCDPSession(fresh);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await session.send('Network.enable');
    await goTo(fresh, site.practice.url, { ...shown, path: shown.path });
    await context.close();
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(shown.follow === undefined ? MOST_BYTES : 2 * MOST_BYTES);
  });
});
