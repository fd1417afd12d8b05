import type { Page } from 'playwright-core';
import { newId } from '../../models/ids';
import { PARTNER } from './day';
import { useSite } from './site';
import type { Visitor } from './visitor';

const NARROW = { width: 360, height: 800 };
const TEMPLATE = '/settings/email-templates/invitation';
const OWN = 'Hello {{name}},\n\nwelcome <img src=x onerror=alert(1)>.\n\n{{link}}';

const site = useSite();

async function inForce(): Promise<unknown> {
  return (await site.day.api.get('/email-templates/invitation')).body.data;
}

async function word(page: Page, subject: string, body: string): Promise<void> {
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Text', { exact: true }).fill(body);
}

/** Presses a button by the keyboard. */
async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.focus();
  await button.press('Enter');
}

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('the wording of an e-mail, %s', (_name, javaScriptEnabled) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await site.signIn(site.day.manager, { javaScriptEnabled });
  }, 60_000);

  afterAll(() => visitor?.leave());

  it('is found in the settings, shows what it may say, and refuses a broken one at its field', async () => {
    const { page } = visitor;
    await visitor.open('/settings');
    await page.getByRole('link', { name: 'E-mail templates' }).click();
    await page.getByRole('link', { name: 'Invitation' }).click();
    await page.getByText('{{link}} Must be in it').waitFor();
    const before = await inForce();
    await word(page, 'Hello {{nobody}}', 'No link in here');
    await press(page, 'Save the wording');
    await page.getByText('{{nobody}} is not known here: there are {{name}}, {{practiceName}}, {{link}}').nth(1).waitFor();
    const text = page.getByLabel('Text', { exact: true });
    expect(await text.getAttribute('aria-invalid')).toBe('true');
    const described = (await text.getAttribute('aria-describedby')) ?? '';
    expect(described).toContain('body-error');
    expect(await page.locator('#body-error').innerText()).toBe('{{link}} must be in it');
    expect(await text.inputValue()).toBe('No link in here');
    expect(await inForce()).toEqual(before);
  }, 60_000);

  it('is shown as it would look before it is saved, with everything harmless in it', async () => {
    const { page } = visitor;
    await visitor.open(TEMPLATE);
    const before = await inForce();
    await word(page, 'Welcome, {{name}}', OWN);
    await press(page, 'Show it first');
    await page.getByText('Nothing is saved yet').waitFor();
    await page.getByText('Welcome, Sam Staff').waitFor();
    const email = page.frameLocator('iframe[title="The e-mail as it looks"]');
    await email.getByText('welcome <img src=x onerror=alert(1)>.').waitFor();
    await email.getByRole('link', { name: 'The page on which to choose it' }).waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
    expect(await inForce()).toEqual(before);
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe(OWN);
    if (javaScriptEnabled) {
      expect(await visitor.violations()).toEqual([]);
      await page.setViewportSize(NARROW);
      expect(await visitor.violations()).toEqual([]);
      expect(await visitor.overflow()).toBe(0);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    expect(visitor.complaints).toEqual([]);
  }, 60_000);

  it('is saved with who did it, taken from an earlier version, and brought back to the standard', async () => {
    const { page } = visitor;
    await visitor.open(TEMPLATE);
    for (const subject of ['Welcome, {{name}}', 'Come in, {{name}}']) {
      await word(page, subject, OWN);
      await press(page, 'Save the wording');
      await page.getByText('The template was changed.').waitFor();
    }
    expect(await inForce()).toMatchObject({ subject: 'Come in, {{name}}', body: OWN, changedBy: { name: 'Morgan Manager' } });
    const [latest] = await page.locator('section[aria-labelledby=versions] li').allInnerTexts();
    expect(latest).toContain('In force');
    expect(latest).toContain('Morgan Manager, ');
    await page
      .getByRole('link', { name: /^Take version/ })
      .first()
      .click();
    await page.getByText('An earlier wording is filled in').waitFor();
    expect(await page.getByLabel('Subject').inputValue()).toBe('Welcome, {{name}}');
    await press(page, 'Save the wording');
    await page.getByText('The template was changed.').waitFor();
    expect(await inForce()).toMatchObject({ subject: 'Welcome, {{name}}' });
    await press(page, 'Back to the standard wording');
    await page.getByText('The template has its own wording again.').waitFor();
    expect(await inForce()).toMatchObject({ isDefault: true });
    expect(visitor.complaints).toEqual([]);
  }, 60_000);

  it('is not saved over what somebody else has saved meanwhile', async () => {
    const { page } = visitor;
    await visitor.open(TEMPLATE);
    await word(page, 'Mine', OWN);
    expect((await site.day.api.put('/email-templates/invitation', { subject: 'Theirs', body: OWN })).status).toBe(200);
    await press(page, 'Save the wording');
    await page.getByText('Somebody else changed this template meanwhile: look at it again.').waitFor();
    expect(await page.getByLabel('Subject').inputValue()).toBe('Mine');
    expect(await inForce()).toMatchObject({ subject: 'Theirs' });
  }, 60_000);
});

