import type { Page } from 'playwright-core';
import { newId } from '../../models/ids';
import { PARTNER } from './day';
import { useSite } from './site';

const NARROW = { width: 360, height: 800 };

const site = useSite();

beforeAll(async () => {
  const { api, acmeId: clientId, manager } = site.day;
  const quarter = (await api.get(`/clients/${clientId}/filings`)).rows().find(({ kind }) => kind === 'VAT_QUARTER');
  const move = { stage: 'PAPERWORK_RECEIVED', notes: 'A box of receipts' };
  const moved = await api.post(`/vat-quarters/${String(quarter?.['id'])}/transitions`, move);
  expect(moved.status).toBe(200);
  const accounts = (await api.get(`/clients/${clientId}/filings`)).rows().find(({ kind }) => kind === 'LTD_ACCOUNTS');
  const paused = await api.post(`/ltd-accounts/${String(accounts?.['id'])}/pause-chasing`, { reason: 'Casey is away' });
  expect(paused.status).toBe(200);
  await api.patch(`/clients/${clientId}`, { contactPhone: '020 7946 0000' });
  const call = { clientId, type: 'PHONE', subject: 'About the records', content: 'They come on Monday' };
  for (let count = 0; count < 26; count++) {
    await api.post('/communications', {
      ...call,
      subject: `${call.subject} ${count}`,
      sentAt: `2024-01-01T09:${count + 10}:00Z`,
    });
  }
  await site.practice.rows(
    `INSERT INTO email_logs (id, recipient_email, subject, content, email_type, status, failure_reason, client_id, triggered_by, idempotency_key)
     VALUES ($1, 'casey@example.com', 'We need your records', 'Please bring them', 'WORKFLOW', 'FAILED', 'No such mailbox', $2, $3, $1)`,
    [newId(), clientId, manager.id],
  );
}, 120_000);

function entry(page: Page, text: string) {
  return page.locator('section[aria-labelledby=activity] ol > li', { hasText: text });
}

it.each([true, false])(
  'tells on the client’s page everything that happened as one story, page by page and by kind (scripts: %s)',
  async (javaScriptEnabled) => {
    const visitor = await site.signIn(PARTNER, { javaScriptEnabled });
    const { page } = visitor;
    await visitor.open(`/clients/${site.day.acmeId}`);
    const move = entry(page, 'A box of receipts');
    await move.getByText('Records received').waitFor();
    await move.getByText(/Pat Partner, \d\d:\d\d/).waitFor();
    await entry(page, 'Casey is away')
      .getByText(/^Ltd accounts to/)
      .waitFor();
    await entry(page, 'We need your records').getByText('Failed').waitFor();
    await entry(page, 'No such mailbox').waitFor();
    await entry(page, 'Phone: nothing → 020 7946 0000').waitFor();
    const texts = await page.locator('section[aria-labelledby=activity] ol > li').allInnerTexts();
    expect(texts).toHaveLength(25);
    expect(texts.findIndex((text) => text.includes('We need'))).toBeLessThan(
      texts.findIndex((text) => text.includes('About the records 25')),
    );
    await page.getByRole('heading', { level: 3, name: '01 Jan 2024' }).waitFor();
    if (javaScriptEnabled) {
      expect(await visitor.violations()).toEqual([]);
      await page.setViewportSize(NARROW);
      expect(await visitor.violations()).toEqual([]);
      expect(await visitor.overflow()).toBe(0);
    }
    await page.getByRole('link', { name: 'Next' }).press('Enter');
    await entry(page, 'About the records 0').waitFor();
    expect(new URL(page.url()).hash).toBe('#activity');

    // A note of their own, one to a pause, and the one that says why the filing went to whoever the client was assigned to.
    // By the time of day the system may have written to the client, and moved a filing, itself.
    const entries = async (kind: string): Promise<number> =>
      (await site.day.api.get(`/clients/${site.day.acmeId}/timeline?kind=${kind}`)).rows().length;
    const counts = { 'E-mails': await entries('EMAIL'), Moves: await entries('MOVE'), Notes: 3, Communications: 25 };
    expect(Math.min(counts['E-mails'], counts.Moves)).toBeGreaterThan(0);
    const kinds = page.getByRole('navigation', { name: 'Kind of activity' });
    for (const [kind, count] of Object.entries(counts)) {
      await kinds.getByRole('link', { name: kind }).press('Enter');
      await kinds.locator('[aria-current]', { hasText: kind }).waitFor();
      expect({ kind, count: await page.locator('section[aria-labelledby=activity] ol > li').count() }).toEqual({ kind, count });
    }
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  },
  60_000,
);

it('opens what an e-mail says', async () => {
  const visitor = await site.signIn(PARTNER);
  const { page } = visitor;
  await page.setViewportSize(NARROW);
  await visitor.open(`/clients/${site.day.acmeId}?kind=EMAIL`);
  await page.getByRole('link', { name: 'We need your records' }).click();
  await page.getByRole('heading', { level: 1, name: 'We need your records' }).waitFor();
  await page.getByText('Please bring them').waitFor();
  expect(await visitor.violations()).toEqual([]);
  expect(await visitor.overflow()).toBe(0);
  expect(visitor.complaints).toEqual([]);
  await visitor.leave();
}, 60_000);

it('shows on the client’s page what somebody else does to a filing, without a reload', async () => {
  const partner = await site.signIn(PARTNER);
  await partner.open(`/clients/${site.day.acmeId}`);
  const filings = partner.page.locator('section[aria-labelledby=filings] tr[data-row]');
  await filings.getByText('Records received').waitFor();
  const { api, acmeId } = site.day;
  const quarter = (await api.get(`/clients/${acmeId}/filings`)).rows().find(({ kind }) => kind === 'VAT_QUARTER');
  const moved = await api.post(`/vat-quarters/${String(quarter?.['id'])}/transitions`, {
    stage: 'WORK_IN_PROGRESS',
    notes: 'Begun from elsewhere',
  });
  expect(moved.status).toBe(200);
  await filings.getByText('In progress').waitFor();
  await entry(partner.page, 'Begun from elsewhere').waitFor();
  expect(partner.complaints).toEqual([]);
  await partner.leave();
}, 60_000);
