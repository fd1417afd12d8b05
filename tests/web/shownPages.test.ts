import { londonDateOf } from '../../domain/calendar/london';
import { ApiServer, PASSWORD } from '../harness/apiServer';
import type { TestFiling } from '../harness/practice';
import { makeClient, makeVatQuarter } from '../harness/practice';
import { signedIn } from './signedIn';

const QUARTER = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
}, 60_000);

afterAll(() => server.stop());

it('shows what is not a staff member’s own as absent', async () => {
  const { visitor, id } = await signedIn(server, 'Own Person');
  const { db } = server.database;
  const own = await makeVatQuarter(db, await makeClient(db, 'Own & <b>Sons</b> Ltd', { assignedUserId: id }), QUARTER);
  const foreign = await makeVatQuarter(db, await makeClient(db, 'Foreign Ltd'), QUARTER);
  const shown = await visitor.open(`/vat-quarters/${own.filingId}`);
  expect(shown.status).toBe(200);
  expect(shown.html).toContain('Own &amp; &lt;b&gt;Sons&lt;/b&gt; Ltd');
  const [hidden, absent] = [await visitor.open(`/vat-quarters/${foreign.filingId}`), await visitor.open('/vat-quarters/cabsent')];
  expect([hidden.status, absent.status]).toEqual([404, 404]);
  expect(hidden.html).not.toContain('Foreign');
  expect((await visitor.open('/vat-quarters')).html).not.toContain('Foreign');
  expect((await visitor.open('/search?q=Foreign')).html).not.toContain('Foreign Ltd');
});

it('opens the text of an e-mail from the client’s timeline', async () => {
  const { visitor, id } = await signedIn(server, 'Mailing Person', 'PARTNER');
  const { db } = server.database;
  const client = await makeClient(db, 'Mailed Ltd');
  await server.database
    .asOwner(`INSERT INTO email_logs (id, recipient_email, subject, content, email_type, status, client_id, triggered_by, idempotency_key)
    VALUES ('read-mail', 'casey@example.com', 'Your <records>', 'Dear Casey & Co', 'WORKFLOW', 'SENT', '${client.id}', '${id}', 'read-mail')`);
  expect((await visitor.open(`/clients/${client.id}`)).html).toContain('href="/email-logs/read-mail"');
  const { html } = await visitor.open('/email-logs/read-mail');
  expect(html).toContain('Dear Casey &amp; Co');
  expect(html).toContain(`href="/clients/${client.id}"`);
});

it('names in the activity log whom an entry is about, links the filing, and tells what changed', async () => {
  const { visitor } = await signedIn(server, 'Reading Partner', 'PARTNER');
  const { api } = await server.person('PARTNER', 'Changing Partner');
  const { id } = (
    await api.post('/users', { name: 'Old Name', email: 'renamed@example.com', role: 'STAFF', password: PASSWORD })
  ).row();
  await api.patch(`/users/${id}`, { name: 'New Name' });
  const { db } = server.database;
  const client = await makeClient(db, 'Logged Ltd');
  await api.patch(`/clients/${client.id}`, { contactPhone: '020 7946 0999' });
  const quarter = await makeVatQuarter(db, client, QUARTER);
  const moved = { filingKind: 'VAT_QUARTER', filingId: quarter.filingId, period: '2024-Q1' };
  const details = { ...moved, before: { stage: 'PAPERWORK_CHASED' }, after: { stage: 'PAPERWORK_RECEIVED' } };
  await server.database.asOwner(`INSERT INTO activity_logs (id, action, client_id, details)
    VALUES ('moved', 'FILING_STAGE_CHANGED', '${client.id}', '${JSON.stringify(details)}')`);
  const { html } = await visitor.open('/settings/activity?client=logged');
  const text = html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  expect(html).toContain(`href="/clients/${client.id}"`);
  expect(html).toContain(`href="/vat-quarters/${quarter.filingId}"`);
  expect(text).toContain('Logged Ltd : Client updated');
  expect(text).toContain('→ 020 7946 0999');
  expect(text).toContain('VAT 2024-Q1 Stage: Records chased → Records received');
  expect(text).not.toContain('Old Name');
  const all = (await visitor.open('/settings/activity?action=USER_UPDATED')).html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
  expect(all).toContain('User updated New Name Name: Old Name → New Name');
});

it('shows on a client’s page what is filled in, and how pressing its filings and deadlines are', async () => {
  const { visitor } = await signedIn(server, 'Looking Partner', 'PARTNER');
  const { db } = server.database;
  const client = await makeClient(db, 'Told Ltd');
  await makeVatQuarter(db, client, QUARTER);
  const filled = {
    companyStatus: 'active',
    utrNumber: '1234567890',
    natureOfTrade: 'Bakery',
    website: 'https://told.example.com',
    tradingAddressLine1: '1 Mill Lane',
    tradingAddressPostCode: 'AB1 2CD',
    nationalInsuranceNumber: 'QQ123456C',
    annualTurnover: '85000.00',
    lastAccountsMadeUpTo: '2024-03-31',
    nextAccountsDue: null,
    nextYearEnd: null,
  };
  await db.Client.update(filled, { where: { id: client.id } });
  const { html } = await visitor.open(`/clients/${client.id}`);
  const text = html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  for (const fact of [
    'Status Active',
    'UTR 1234567890',
    'Nature of trade Bakery',
    'Website https://told.example.com',
    'Trading address 1 Mill Lane, AB1 2CD',
    'National Insurance number QQ123456C',
    'Annual turnover £85,000',
    'Accounts due 31 Dec 2025',
  ]) {
    expect(text).toContain(fact);
  }
  expect(text).toMatch(/07 May 2024 \d+ days overdue/);
  expect(text).toMatch(/31 Dec 2025 \d+ days overdue/);
  expect(text).not.toMatch(/31 Mar 2025 \d+ days overdue/);
});

