import type { Browser } from 'playwright-core';
import { RunningPractice } from '../harness/runningPractice';
import { PARTNER, makeDay } from './day';
import { goTo, SITE_PAGES } from './pages';
import { openBrowser, Visitor } from './visitor';

const MOST_BYTES = 100 * 1024;
const NARROW = { width: 360, height: 800 };
const WIDE = { width: 1280, height: 900 };

let practice: RunningPractice;
let browser: Browser;
let partner: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  practice = await RunningPractice.start();
  await makeDay(practice);
  browser = await openBrowser();
  partner = await Visitor.signIn(browser, practice.url, PARTNER);
  stranger = await Visitor.enter(browser, practice.url);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await practice?.stop();
}, 60_000);

describe.each(SITE_PAGES.map((page) => [page.name, page] as const))('the page %s', (_name, site) => {
  const visitor = (): Visitor => (site.isPublic ? stranger : partner);

  it('breaks no rule of accessibility and nothing that the browser complains of, wide and narrow', async () => {
    const { page, complaints } = visitor();
    complaints.length = 0;
    for (const viewport of [WIDE, NARROW]) {
      await page.setViewportSize(viewport);
      await goTo(page, practice.url, site);
      expect(await visitor().violations()).toEqual([]);
      expect(await visitor().overflow()).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  it('says what it is in its title and its one heading of the first level', async () => {
    const { page } = visitor();
    await goTo(page, practice.url, site);
    expect(await page.title()).toMatch(/^\S.* · Numericalz$/);
    expect(await page.locator('h1').count()).toBe(1);
  });

  it('weighs less than 100 KB, with everything it loads', async () => {
    const context = await browser.newContext({ storageState: await visitor().page.context().storageState() });
    const fresh = await context.newPage();
    const session = await context.newCDPSession(fresh);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await session.send('Network.enable');
    await goTo(fresh, practice.url, { ...site, path: site.path });
    await context.close();
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(site.follow === undefined ? MOST_BYTES : 2 * MOST_BYTES);
  });
});
