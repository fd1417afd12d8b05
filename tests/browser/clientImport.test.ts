import { useSite } from './site';

const HEADER = 'companyName,companyType,companyNumber,contactName,contactEmail,isVatEnabled,vatFrequency,vatQuarterGroup';

const site = useSite();

const row = (name: string, email = 'casey@example.com'): string => `${name},LIMITED_COMPANY,,Casey,${email},yes,Quarterly,C`;
const csv = (...rows: string[]) => ({
  name: 'clients.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([HEADER, ...rows, ''].join('\n')),
});

async function named(name: string): Promise<number> {
  return (await site.day.api.get(`/clients?search=${encodeURIComponent(name)}`)).rows().length;
}

it('shows what a file would do, each row that is not right and why, before it imports the others', async () => {
  const manager = await site.signIn(site.day.manager);
  const { page } = manager;
  await manager.open('/clients');
  await page.getByRole('link', { name: 'Import', exact: true }).click();
  await page.getByLabel('CSV file').setInputFiles(csv(row('Imported One Ltd'), row('Imported Odd Ltd', 'no address')));
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByText('Nothing was changed yet.').waitFor();
  const refused = page.getByRole('row', { name: /no address/ });
  await refused.getByText('contactEmail').waitFor();
  await refused.getByText('Invalid email format').waitFor();
  expect(await refused.getByRole('rowheader').textContent()).toBe('Row 3');
  const added = page
    .getByRole('table', { name: 'What would be added or changed' })
    .getByRole('row', { name: /Imported One Ltd/ });
  await added.getByText('New', { exact: true }).waitFor();
  await added.getByText('E-mail: casey@example.com').waitFor();
  expect(await page.getByRole('link', { name: 'A sample file' }).getAttribute('href')).toBe('/api/v1/clients/import-sample.csv');
  expect(await named('Imported')).toBe(0);
  expect(await manager.violations()).toEqual([]);

  await page.getByLabel('Import nothing where a row is not right').check();
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByText('Nothing can be imported until these are mended in the file.').waitFor();
  expect(await page.getByRole('button', { name: /^Import/ }).count()).toBe(0);

  await page.getByLabel('Import nothing where a row is not right').uncheck();
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByRole('button', { name: 'Import the one client' }).click();
  await page.getByRole('heading', { name: 'What was done' }).waitFor();
  await page.getByRole('heading', { name: '1 of 1 given their filings' }).waitFor();
  expect(await manager.violations()).toEqual([]);
  await page.getByRole('link', { name: 'See the clients' }).click();
  await page.locator('tr[data-row]').first().getByText('Imported One Ltd').waitFor();
  expect(await named('Imported')).toBe(1);
  expect(manager.complaints).toEqual([]);
  await manager.leave();
}, 90_000);

it('imports no other file than the one that was looked at', async () => {
  const manager = await site.signIn(site.day.manager);
  const { page } = manager;
  await manager.open('/clients/import');
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByLabel('CSV file').setInputFiles(csv(row('Looked At Ltd')));
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByRole('button', { name: 'Import the one client' }).waitFor();
  await page.getByLabel('CSV file').setInputFiles(csv(row('Not Looked At Ltd'), row('Nor This Ltd')));
  await page.getByRole('button', { name: 'Import the one client' }).click();
  await page.getByText('This is another file than the one that you looked at: nothing was imported.').waitFor();
  expect(await named('Looked At')).toBe(0);
  await page.getByRole('button', { name: 'Import 2 clients' }).click();
  await page.getByRole('heading', { name: '2 of 2 given their filings' }).waitFor();
  expect(await named('Looked At')).toBe(1);
  await manager.leave();
}, 90_000);

it('says what is wrong with a file as a whole', async () => {
  const manager = await site.signIn(site.day.manager);
  const { page } = manager;
  await manager.open('/clients/import');
  const file = { name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from('companyName,shoeSize\nOdd Ltd,12\n') };
  await page.getByLabel('CSV file').setInputFiles(file);
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page
    .getByRole('alert')
    .getByText(/shoeSize/)
    .waitFor();
  await manager.leave();
}, 60_000);

it('shows how far the filings of a long file have come', async () => {
  const manager = await site.signIn(site.day.manager);
  const { page } = manager;
  await manager.open('/clients/import');
  const rows = Array.from({ length: 150 }, (_one, index) => row(`Many ${index} Ltd`));
  await page.getByLabel('CSV file').setInputFiles(csv(...rows));
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByRole('button', { name: 'Import 150 clients' }).click();
  await page.getByRole('heading', { name: '150 of 150 given their filings' }).waitFor({ timeout: 60_000 });
  expect(manager.complaints).toEqual([]);
  await manager.leave();
}, 120_000);

it('works without JavaScript on a narrow screen: the file is chosen once more', async () => {
  const manager = await site.signIn(site.day.manager, { javaScriptEnabled: false });
  const { page } = manager;
  await page.setViewportSize({ width: 360, height: 800 });
  await manager.open('/clients/import');
  const file = csv(row('Plain Ltd'), row('Odd Ltd', 'no address'));
  await page.getByLabel('CSV file').setInputFiles(file);
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByText('Nothing was changed yet.').waitFor();
  expect(await manager.overflow()).toBe(0);
  await page.getByText('Choose the same file once more to import it.').waitFor();
  await page.getByLabel('CSV file').setInputFiles(file);
  await page.getByRole('button', { name: 'Import the one client' }).click();
  await page.getByRole('heading', { name: 'What was done' }).waitFor();
  expect(await named('Plain Ltd')).toBe(1);
  const look = page.getByRole('link', { name: 'Look again' });
  if ((await look.count()) > 0) await look.click();
  await manager.leave();
}, 60_000);

it('is not for staff', async () => {
  const staff = await site.signIn(site.day.staff);
  await staff.open('/clients');
  expect(await staff.page.getByRole('link', { name: 'Import', exact: true }).count()).toBe(0);
  await staff.open('/clients/import');
  await staff.page.getByText('Your role may not do this: ask a partner.').waitFor();
  await staff.leave();
}, 60_000);