it('shows in the calendar of deadlines what is unmet first, and lists a full day', async () => {
  const { visitor } = await signedIn(server, 'Planning Partner', 'PARTNER');
  const { db } = server.database;
  const due = londonDateOf(Date.now());
  for (const name of ['Met A', 'Met B', 'Met C', 'Met D', 'Met E', 'Unmet Z']) {
    const { filingId } = await makeVatQuarter(db, await makeClient(db, `${name} Ltd`), { ...QUARTER, due });
    if (name.startsWith('Met')) await db.VATQuarter.update({ isCompleted: true }, { where: { id: filingId } });
  }
  const { html } = await visitor.open('/reports/deadlines?kind=vat-quarters');
  expect(html).toContain('Unmet Z Ltd');
  expect(html).not.toContain('Met E Ltd');
  const day = `/reports/deadlines?kind=vat-quarters&amp;day=${due}`;
  expect(html).toContain(`<a href="${day}">and 2 more`);
  const listed = await visitor.open(day.replaceAll('&amp;', '&'));
  for (const name of ['Met A', 'Met E', 'Unmet Z']) expect(listed.html).toContain(`${name} Ltd`);
  expect(listed.html.indexOf('Unmet Z')).toBeLessThan(listed.html.indexOf('Met A'));
  expect((await visitor.open('/reports/deadlines?day=2024-01-01')).html).toContain('Nothing is due on this day');
});

interface LedgerRow {
  kind: string;
  status: string;
  /** Day of 2024-04-01 and later. */
  day: number;
}

async function addToLedger({ filingId }: TestFiling, rows: readonly LedgerRow[]): Promise<void> {
  await server.database.db.pool.query(
    `INSERT INTO chase_reminders (id, filing_kind, filing_id, client_id, kind, planned_for, planned_at, recipient, policy_version, status, sent_at)
     SELECT gen_random_uuid(), 'VAT_QUARTER', f.id, f.client_id, r.kind::reminder_kind, date '2024-04-01' + r.day,
       timestamptz '2024-04-01T08:00:00Z' + r.day * interval '1 day', 'ASSIGNED', 1, r.status::reminder_status,
       CASE WHEN r.status = 'SENT' THEN timestamptz '2024-04-01T08:00:01Z' + r.day * interval '1 day' END
     FROM vat_quarters f, jsonb_to_recordset($2) AS r(kind text, status text, day int) WHERE f.id = $1`,
    [filingId, JSON.stringify(rows)],
  );
}

it('shows what is planned before what was sent, and folds away what was left out', async () => {
  const { visitor } = await signedIn(server, 'Chasing Partner', 'PARTNER');
  const { db } = server.database;
  const filing = await makeVatQuarter(db, await makeClient(db, 'Paused Ltd'), QUARTER);
  const days = Array.from({ length: 200 }, (_, day) => day);
  await addToLedger(filing, [
    ...days.map((day) => ({ kind: 'PAPERWORK_REMINDER', status: 'SUPPRESSED', day })),
    ...days.map((day) => ({ kind: 'OVERDUE_ASSIGNED', status: 'SENT', day })),
    ...days.map((day) => ({ kind: 'DEADLINE_WARNING', status: 'PLANNED', day: 300 + day })),
  ]);
  const path = `/vat-quarters/${filing.filingId}`;
  const { html } = await visitor.open(path);
  expect(Buffer.byteLength(html)).toBeLessThan(80 * 1024);
  const ledger = html.slice(html.indexOf('id="reminders-title"'), html.indexOf('id="emails-title"'));
  const order = ['26 Jan 2025', '17 Oct 2024', '192 more planned', '200 left out'].map((text) => ledger.indexOf(text));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
  expect(ledger).not.toContain('<details open');
  expect(ledger).toContain(`href="/api/v1${path}/reminders"`);
});

it('counts a filing as stuck from the day on which it is in its stage too long, and says how long', async () => {
  const { visitor, id } = await signedIn(server, 'Stuck Person');
  const { db } = server.database;
  for (const [name, day] of [
    ['Moved Ltd', 4],
    ['Resting Ltd', 9],
  ] as const) {
    const filing = await makeVatQuarter(db, await makeClient(db, name, { assignedUserId: id }), QUARTER, id);
    const entered = `UPDATE vat_quarters SET stage_entered_at = '2024-04-05T08:00:00Z' WHERE id = $1`;
    await db.pool.query(entered, [filing.filingId]);
    await addToLedger(filing, [{ kind: 'STUCK', status: 'SENT', day }]);
  }
  const { html } = await visitor.open('/');
  const stuck = html.slice(html.indexOf('id="stuck"'), html.indexOf('id="news"'));
  expect(stuck).toContain('Resting Ltd');
  expect(stuck).toMatch(/for \d+ days/);
  expect(stuck).not.toContain('Moved Ltd');
});

it('carries no script and no style in its pages, which the Content-Security-Policy would refuse', async () => {
  const { visitor } = await signedIn(server, 'Strict Person', 'PARTNER');
  for (const path of ['/', '/vat-quarters', '/clients', '/settings/chase-policies/vat', '/reports/workload', '/profile']) {
    const { html, headers } = await visitor.open(path);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc="\/assets\/)/);
  }
});