it('keeps the templates and the suppressed addresses from staff', async () => {
  const staff = await site.signIn(site.day.staff);
  await staff.open('/settings');
  await expect(staff.page.getByRole('link', { name: 'E-mail templates' }).count()).resolves.toBe(0);
  for (const path of [TEMPLATE, '/settings/suppressed-addresses']) {
    await staff.open(path);
    await staff.page.getByText('Your role may not do this: ask a partner.').waitFor();
  }
  await staff.leave();
}, 60_000);

describe('the addresses that nothing is sent to', () => {
  it.each([true, false])(
    'are listed with why and whose, and one is allowed again (scripts: %s)',
    async (javaScriptEnabled) => {
      const address = `casey-${javaScriptEnabled}@example.com`;
      await suppress(address);
      const visitor = await site.signIn(PARTNER, { javaScriptEnabled });
      const { page } = visitor;
      await visitor.open('/settings');
      await page.getByRole('link', { name: 'Suppressed addresses' }).click();
      const row = page.locator('tr', { hasText: address });
      await row.getByText('Came back').waitFor();
      await row.getByText('No such mailbox: Your records').waitFor();
      await row.getByRole('link', { name: 'Acme Ltd' }).waitFor();
      await row.getByText('has another address by now').waitFor();
      if (javaScriptEnabled) {
        expect(await visitor.violations()).toEqual([]);
        await page.setViewportSize(NARROW);
        expect(await visitor.violations()).toEqual([]);
        expect(await visitor.overflow()).toBe(0);
      }
      await press(page, `Allow again: ${address}`);
      await page.getByText('E-mails are sent to this address again.').waitFor();
      await page.getByText('No address is suppressed').waitFor();
      expect((await site.day.api.get('/suppressed-addresses')).rows()).toEqual([]);
      const [told] = (await site.day.api.get(`/activity-logs?action=ADDRESS_ALLOWED_AGAIN&clientId=${site.day.acmeId}`)).rows();
      expect(told).toMatchObject({ user: { name: expect.any(String) } });
      expect(visitor.complaints).toEqual([]);
      await visitor.leave();
    },
    60_000,
  );
});

/** As after the provider told that an e-mail to Acme Ltd came back. */
async function suppress(address: string): Promise<void> {
  const emailId = newId();
  await site.practice.rows(
    `INSERT INTO email_logs (id, recipient_email, subject, content, email_type, status, failure_reason, client_id, triggered_by, idempotency_key)
     VALUES ($1, $2, 'Your records', '', 'WORKFLOW', 'FAILED', 'No such mailbox', $3, $4, $1)`,
    [emailId, address, site.day.acmeId, site.day.manager.id],
  );
  await site.practice.rows(`INSERT INTO suppressed_addresses (id, address, reason, email_id) VALUES ($1, $2, 'BOUNCED', $3)`, [
    newId(),
    address,
    emailId,
  ]);
}
