import type { Browser } from 'playwright-core';
import { RunningPractice } from '../harness/runningPractice';
import type { Day } from './day';
import { makeDay } from './day';
import { openBrowser, Visitor } from './visitor';

/** A practice on an ordinary day and a browser to visit it with; there while the tests of a file run. */
export class Site {
  private parts: { practice: RunningPractice; day: Day; browser: Browser } | undefined;

  async open(): Promise<void> {
    const practice = await RunningPractice.start();
    try {
      this.parts = { practice, day: await makeDay(practice), browser: await openBrowser() };
    } catch (error) {
      await practice.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.parts?.browser.close();
    await this.parts?.practice.stop();
  }

  get practice(): RunningPractice {
    return this.opened.practice;
  }

  get day(): Day {
    return this.opened.day;
  }

  get browser(): Browser {
    return this.opened.browser;
  }

  /** Somebody in a browser of their own who has not signed in. */
  enter(options: Parameters<typeof Visitor.enter>[2] = {}): Promise<Visitor> {
    return Visitor.enter(this.browser, this.practice.url, options);
  }

  /** Somebody of the practice in a browser of their own, signed in. */
  signIn(who: Parameters<typeof Visitor.signIn>[2], options: Parameters<typeof Visitor.signIn>[3] = {}): Promise<Visitor> {
    return Visitor.signIn(this.browser, this.practice.url, who, options);
  }

  private get opened(): NonNullable<Site['parts']> {
    if (!this.parts) throw new Error('The site is there only while tests run');
    return this.parts;
  }
}

/** The site of a file of tests: opened before what the file itself prepares, closed after its tests. */
export function useSite(): Site {
  const site = new Site();
  beforeAll(() => site.open(), 300_000);
  afterAll(() => site.close(), 60_000);
  return site;
}
