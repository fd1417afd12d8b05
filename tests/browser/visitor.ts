import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** Debian's Chromium unless the environment names another. */
const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** What the browser notes besides: an answer that refuses is shown on the page; a frame where nothing may run is looked into by the tests. */
const NOTED = ['Failed to load resource', 'Blocked script execution'];

/** A browser without anybody in it; in a container it runs as root, where Chromium has no sandbox of its own. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: EXECUTABLE, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

/** What one person does in a browser of their own. */
export class Visitor {
  /** What the browser complained of: scripts that failed, what the Content-Security-Policy refused. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error' && !NOTED.some((start) => message.text().startsWith(start)))
        this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  static async enter(browser: Browser, url: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(30_000);
    return new Visitor(await context.newPage(), url);
  }

  static async signIn(
    browser: Browser,
    url: string,
    { email, password }: { email: string; password: string },
    options: { javaScriptEnabled?: boolean } = {},
  ): Promise<Visitor> {
    const visitor = await Visitor.enter(browser, url, options);
    await visitor.open('/sign-in');
    await visitor.page.getByLabel('E-mail').fill(email);
    await visitor.page.getByLabel('Password').fill(password);
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page.getByRole('heading', { level: 1, name: /^Good day/ }).waitFor();
    return visitor;
  }

  /** Opens a page; gives the bytes of its document. */
  async open(path: string): Promise<number> {
    const response = await this.page.goto(this.url + path);
    return (await response?.body())?.byteLength ?? 0;
  }

  /** The rules of WCAG that the page breaks, with where; a frame in which nothing may run lets axe in neither. */
  async violations(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).exclude('iframe[sandbox=""]').analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }

  /** By how many pixels the page is wider than its window. */
  async overflow(): Promise<number> {
    return await this.page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}
