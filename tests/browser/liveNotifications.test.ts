import type { Page } from 'playwright-core';
import { newId } from '../../models/ids';
import { useSite } from './site';
import type { Visitor } from './visitor';

const site = useSite();
let staff: Visitor;

beforeAll(async () => {
  staff = await site.signIn(site.day.staff);
}, 120_000);

afterEach(() => expect(staff.complaints).toEqual([]));

function bell(page: Page) {
  return page.locator('a.bell');
}

/** How many unread notifications the header shows. */
async function unread(page: Page): Promise<number> {
  return Number(/\d+/.exec(await bell(page).innerText())?.[0] ?? 0);
}

/** Tells the staff member something. */
async function tell(title: string): Promise<void> {
  await site.practice.rows(`INSERT INTO notifications (id, user_id, type, title, message) VALUES ($1, $2, 'TEST', $3, 'Now')`, [
    newId(),
    site.day.staff.id,
    title,
  ]);
}

it('counts what comes in the header of the page that is open, and lists it at home, without a reload', async () => {
  const { page } = staff;
  await staff.open('/');
  const before = await unread(page);
  const quarter = (await site.day.api.get(`/clients/${site.day.acmeId}/filings`))
    .rows()
    .find(({ kind }) => kind === 'VAT_QUARTER');
  await site.day.api.post(`/vat-quarters/${String(quarter?.['id'])}/transitions`, { stage: 'PAPERWORK_RECEIVED' });
  await page.locator('section[aria-labelledby=news] li', { hasText: 'A filing waits for you' }).waitFor();
  await bell(page)
    .getByText(`${before + 1} unread`)
    .waitFor();
  await staff.open('/clients');
  await tell('Another thing');
  await bell(page)
    .getByText(`${before + 2} unread`)
    .waitFor();
  expect(await staff.violations()).toEqual([]);
}, 60_000);

it('shows it among my notifications, and counts down when it is read elsewhere', async () => {
  const { page } = staff;
  await staff.open('/notifications');
  const before = await unread(page);
  await tell('It came just now');
  await page.getByRole('link', { name: 'It came just now' }).waitFor();
  await bell(page)
    .getByText(`${before + 1} unread`)
    .waitFor();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByText('Everything is marked as read.').waitFor();
  await expect(bell(page).innerText()).resolves.toBe('Notifications');
}, 60_000);

it('leaves a form that somebody is filling in as it is', async () => {
  const { page } = staff;
  await staff.open(`/clients/${site.day.acmeId}/communications/log`);
  const text = page.getByLabel('What was said');
  await text.fill('Casey sends');
  await tell('While writing');
  await bell(page).getByText('1 unread').waitFor();
  await page.keyboard.type(' them');
  expect(await text.inputValue()).toBe('Casey sends them');
  await expect(page.locator('#stale').count()).resolves.toBe(0);
}, 60_000);

it('tells nobody else', async () => {
  const manager = await site.signIn(site.day.manager);
  await manager.open('/clients');
  const before = await bell(manager.page).innerText();
  await staff.open('/clients');
  await tell('For staff alone');
  await bell(staff.page).getByText('2 unread').waitFor();
  expect(await bell(manager.page).innerText()).toBe(before);
  await manager.leave();
}, 60_000);
