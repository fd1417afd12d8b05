import { PARTNER } from './day';
import { useSite } from './site';
import type { Visitor } from './visitor';

const site = useSite();

/** The row of a client in the list that is open. */
function rowOf(visitor: Visitor, client: string) {
  return visitor.page.locator('tr[data-row]', { hasText: client }).first();
}

async function stageOf(filingPath: string): Promise<unknown> {
  return (await site.day.api.get(filingPath)).row()['currentStage'];
}

it('takes a filing through a day: staff, manager and partner, each with their own step', async () => {
  const staff = await site.signIn(site.day.staff);
  await staff.open('/vat-quarters');
  await expect(rowOf(staff, 'Zebra Ltd').count()).resolves.toBe(0);
  await rowOf(staff, 'Acme Ltd').getByRole('link').first().click();
  await staff.page.getByLabel('Records received').check();
  await staff.page.getByRole('textbox', { name: 'Note (the history keeps it)' }).fill('A box of receipts');
  await staff.page.getByRole('button', { name: 'Move it', exact: true }).click();
  await staff.page.getByText('Moved to Records received.').waitFor();
  const path = new URL(staff.page.url()).pathname;
  expect(await stageOf(path)).toBe('PAPERWORK_RECEIVED');
  await staff.page.getByText('A box of receipts').waitFor();

  await staff.open('/');
  await rowOf(staff, 'Acme Ltd')
    .getByRole('button', { name: /In progress/ })
    .click();
  await staff.page.getByText('Moved to In progress.').waitFor();
  // The list is shown anew in its own place, and the message in the one for messages.
  expect(await staff.page.locator('#results').count()).toBe(1);
  expect(await staff.page.locator('#flash').innerText()).toBe('Moved to In progress.');
  await rowOf(staff, 'Acme Ltd')
    .getByRole('button', { name: /Manager review/ })
    .click();
  await staff.page.getByText('Moved to Manager review.').waitFor();
  expect(await stageOf(path)).toBe('REVIEW_PENDING_MANAGER');

  const manager = await site.signIn(site.day.manager);
  await rowOf(manager, 'Acme Ltd')
    .getByRole('button', { name: /Partner review/ })
    .click();
  await manager.page.getByText('Moved to Partner review.').waitFor();

  await staff.open(path);
  await staff.page.getByText('Only a partner can move a filing out of Partner review').first().waitFor();

  const partner = await site.signIn(PARTNER);
  await partner.open(path);
  await partner.page.getByLabel('Emailed to client').check();
  await partner.page.getByRole('button', { name: 'Move it', exact: true }).click();
  await partner.page.getByText('Moved to Emailed to client.').waitFor();
  for (const visitor of [staff, manager, partner]) {
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  }
}, 180_000);

it('names what a correction undoes before it is done', async () => {
  const partner = await site.signIn(PARTNER);
  await partner.open('/vat-quarters');
  await rowOf(partner, 'Zebra Ltd').getByRole('link').first().click();
  await partner.page.getByLabel('Records received').check();
  await partner.page.getByRole('button', { name: 'Move it', exact: true }).click();
  await partner.page.getByText('Moved to Records received.').waitFor();
  await partner.page.getByText('Correct it').click();
  const correction = partner.page.locator('form.move', { hasText: 'Move it back' });
  await correction.getByText('Cleared: records received. The history keeps them.').first().waitFor();
  await correction
    .getByText(/The client is reminded from/)
    .first()
    .waitFor();
  await correction.getByLabel('Records to chase').check();
  await correction.getByRole('textbox').fill('The wrong client');
  await correction.getByRole('button', { name: 'Move it back' }).click();
  await partner.page.getByText('Moved to Records to chase.').waitFor();
  await partner.leave();
}, 120_000);

it('says who was faster where two people move one filing', async () => {
  const [partner, manager] = [await site.signIn(PARTNER), await site.signIn(site.day.manager)];
  await partner.open('/ltd-accounts');
  await rowOf(partner, 'Acme Ltd').getByRole('link').first().click();
  const path = new URL(partner.page.url()).pathname;
  await partner.page.getByRole('textbox', { name: 'Note (the history keeps it)' }).fill('By phone');
  await manager.open(path);
  await manager.page.getByLabel('Records received').check();
  await manager.page.getByRole('button', { name: 'Move it', exact: true }).click();
  await manager.page.getByText('Moved to Records received.').waitFor();
  // Somebody is writing a note here: the page says so and leaves the note alone.
  await partner.page.getByText('Somebody has changed something here meanwhile.').waitFor();
  await partner.page.getByLabel('Records received').check();
  await partner.page.getByRole('button', { name: 'Move it', exact: true }).click();
  await partner.page.getByText(/Moved by Morgan Manager meanwhile/).waitFor();
  for (const visitor of [partner, manager]) await visitor.leave();
}, 120_000);

