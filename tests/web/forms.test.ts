import { ApiServer, PASSWORD } from '../harness/apiServer';
import { makeClient, makeVatQuarter } from '../harness/practice';
import { FormVisitor } from './formVisitor';
import { signedIn } from './signedIn';

const QUARTER = { period: '2024-Q1', start: '2024-01-01', end: '2024-03-31', due: '2024-05-07' };

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
}, 60_000);

afterAll(() => server.stop());

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
  const { visitor } = await signedIn(server, 'Hasty Manager', 'MANAGER');
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
    const { visitor } = await signedIn(server, 'Lured Person');
    expect((await visitor.sendBare('/sign-out', {})).status).toBe(403);
    expect((await visitor.sendBare('/sign-out', { _csrf: 'guessed' })).status).toBe(403);
    expect((await visitor.open('/')).status).toBe(200);
  });

  it('is refused with a token of somebody else', async () => {
    const [{ visitor: owner }, { visitor }] = [await signedIn(server, 'Token Owner'), await signedIn(server, 'Token Thief')];
    const token = /name="_csrf" value="([\w-]+)"/.exec((await owner.open('/')).html)?.[1] ?? '';
    expect((await visitor.sendBare('/sign-out', { _csrf: token })).status).toBe(403);
  });

  it('is refused where the browser says that it comes from elsewhere', async () => {
    const { visitor } = await signedIn(server, 'Crossed Person');
    expect((await visitor.send('/', '/sign-out', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await visitor.send('/', '/sign-out', {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    expect((await visitor.open('/')).to).toBe('/sign-in');
  });
});

it('keeps what was filled in where the API refuses it, and names each field', async () => {
  const { visitor } = await signedIn(server, 'Typing Person');
  const client = { companyName: 'Half Ltd', companyType: 'LIMITED_COMPANY', contactName: 'Casey', contactEmail: 'no address' };
  const answer = await visitor.send('/clients/new', '/clients/new', client);
  expect(answer.status).toBe(422);
  expect(answer.html).toContain('Invalid email format');
  expect(answer.html).toContain('value="Half Ltd"');
});

it('says at once all that is missing of a new client whose VAT returns we file, and what the groups are', async () => {
  const { visitor } = await signedIn(server, 'Forgetful Person');
  const answer = await visitor.send('/clients/new', '/clients/new', { isVatEnabled: 'true', companyType: 'LIMITED_COMPANY' });
  expect(answer.status).toBe(422);
  for (const field of ['companyName', 'contactName', 'contactEmail', 'vatQuarterGroup']) {
    expect(answer.html).toContain(`id="${field}-error"`);
  }
  expect(answer.html).toContain('A: Jan, Apr, Jul, Oct');
  expect(answer.html).toContain('Fields with * must be filled in.');
});

it('changes only the fields of a client that were changed', async () => {
  const { visitor, id } = await signedIn(server, 'Editing Person');
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

it('says where the page of a refused form is found anew', async () => {
  const { visitor, id } = await signedIn(server, 'Found Person');
  const { db } = server.database;
  const { filingId } = await makeVatQuarter(db, await makeClient(db, 'Found Ltd', { assignedUserId: id }), QUARTER);
  const path = `/vat-quarters/${filingId}`;
  const answer = await visitor.send(path, `${path}/move`, { form: 'move', stage: 'NO_STAGE' });
  expect(answer.status).toBe(422);
  expect(answer.html).toContain(`<link rel="canonical" href="${path}"/>`);
  expect((await visitor.open(path)).html).not.toContain('rel="canonical"');
});
