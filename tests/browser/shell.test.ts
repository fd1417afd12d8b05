import type { Page } from 'playwright-core';
import { PARTNER } from './day';
import { useSite } from './site';
import type { Visitor } from './visitor';

const site = useSite();
let partner: Visitor;

beforeAll(async () => {
  partner = await site.signIn(PARTNER);
}, 120_000);

beforeEach(() => partner.page.setViewportSize({ width: 1280, height: 900 }));

afterEach(() => expect(partner.complaints.splice(0)).toEqual([]));

/** The filing of a kind that a client has running. */
async function filingOf(client: string, route = 'vat-quarters'): Promise<string> {
  const filings = (await site.day.api.get(`/${route}?search=${client}`)).rows();
  return `/${route}/${String(filings[0]?.['id'])}`;
}

/** What somebody else does to a filing. */
async function moveElsewhere(filing: string, stage: string): Promise<void> {
  const { status } = await site.day.api.post(`${filing}/transitions`, { stage, notes: 'Elsewhere' });
  expect(status).toBe(200);
}

const checked = (page: Page): Promise<number> => page.locator('input[type=checkbox]:checked').count();
const stale = (page: Page) => page.getByText('Somebody has changed something here meanwhile.');

it('acts by x and n on the row that one has gone to, and on nothing without one', async () => {
  const { page } = partner;
  for (const path of ['/vat-quarters', '/clients', '/settings/chase-policies/vat']) {
    await partner.open(path);
    const before = await checked(page);
    await page.keyboard.press('x');
    await page.keyboard.press('n');
    expect(await checked(page)).toBe(before);
    expect(await page.evaluate(`document.activeElement === document.body`)).toBe(true);
  }
  await partner.open('/vat-quarters');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('1 selected').waitFor();
}, 60_000);

it.each(['/vat-quarters', '/clients'])(
  'selects a row of %s by a tap on a narrow screen',
  async (path) => {
    const { page } = partner;
    await page.setViewportSize({ width: 360, height: 800 });
    await partner.open(path);
    const box = page.locator('[data-row]').first().getByRole('checkbox');
    await box.click({ timeout: 5000 });
    expect(await box.isChecked()).toBe(true);
    await page.getByText('1 selected').waitFor();
    expect(await partner.violations()).toEqual([]);
  },
  60_000,
);

it('counts a panel that somebody opened as work: it stays, and the page says that it is outdated', async () => {
  const { page } = partner;
  const filing = await filingOf('Acme');
  await partner.open(filing);
  await page.locator('summary', { hasText: 'Pause reminders' }).click();
  await moveElsewhere(filing, 'PAPERWORK_RECEIVED');
  await stale(page).waitFor();
  expect(await page.getByLabel('Until (leave empty: until resumed)').isVisible()).toBe(true);
  await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
  const box = await stale(page).boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  await page.getByRole('link', { name: 'Show it' }).click();
  await page.locator('.facts').getByText('Records received').waitFor();
}, 60_000);

it('leads from a refused move back to the filing', async () => {
  const { page } = partner;
  const filing = await filingOf('Zebra');
  await partner.open(filing);
  await page.getByRole('textbox', { name: 'Note (the history keeps it)' }).fill('By phone');
  await moveElsewhere(filing, 'PAPERWORK_RECEIVED');
  await stale(page).waitFor();
  await page.getByLabel('Records received').check();
  await page.getByRole('button', { name: 'Move it', exact: true }).click();
  await page.getByText(/Moved by .* meanwhile/).waitFor();
  expect(new URL(page.url()).pathname).toBe(filing);
  await moveElsewhere(filing, 'WORK_IN_PROGRESS');
  await page.getByRole('link', { name: 'Show it' }).click();
  await page.locator('.facts').getByText('In progress').waitFor();
  expect(new URL(page.url()).pathname).toBe(filing);
}, 60_000);

it('makes one move of a double click', async () => {
  const { page } = partner;
  await partner.open('/ltd-accounts?search=Zebra');
  const next = page
    .locator('[data-row]')
    .first()
    .getByRole('button', { name: /Records received/ });
  await next.dblclick();
  await page.getByText('Moved to Records received.').waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('[data-row]').first().locator('.badge.received').waitFor();
  expect(await page.locator('.flash.refused').count()).toBe(0);
}, 60_000);

it('says so where no answer comes, and lets it be tried again', async () => {
  const { page } = partner;
  await partner.open('/ltd-accounts?search=Zebra');
  const next = page
    .locator('[data-row]')
    .first()
    .getByRole('button', { name: /In progress/ });
  await page.route('**/move', (route) => route.abort());
  await next.click();
  await page.getByRole('alert').getByText('No answer came from the server.').waitFor();
  await page.unroute('**/move');
  await page.context().setOffline(true);
  await next.click();
  expect(await page.getByRole('alert').getByText('No answer came from the server.').count()).toBe(1);
  await page.context().setOffline(false);
  await next.click();
  await page.getByText('Moved to In progress.').waitFor();
  expect(await page.getByText('No answer came from the server.').count()).toBe(0);
  // The browser itself notes what did not reach the server.
  partner.complaints.splice(0);
}, 60_000);
