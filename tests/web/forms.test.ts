import { ApiServer } from '../harness/apiServer';
import { makeClient, makeVatQuarter } from '../harness/practice';
import { FormVisitor } from './formVisitor';

const PASSWORD = 'Someone-Password-1';
const QUARTER = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
}, 60_000);

afterAll(() => server.stop());

async function signedIn(
  name: string,
  role: 'STAFF' | 'MANAGER' | 'PARTNER' = 'STAFF',
): Promise<{ visitor: FormVisitor; id: string }> {
  const { id, email } = await server.person(role, name);
  const visitor = new FormVisitor(server.url);
  await visitor.send('/sign-in', '/sign-in', { email, password: PASSWORD });
  return { visitor, id };
}

it('sends a stranger to sign in and back to where they wanted to go', async () => {
  const { email } = await server.person('STAFF', 'Coming Back');
  const visitor = new FormVisitor(server.url);
  const first = await visitor.open('/vat-quarters?overdue=true');
  expect(first).toMatchObject({ status: 303, to: '/sign-in?next=%2Fvat-quarters%3Foverdue%3Dtrue' });
  const answer = await visitor.send(first.to ?? '', '/sign-in', {
    email,
    password: PASSWORD,
    next: '/vat-quarters?overdue=true',
  });
  expect(answer).toMatchObject({ status: 303, to: '/vat-quarters?overdue=true' });
  expect((await visitor.open('/vat-quarters?overdue=true')).status).toBe(200);
});

it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'never leads from signing in to another site: %s',
  async (next) => {
    const { email } = await server.person('STAFF', `Led ${next.length} ${next.charCodeAt(1)}`);
    const visitor = new FormVisitor(server.url);
    expect((await visitor.send('/sign-in', '/sign-in', { email, password: PASSWORD, next })).to).toBe('/');
  },
);

it('keeps the e-mail address, says what was wrong, and never shows the password again', async () => {
  const visitor = new FormVisitor(server.url);
  const answer = await visitor.send('/sign-in', '/sign-in', { email: 'nobody@example.com', password: 'Wrong-Password-1' });
  expect(answer.status).toBe(422);
  expect(answer.html).toContain('The e-mail address or the password is not right.');
  expect(answer.html).toContain('value="nobody@example.com"');
  expect(answer.html).not.toContain('Wrong-Password-1');
});

it('asks for the code of a second factor before any page opens', async () => {
  const { email, api } = await server.person('STAFF', 'Careful Person');
  await api.put('/auth/two-factor', { enabled: true, password: PASSWORD });
  const visitor = new FormVisitor(server.url);
  const first = await visitor.send('/sign-in', '/sign-in', { email, password: PASSWORD });
  expect(first).toMatchObject({ status: 303, to: '/sign-in/code?method=EMAIL' });
  expect((await visitor.open('/')).to).toBe('/sign-in');
  const mail = server.resend.accepted.findLast(({ text }) => text.includes('Careful Person'));
  const code = /\b(\d{6})\b/.exec(mail?.text ?? '')?.[1] ?? '';
  const wrong = { code: code === '000000' ? '000001' : '000000', method: 'EMAIL' };
  expect((await visitor.send('/sign-in/code', '/sign-in/code', wrong)).status).toBe(422);
  expect(await visitor.send('/sign-in/code', '/sign-in/code', { code, method: 'EMAIL' })).toMatchObject({ status: 303, to: '/' });
  expect((await visitor.open('/')).status).toBe(200);
});

it('imports a file once where its form is sent twice', async () => {
  const { visitor } = await signedIn('Hasty Manager', 'MANAGER');
  const file = new Blob([
    'companyName,companyType,contactName,contactEmail\nTwice,NON_LIMITED_COMPANY,Casey,casey@example.com\n',
  ]);
  const { html } = await visitor.open('/clients/import');
  const looked = await visitor.sendFile(html, '/clients/import', file, { do: 'look' });
  expect(looked.html).toContain('Import the one client');
  const twice = await Promise.all([1, 2].map(() => visitor.sendFile(looked.html, '/clients/import', file, { do: 'import' })));
  for (const { status, html: done } of twice) {
    expect(status).toBe(200);
    expect(done).toContain('1 added, 0 changed');
  }
  const { api } = await server.person('PARTNER', 'Counting Partner');
  expect((await api.get('/clients?search=Twice')).rows()).toHaveLength(1);
});

describe('a form of another site', () => {
  it('is refused without our token, and changes nothing', async () => {
    const { visitor } = await signedIn('Lured Person');
    expect((await visitor.sendBare('/sign-out', {})).status).toBe(403);
    expect((await visitor.sendBare('/sign-out', { _csrf: 'guessed' })).status).toBe(403);
    expect((await visitor.open('/')).status).toBe(200);
  });

  it('is refused with a token of somebody else', async () => {
    const [{ visitor: owner }, { visitor }] = [await signedIn('Token Owner'), await signedIn('Token Thief')];
    const token = /name="_csrf" value="([\w-]+)"/.exec((await owner.open('/')).html)?.[1] ?? '';
    expect((await visitor.sendBare('/sign-out', { _csrf: token })).status).toBe(403);
  });

  it('is refused where the browser says that it comes from elsewhere', async () => {
    const { visitor } = await signedIn('Crossed Person');
    expect((await visitor.send('/', '/sign-out', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await visitor.send('/', '/sign-out', {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    expect((await visitor.open('/')).to).toBe('/sign-in');
  });
});

it('shows what is not a staff member’s own as absent', async () => {
  const { visitor, id } = await signedIn('Own Person');
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

it('keeps what was filled in where the API refuses it, and names each field', async () => {
  const { visitor } = await signedIn('Typing Person');
  const client = { companyName: 'Half Ltd', companyType: 'LIMITED_COMPANY', contactName: 'Casey', contactEmail: 'no address' };
  const answer = await visitor.send('/clients/new', '/clients/new', client);
  expect(answer.status).toBe(422);
  expect(answer.html).toContain('Invalid email format');
  expect(answer.html).toContain('value="Half Ltd"');
});

it('changes only the fields of a client that were changed', async () => {
  const { visitor, id } = await signedIn('Editing Person');
  const { db } = server.database;
  const client = await makeClient(db, 'Before Ltd', { assignedUserId: id });
  const { html } = await visitor.open(`/clients/${client.id}/edit`);
  expect(html).toContain('name="was-companyName" value="Before Ltd"');
  await db.pool.query(`UPDATE clients SET contact_name = 'Changed Meanwhile' WHERE id = $1`, [client.id]);
  await visitor.send(`/clients/${client.id}/edit`, `/clients/${client.id}/edit`, {
    companyName: 'After Ltd',
    'was-companyName': 'Before Ltd',
    contactName: 'Casey Contact',
    'was-contactName': 'Casey Contact',
  });
  const { rows } = await db.pool.query('SELECT company_name AS name, contact_name AS contact FROM clients WHERE id = $1', [
    client.id,
  ]);
  expect(rows).toEqual([{ name: 'After Ltd', contact: 'Changed Meanwhile' }]);
});

it('carries no script and no style in its pages, which the Content-Security-Policy would refuse', async () => {
  const { visitor } = await signedIn('Strict Person', 'PARTNER');
  for (const path of ['/', '/vat-quarters', '/clients', '/settings/chase-policies/vat', '/reports/workload', '/profile']) {
    const { html, headers } = await visitor.open(path);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc="\/assets\/)/);
  }
});
