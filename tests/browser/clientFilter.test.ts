import { PARTNER } from './day';
import { useSite } from './site';
import type { Visitor } from './visitor';

const site = useSite();

beforeAll(async () => {
  const client = { companyType: 'LIMITED_COMPANY', contactName: 'Casey Contact', contactEmail: 'casey@example.com' };
  await site.day.api.post('/clients', { ...client, companyName: 'Bakery Ltd', numberOfEmployees: 12, nextYearEnd: '2027-12-31' });
}, 120_000);

const condition = (visitor: Visitor, label: string) => visitor.page.getByRole('group', { name: label, exact: true });

/** The names of the clients that are listed. */
async function listed(visitor: Visitor): Promise<string[]> {
  return await visitor.page.locator('tr[data-row] th a').allTextContents();
}

async function waitForClients(visitor: Visitor, words: string): Promise<void> {
  await visitor.page.locator('#results').getByRole('status').getByText(words, { exact: true }).waitFor();
}

it('is made by the keyboard, shows at once what it finds, and opens the same for whoever gets the address', async () => {
  const partner = await site.signIn(PARTNER);
  const { page } = partner;
  await partner.open('/clients');
  await waitForClients(partner, '3 clients');
  await page.keyboard.press('f');
  await page.keyboard.type('quarter group');
  await page.keyboard.press('Enter');
  await condition(partner, 'VAT quarter group').getByText('Counts once it is filled in.').waitFor();
  // What is filled in next has the focus.
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'C', exact: true }).check();
  await waitForClients(partner, '2 clients');
  expect(await page.getByRole('checkbox', { name: 'C', exact: true }).isVisible()).toBe(true);
  await page.keyboard.press('Escape');

  await page.keyboard.press('f');
  await page.keyboard.type('client name');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Client name: value' }).waitFor();
  await page.keyboard.type('bak');
  await waitForClients(partner, '0 clients');
  await page.getByLabel('Conditions are joined by').selectOption('OR');
  await waitForClients(partner, '3 clients');
  await condition(partner, 'Client name').getByLabel('Client name: how').selectOption('notContains');
  await page.getByLabel('Conditions are joined by').selectOption('AND');
  await waitForClients(partner, '2 clients');
  expect(await page.getByRole('textbox', { name: 'Client name: value' }).inputValue()).toBe('bak');
  expect(await partner.violations()).toEqual([]);

  const manager = await site.signIn(site.day.manager);
  await manager.open(new URL(page.url()).pathname + new URL(page.url()).search);
  await waitForClients(manager, '2 clients');
  expect(await manager.page.getByLabel('Client name: how').inputValue()).toBe('notContains');

  await page.getByRole('button', { name: 'Remove the condition on VAT quarter group' }).click();
  await waitForClients(partner, '2 clients');
  await condition(partner, 'VAT quarter group').waitFor({ state: 'detached' });
  expect(await page.getByRole('textbox', { name: 'Client name: value' }).inputValue()).toBe('bak');
  await page.getByRole('button', { name: 'Remove the condition on Client name' }).click();
  await waitForClients(partner, '3 clients');
  expect([...new URL(page.url()).searchParams.keys()]).not.toContain('1.1.field');
  for (const visitor of [partner, manager]) {
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  }
}, 120_000);

it('keeps what is chosen while an earlier answer is still on its way', async () => {
  const partner = await site.signIn(PARTNER);
  const { page } = partner;
  await partner.open('/clients?1.1.field=vatQuarterGroup&1.1.is=in');
  await page.getByText('Choose…').click();
  const held: (() => void)[] = [];
  await page.route('**/clients?*', async (route) => {
    if (held.length === 0) await new Promise<void>((release) => held.push(release));
    await route.continue();
  });
  await Promise.all([page.waitForRequest('**/clients?edit=*'), page.getByRole('checkbox', { name: 'A', exact: true }).check()]);
  await page.getByRole('checkbox', { name: 'C', exact: true }).check();
  held[0]?.();
  await waitForClients(partner, '2 clients');
  expect(await page.getByRole('checkbox', { name: 'A', exact: true }).isChecked()).toBe(true);
  expect(await page.getByRole('checkbox', { name: 'C', exact: true }).isChecked()).toBe(true);
  expect(new URL(page.url()).searchParams.get('1.1.value')).toBe('A\nC');
  await partner.leave();
}, 60_000);