it('shows a move by somebody else without a reload', async () => {
  const partner = await site.signIn(PARTNER);
  await partner.open('/vat-quarters?search=Zebra');
  await rowOf(partner, 'Zebra Ltd').getByText('Records to chase', { exact: true }).waitFor();
  const path = await rowOf(partner, 'Zebra Ltd').getAttribute('data-row');
  await site.day.api.post(`${path}/transitions`, { stage: 'PAPERWORK_RECEIVED' });
  await rowOf(partner, 'Zebra Ltd').locator('.badge.received').waitFor();
  await partner.leave();
}, 60_000);

it('previews what a bulk move would do, then does it', async () => {
  const manager = await site.signIn(site.day.manager);
  await manager.open('/ltd-accounts');
  await manager.page.keyboard.press('j');
  await manager.page.keyboard.press('x');
  await manager.page.getByText('1 selected').waitFor();
  await manager.page.getByLabel('Select all').check();
  await manager.page.getByLabel('Move to').selectOption('WORK_IN_PROGRESS');
  await manager.page.getByRole('button', { name: 'Preview' }).click();
  await manager.page.getByText(/^1 of \d+ will move$/).waitFor();
  await manager.page
    .getByText(/In progress does not follow Records to chase/)
    .first()
    .waitFor();
  await manager.page.getByRole('button', { name: 'Do it for the one that can' }).click();
  await manager.page.getByRole('heading', { name: /^1 of \d+ was moved to In progress/ }).waitFor();
  await manager.leave();
}, 120_000);

it('can be read and moved without JavaScript', async () => {
  const partner = await site.signIn(PARTNER, { javaScriptEnabled: false });
  await partner.open('/vat-quarters?search=Zebra');
  await rowOf(partner, 'Zebra Ltd').getByRole('button').click();
  await partner.page.getByText(/^Moved to/).waitFor();
  await partner.leave();
}, 60_000);

it('narrows a list while a name is typed, and keeps it in the address', async () => {
  const partner = await site.signIn(PARTNER);
  await partner.open('/vat-quarters');
  await partner.page.getByRole('searchbox', { name: 'Client', exact: true }).fill('Zebra');
  await rowOf(partner, 'Acme Ltd').waitFor({ state: 'detached' });
  await rowOf(partner, 'Zebra Ltd').waitFor();
  expect(new URL(partner.page.url()).searchParams.get('search')).toBe('Zebra');
  // The file and the board are of what is shown now.
  for (const name of ['Save as CSV', 'Board']) {
    expect(await partner.page.getByRole('link', { name }).getAttribute('href')).toContain('search=Zebra');
  }
  expect(partner.complaints).toEqual([]);
  await partner.leave();
}, 60_000);

it.each(['/vat-quarters', '/clients'])(
  'selects no other row of %s where the list is narrowed meanwhile',
  async (path) => {
    const manager = await site.signIn(site.day.manager);
    await manager.open(path);
    await rowOf(manager, 'Acme Ltd').getByRole('checkbox').check();
    await manager.page.getByText('1 selected').waitFor();
    await manager.page.getByRole('searchbox', { name: 'Client', exact: true }).fill('Zebra');
    await rowOf(manager, 'Acme Ltd').waitFor({ state: 'detached' });
    expect(await rowOf(manager, 'Zebra Ltd').getByRole('checkbox').isChecked()).toBe(false);
    await manager.leave();
  },
  60_000,
);

it('keeps a view by a name, and goes by the keyboard', async () => {
  const partner = await site.signIn(PARTNER);
  await partner.open('/vat-quarters?assignedUserId=none');
  await partner.page.getByText('My views').click();
  await partner.page.getByLabel('Name of this view').fill('Nobody’s');
  await partner.page.getByRole('button', { name: 'Save this view' }).click();
  await partner.page.getByText('The view was saved.').waitFor();
  await partner.open('/vat-quarters');
  await partner.page.getByRole('link', { name: 'Nobody’s', exact: true }).click();
  // The keys work once the page has loaded.
  await partner.page.waitForURL('**/vat-quarters?assignedUserId=none');
  await partner.page.keyboard.press('?');
  await partner.page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await partner.page.keyboard.press('Escape');
  await partner.page.keyboard.press('/');
  await partner.page.keyboard.type('Zebra');
  await partner.page.keyboard.press('Enter');
  await partner.page.getByRole('heading', { name: 'Found for “Zebra”' }).waitFor();
  await partner.leave();
}, 60_000);
