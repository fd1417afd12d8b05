import { useSite } from './site';

const site = useSite();

async function policyOf(kind: 'vat' | 'ltd'): Promise<Record<string, unknown>> {
  return Object((await site.day.api.get(`/clients/${site.day.acmeId}/chase-policy/${kind}`)).body.data);
}

it('gives a client a policy of its own for one kind, after showing what that does, and takes it away again', async () => {
  const manager = await site.signIn(site.day.manager);
  const { page } = manager;
  await manager.open(`/clients/${site.day.acmeId}`);
  await page.getByRole('link', { name: 'Chasing', exact: true }).click();
  await page.getByText('Acme Ltd is chased for VAT quarters as every client is.').waitFor();
  await page.getByLabel('First reminder, days after the period’s end').fill('40');
  await page.getByLabel('Then every so many days').fill('14');
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByRole('heading', { name: '1 of 1 filing would be chased differently' }).waitFor();
  // Nothing is saved yet, and what was filled in is still there.
  expect(await policyOf('vat')).toMatchObject({ firstReminderAfterDays: 1, isClientsOwn: false });
  expect(await page.getByLabel('Then every so many days').inputValue()).toBe('14');
  const [, next, counts] = await page
    .locator('section', { hasText: 'would be chased differently' })
    .locator('tbody td')
    .allTextContents();
  expect(next).toMatch(/^\d\d \w{3} \d{4} → \d\d \w{3} \d{4}$/);
  expect(counts).toMatch(/^\d+ fewer/);
  await page.getByText('The practice’s: 7', { exact: true }).first().waitFor();
  expect(await manager.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Give it a policy of its own' }).click();
  await page.getByText('The client’s policy was changed.').waitFor();
  expect(await policyOf('vat')).toMatchObject({ firstReminderAfterDays: 40, reminderEveryDays: 14, isClientsOwn: true });
  expect(await policyOf('ltd')).toMatchObject({ isClientsOwn: false });
  expect((await site.day.api.get('/settings/chase-policies/vat')).body.data).toMatchObject({ firstReminderAfterDays: 1 });

  await page.setViewportSize({ width: 360, height: 800 });
  expect(await manager.overflow()).toBe(0);
  await page.getByRole('button', { name: 'Show what that would do' }).click();
  await page.getByRole('heading', { name: '1 of 1 filing would be chased differently' }).waitFor();
  expect(await policyOf('vat')).toMatchObject({ isClientsOwn: true });
  expect(await manager.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Take its own policy away' }).click();
  await page.getByText('The practice’s policy is in force for the client.').waitFor();
  expect(await policyOf('vat')).toMatchObject({ firstReminderAfterDays: 1, isClientsOwn: false });
  expect(manager.complaints).toEqual([]);
  await manager.leave();
}, 90_000);

it('says at the field what cannot be, without JavaScript', async () => {
  const manager = await site.signIn(site.day.manager, { javaScriptEnabled: false });
  const { page } = manager;
  await manager.open(`/clients/${site.day.acmeId}/chase-policy/ltd`);
  await page.getByText('Acme Ltd is chased for Ltd accounts as every client is.').waitFor();
  await page.getByLabel('Nearer the deadline').fill('21/0');
  await page.getByLabel('Stuck after so many days in one stage').fill('often');
  await page.getByRole('button', { name: 'Give it a policy of its own' }).click();
  expect(await page.locator('#stuckAfterDays-error').textContent()).toBe('Stuck after days must be a number');
  expect(await page.locator('#closer-error').textContent()).toBe('Closer, entry 1, every days must be 1 or more');
  expect(await page.getByLabel('Nearer the deadline').inputValue()).toBe('21/0');
  expect(await policyOf('ltd')).toMatchObject({ isClientsOwn: false });
  await manager.leave();
}, 60_000);

it('is read by staff, and changed by managers and partners alone', async () => {
  const staff = await site.signIn(site.day.staff);
  await staff.open(`/clients/${site.day.acmeId}/chase-policy/vat`);
  await staff.page.getByText('A manager or partner changes the policy.').waitFor();
  expect(await staff.page.getByRole('button', { name: /policy|would do/ }).count()).toBe(0);
  expect(await staff.violations()).toEqual([]);
  await staff.leave();
}, 60_000);
