import type { Locator, Page } from 'playwright-core';
import { useSite } from './site';
import type { Visitor } from './visitor';

const NARROW = { width: 360, height: 800 };
const WIDE = { width: 1280, height: 900 };
const NEXT_SUMMER = `${new Date().getUTCFullYear() + 1}-07-01`;

const site = useSite();
let path: string;

beforeAll(async () => {
  path = `/clients/${site.day.acmeId}/communications`;
}, 120_000);

function rowOf(page: Page, subject: string): Locator {
  return page.locator('tr[data-row]', { hasText: subject });
}

/** Presses a button by the keyboard. */
async function press(button: Locator): Promise<void> {
  await button.focus();
  await button.press('Enter');
}

async function expectUsable(visitor: Visitor): Promise<void> {
  for (const viewport of [NARROW, WIDE]) {
    await visitor.page.setViewportSize(viewport);
    expect(await visitor.violations()).toEqual([]);
    expect(await visitor.overflow()).toBe(0);
  }
}

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('communications with a client, %s', (name, javaScriptEnabled) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await site.signIn(site.day.staff, { javaScriptEnabled });
  }, 60_000);

  afterAll(async () => {
    expect(visitor?.complaints).toEqual([]);
    await visitor?.leave();
  });

  it('are found from the client’s page, where a call is logged with when it was', async () => {
    const { page } = visitor;
    await visitor.open(`/clients/${site.day.acmeId}`);
    await page.locator('.heading').getByRole('link', { name: 'Communications' }).click();
    await page.getByRole('link', { name: 'Log a call, SMS or e-mail' }).click();
    if (javaScriptEnabled) await expectUsable(visitor);
    await page.getByLabel('About').fill(`Records by phone ${name}`);
    await page.getByLabel('What was said').fill('Casey sends them\non Monday');
    await page.getByLabel('When (London)').fill(`${NEXT_SUMMER}T09:00`);
    await press(page.getByRole('button', { name: 'Log it' }));
    expect(await page.locator('#sentAt-error').innerText()).toContain('Lies in the future');
    expect(await page.getByLabel('What was said').inputValue()).toBe('Casey sends them\non Monday');
    await page.getByLabel('When (London)').fill('2024-07-01T09:30');
    await press(page.getByRole('button', { name: 'Log it' }));
    await page.getByText('It is logged.').waitFor();
    const row = rowOf(page, `Records by phone ${name}`);
    await row.getByText('01 Jul 2024, 09:30').waitFor();
    await row.getByText('Sam Staff').waitFor();
    await row.getByText('Logged').waitFor();
    const [logged] = (await site.day.api.get(`${path}?type=PHONE`)).rows();
    expect(logged).toMatchObject({ sentAt: '2024-07-01T08:30:00.000Z', content: 'Casey sends them\non Monday' });
  }, 60_000);

  it('go out at a time in London, can be moved, and are cancelled until then', async () => {
    const { page } = visitor;
    const subject = `Your records ${name}`;
    await visitor.open(`${path}/schedule`);
    await page.getByText('Casey Contact, casey@example.com').waitFor();
    await page.getByLabel('Subject').fill(subject);
    await page.getByLabel('Text').fill('Dear Casey');
    await page.getByLabel('Goes out (London)').fill('2024-07-01T09:00');
    await press(page.getByRole('button', { name: 'Schedule it' }));
    expect(await page.locator('#scheduledAt-error').innerText()).toBe('Must lie in the future');
    if (javaScriptEnabled) await expectUsable(visitor);
    await page.getByLabel('Goes out (London)').fill(`${NEXT_SUMMER}T09:00`);
    await press(page.getByRole('button', { name: 'Schedule it' }));
    await page.getByText(/The e-mail goes out on 01 Jul \d{4}, 09:00\./).waitFor();
    const scheduled = async () => (await site.day.api.get(`${path}?type=EMAIL`)).rows().find((row) => row['subject'] === subject);
    expect(await scheduled()).toMatchObject({ scheduledAt: `${NEXT_SUMMER}T08:00:00.000Z`, status: 'SCHEDULED' });

    await rowOf(page, subject)
      .getByRole('link', { name: `Change or move: ${subject}` })
      .click();
    if (javaScriptEnabled) await expectUsable(visitor);
    expect(await page.getByLabel('Goes out (London)').inputValue()).toBe(`${NEXT_SUMMER}T09:00`);
    await page.getByLabel('Goes out (London)').fill(`${NEXT_SUMMER}T14:15`);
    await press(page.getByRole('button', { name: 'Save it' }));
    await page.getByText(/goes out on 01 Jul \d{4}, 14:15\./).waitFor();
    expect(await scheduled()).toMatchObject({ scheduledAt: `${NEXT_SUMMER}T13:15:00.000Z` });

    if (javaScriptEnabled) await expectUsable(visitor);
    await press(rowOf(page, subject).getByRole('button', { name: `Cancel: ${subject}` }));
    await page.getByText('The e-mail is cancelled.').waitFor();
    await rowOf(page, subject).getByText('Cancelled').waitFor();
    expect(await scheduled()).toMatchObject({ status: 'CANCELLED' });
  }, 60_000);

  it('are shown with their delivery, and what has gone out is changed no more', async () => {
    const { page } = visitor;
    const subject = `Gone out ${name}`;
    const scheduledAt = new Date(Date.now() + 1500).toISOString();
    const message = { clientId: site.day.acmeId, type: 'EMAIL', subject, content: 'Dear Casey', scheduledAt };
    const { id } = (await site.day.api.post('/communications', message)).row();
    await visitor.open(`${path}/${id}`);
    await site.practice.until(async () => (await site.day.api.get(`/communications/${id}`)).row()['status'] === 'SENT');
    await page.getByLabel('Goes out (London)').fill(`${NEXT_SUMMER}T09:00`);
    await press(page.getByRole('button', { name: 'Save it' }));
    await page.getByText(/It has gone out, was cancelled, or never had a time/).waitFor();
    await page.getByText('it cannot be changed any more').waitFor();
    await visitor.open(`${path}?type=EMAIL`);
    await rowOf(page, subject).getByText('Sent', { exact: true }).waitFor();
    await site.practice.rows(
      `UPDATE email_logs SET status = 'FAILED', failure_reason = 'No such mailbox' WHERE id = (SELECT email_id FROM communications WHERE id = $1)`,
      [id],
    );
    await page.getByRole('link', { name: 'Failed' }).click();
    await rowOf(page, subject).getByText('No such mailbox').waitFor();
    await site.practice.rows(
      `UPDATE email_logs SET status = 'DELIVERED', failure_reason = NULL WHERE id = (SELECT email_id FROM communications WHERE id = $1)`,
      [id],
    );
    await page.getByRole('link', { name: 'E-mails' }).click();
    await rowOf(page, subject).getByText('Delivered').waitFor();
    await expect(rowOf(page, subject).getByRole('link').count()).resolves.toBe(0);
  }, 60_000);
});

it('are nobody else’s: a staff member sees those of their own clients only', async () => {
  const zebra = (await site.day.api.get('/clients?search=Zebra')).rows()[0];
  const staff = await site.signIn(site.day.staff);
  for (const page of ['', '/log', '/schedule']) {
    await staff.open(`/clients/${String(zebra?.['id'])}/communications${page}`);
    await staff.page.getByRole('heading', { name: 'Not found' }).waitFor();
  }
  await staff.leave();
}, 60_000);