it('says at a condition what is wrong with it, and shows no clients until it is mended', async () => {
  const partner = await site.signIn(PARTNER);
  const { page } = partner;
  await partner.open('/clients?1.1.field=companyName&1.1.is=contains&1.1.value=e&1.2.field=numberOfEmployees&1.2.is=between');
  await waitForClients(partner, '3 clients');
  await page.getByLabel('Employees: from').fill('20');
  await page.getByLabel('Employees: to').fill('10');
  await condition(partner, 'Employees').getByText('The range ends before it begins.').waitFor();
  await page.getByText('The filter cannot be understood yet: mend what is marked.').waitFor();
  expect(await listed(partner)).toEqual([]);
  expect(await page.getByLabel('Employees: from').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Client name: value').getAttribute('aria-invalid')).toBeNull();
  expect(await partner.violations()).toEqual([]);
  await page.getByLabel('Employees: from').fill('many');
  await condition(partner, 'Employees').getByText('“Employees” is compared with a number of at most 15 digits.').waitFor();
  await page.getByLabel('Employees: from').fill('5');
  await page.getByLabel('Employees: to').fill('12');
  await waitForClients(partner, 'One client');
  expect(await listed(partner)).toEqual(['Bakery Ltd']);

  await partner.open('/clients?1.1.field=password&1.1.is=contains&1.1.value=e');
  await condition(partner, 'password').getByText('Clients cannot be filtered by password.').waitFor();
  await partner.leave();
}, 90_000);

it('shows why a list cannot be read, and does not take it off the page', async () => {
  const partner = await site.signIn(PARTNER);
  const { page } = partner;
  await partner.open('/clients?1.1.field=companyName&1.1.is=contains');
  await page.getByLabel('Client name: value').fill('x'.repeat(201));
  await condition(partner, 'Client name').getByText('At most 200 characters.').waitFor();
  await partner.open('/clients');
  await page.getByRole('searchbox', { name: 'Client', exact: true }).fill('x'.repeat(201));
  await page.getByRole('heading', { name: 'That did not work' }).waitFor();
  await partner.leave();
}, 60_000);

it('is kept by a name, shared with the practice, changed and thrown away', async () => {
  const partner = await site.signIn(PARTNER);
  const { page } = partner;
  await partner.open('/clients?1.1.field=companyName&1.1.is=startsWith&1.1.value=ba');
  await page.getByText('Save this filter').click();
  await page.getByLabel('Name of the filter').fill('Bakers');
  await page.getByLabel('Share it with the practice').check();
  await page.getByRole('button', { name: 'Save the filter' }).click();
  await page.getByText('The filter was saved.').waitFor();

  const staff = await site.signIn(site.day.staff);
  await staff.open('/clients');
  await staff.page
    .getByRole('navigation', { name: 'Saved filters' })
    .getByRole('link', { name: /Bakers/ })
    .click();
  await staff.page.getByLabel('Client name: value').waitFor();
  await waitForClients(staff, '0 clients');
  // It is not theirs to change: they save one of their own.
  await staff.page.getByText('Save this filter').waitFor();
  expect(await staff.page.getByText('Change “Bakers”').count()).toBe(0);

  await page.getByLabel('Client name: value').fill('ac');
  await waitForClients(partner, 'One client');
  await page.getByRole('link', { name: /Bakers shared, changed/ }).waitFor();
  await page.getByText('Change “Bakers”').click();
  await page.getByLabel('Name of the filter').fill('Those with ac');
  expect(await partner.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Save the change' }).click();
  await page.getByText('The filter was changed.').waitFor();
  await staff.open('/clients');
  await staff.page.getByRole('link', { name: /Those with ac/ }).click();
  await waitForClients(staff, 'One client');

  await page.getByText('Change “Those with ac”').click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await page.getByText('The filter was deleted.').waitFor();
  expect(await page.getByRole('navigation', { name: 'Saved filters' }).count()).toBe(0);
  // What it asked for is still asked for.
  await waitForClients(partner, 'One client');
  for (const visitor of [partner, staff]) await visitor.leave();
}, 120_000);

it('is made of groups without JavaScript, on a narrow screen', async () => {
  const partner = await site.signIn(PARTNER, { javaScriptEnabled: false });
  const { page } = partner;
  await page.setViewportSize({ width: 360, height: 800 });
  await partner.open('/clients');
  await page.getByText('+ Condition').click();
  expect(await partner.overflow()).toBe(0);
  await page.getByRole('button', { name: 'Client name', exact: true }).click();
  await page.getByLabel('Client name: value').fill('acme');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await waitForClients(partner, 'One client');
  await page.getByRole('button', { name: '+ Group' }).click();
  await page.getByText('+ Condition in group 2').click();
  await page.getByRole('group', { name: 'Group 2' }).getByRole('button', { name: 'Employees', exact: true }).click();
  await page.getByLabel('Employees: how').selectOption('between');
  await page.getByLabel('Groups are joined by').selectOption('OR');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Employees: from').fill('10');
  await page.getByLabel('Employees: to').fill('20');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await waitForClients(partner, '2 clients');
  expect(await listed(partner)).toEqual(['Acme Ltd', 'Bakery Ltd']);
  expect(await partner.overflow()).toBe(0);
  await page.getByRole('button', { name: 'Remove group 1' }).click();
  await waitForClients(partner, 'One client');
  expect(await listed(partner)).toEqual(['Bakery Ltd']);
  await partner.leave();
}, 90_000);

it('gives what is shown as a file', async () => {
  const partner = await site.signIn(PARTNER);
  await partner.open('/clients');
  await partner.page.keyboard.press('f');
  expect(await partner.violations()).toEqual([]);
  await partner.page.keyboard.type('employees');
  await partner.page.keyboard.press('Enter');
  await partner.page.getByRole('textbox', { name: 'Employees: value' }).fill('12');
  await waitForClients(partner, 'One client');
  const [download] = await Promise.all([
    partner.page.waitForEvent('download'),
    partner.page.getByRole('link', { name: 'Save as CSV' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const file = Buffer.concat(chunks).toString();
  expect(file).toContain('Bakery Ltd');
  expect(file).not.toContain('Acme Ltd');
  await partner.leave();
}, 60_000);
