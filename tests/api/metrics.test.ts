import { makeClient, makeVatQuarter } from '../harness/practice';
import { ApiServer } from '../harness/apiServer';

const METRICS_TOKEN = 'a-token-for-prometheus-of-40-characters!';

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start({ METRICS_TOKEN, TRUSTED_PROXIES: '127.0.0.1' });
  const { db } = server.database;
  const client = await makeClient(db, 'Acme Ltd');
  await makeVatQuarter(db, client, { period: '2020-Q1', start: '2020-01-01', end: '2020-03-31', due: '2020-05-07' });
  await makeVatQuarter(db, client, { period: '2040-Q1', start: '2040-01-01', end: '2040-03-31', due: '2040-05-07' });
});

afterAll(() => server.stop());

async function scrape(headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(`${server.url}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

it('tells how the practice is doing, and names nobody', async () => {
  const { text } = await scrape();
  const filings = /^numericalz_filings\{kind="VAT_QUARTER",stage="PAPERWORK_PENDING_CHASE",waiting_for="PERIOD_END"\} 2$/m;
  expect(text).toMatch(filings);
  expect(text).toMatch(/^numericalz_filings_overdue\{kind="VAT_QUARTER"\} 1$/m);
  for (const name of ['reminders_sent_today', 'reminders_late', 'requests_pending', 'emails_failed', 'histories_to_keep'])
    expect(text).toMatch(new RegExp(`^numericalz_${name} 0$`, 'm'));
  expect(text).toMatch(/^numericalz_database_pool\{state="total"\} [1-9]/m);
  expect(text).not.toContain('Acme');
});

it('is for this machine, and for whoever has the token', async () => {
  const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
  expect((await scrape()).status).toBe(200);
  expect((await scrape(elsewhere)).status).toBe(404);
  expect((await scrape({ ...elsewhere, authorization: 'Bearer another-token' })).status).toBe(404);
  expect((await scrape({ ...elsewhere, authorization: `Bearer ${METRICS_TOKEN}` })).status).toBe(200);
});
