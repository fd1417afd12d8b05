import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { goTo, SITE_PAGES } from './pages';
import { openBrowser, Visitor } from './visitor';

const FOLDER = join(__dirname, '..', '..', 'docs', 'screenshots');
const VIEWPORTS = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 780 } };

/** npm run docs:screenshots -- --password P [--url U] [--email E]: pictures of every page of a running practice, wide and narrow. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { url: text, email: text, password: text } });
  const { url = 'http://localhost:3000', email = 'partner@example.com', password } = values;
  if (password === undefined) throw new Error('Name the password with --password');
  mkdirSync(FOLDER, { recursive: true });
  const browser = await openBrowser();
  try {
    await picture(browser, url, { email, password });
  } finally {
    await browser.close();
  }
}

async function picture(browser: Browser, url: string, who: { email: string; password: string }): Promise<void> {
  const [stranger, partner] = [await Visitor.enter(browser, url), await Visitor.signIn(browser, url, who)];
  for (const site of SITE_PAGES) {
    const { page } = site.isPublic ? stranger : partner;
    for (const [name, viewport] of Object.entries(VIEWPORTS)) {
      await page.setViewportSize(viewport);
      await goTo(page, url, site);
      await page.screenshot({ path: join(FOLDER, `${site.name}-${name}.png`) });
    }
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
