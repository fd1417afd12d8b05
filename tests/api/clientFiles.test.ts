import { z } from 'zod';
import { CSV_COLUMNS } from '../../domain/clients/csvColumns';
import { seedPractice } from '../../models/seed/seedPractice';
import type { ApiCaller, Reply } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const HEADER = 'companyName,companyType,companyNumber,contactName,contactEmail';
const ROW = 'LIMITED_COMPANY,,Casey,casey@example.com';
const Result = z.object({
  rows: z.number(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  errors: z.array(z.object({ row: z.number(), column: z.string().nullable(), value: z.string(), message: z.string() })),
});

let server: ApiServer;
let partner: { id: string; email: string; api: ApiCaller };
let staff: { id: string; email: string; api: ApiCaller };

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER', 'Pat Partner');
  staff = await server.person('STAFF', 'Sam Staff');
}, 60_000);

afterAll(() => server.stop());

function send(file: string, query = '', api = partner.api): Promise<Reply> {
  return api.send('POST', `/clients/import${query}`, file, { 'content-type': 'text/csv' });
}

async function result(file: string, query = ''): Promise<z.infer<typeof Result>> {
  const reply = await send(file, query);
  expect([reply.status, reply.body.message]).toEqual([200, expect.any(String)]);
  return Result.parse(reply.body.data);
}

async function exported(query = '', api = partner.api): Promise<string> {
  const reply = await api.get(`/clients/export.csv${query}`);
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  return reply.text;
}

async function named(name: string): Promise<Record<string, unknown>[]> {
  return (await partner.api.get(`/clients?search=${encodeURIComponent(name)}`)).rows();
}

it('makes clients, and then changes those of the same number', async () => {
  const file = `${HEADER},numberOfEmployees\nImported Ltd,LIMITED_COMPANY,1234567,Casey,Casey@Example.com,"1,200"\n`;
  expect(await result(file)).toMatchObject({ rows: 1, created: 1, refused: 0 });
  const [client] = await named('Imported Ltd');
  expect(client).toMatchObject({ companyNumber: '01234567', contactEmail: 'casey@example.com', numberOfEmployees: 1200 });
  expect(await result(file)).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  expect(await result('Company Number,Notes\n01234567,Changed\n')).toMatchObject({ updated: 1 });
  expect((await named('Imported Ltd'))[0]).toMatchObject({ id: client?.['id'], notes: 'Changed', numberOfEmployees: 1200 });
});

it.each([
  ['by client code', (code: string) => `clientCode,notes\n${code},By code\n`],
  ['by VAT number', () => 'vatNumber,notes\nGB 123 456 782,By code\n'],
])('changes a client %s', async (_how, file) => {
  const created = await partner.api.post('/clients', {
    companyName: 'Known Ltd',
    companyType: 'LIMITED_COMPANY',
    contactName: 'C',
    contactEmail: 'c@example.com',
    vatNumber: 'GB123456782',
  });
  expect(await result(file(String(created.row()['clientCode'])))).toMatchObject({ updated: 1 });
  expect((await partner.api.get(`/clients/${created.row().id}`)).row()).toMatchObject({ notes: 'By code' });
  await partner.api.patch(`/clients/${created.row().id}`, { vatNumber: null });
});

it.each([
  ['a byte order mark', (name: string) => `\uFEFF${HEADER}\n${name},${ROW}\n`],
  ['semicolons', (name: string) => `${HEADER}\n${name},${ROW}\n`.replaceAll(',', ';')],
  ['tabs and Windows line ends', (name: string) => `${HEADER}\n${name},${ROW}\n`.replaceAll(',', '\t').replaceAll('\n', '\r\n')],
  ['a sep= line', (name: string) => `sep=;\r\n${`${HEADER}\n${name},${ROW}\n`.replaceAll(',', ';')}`],
  ['British dates', (name: string) => `${HEADER},nextYearEnd\n${name},${ROW},31/03/2026\n`],
])('reads a file with %s', async (what, file) => {
  expect(await result(file(`Ünïcode ${what}`))).toMatchObject({ created: 1, errors: [] });
  expect(await named(`Ünïcode ${what}`)).toHaveLength(1);
});

it('imports once under one key, however often it is sent, and answers each time as it did first', async () => {
  const row = 'NON_LIMITED_COMPANY,,Casey,casey@example.com';
  const file = `${HEADER}\nKeyed One,${row}\nKeyed Two,${row}\nKeyed Wrong,PLC,,Casey,casey@example.com\n`;
  const key = { 'content-type': 'text/csv', 'idempotency-key': 'import-once' };
  const sent = (content: string, query = '', api = partner.api): Promise<Reply> =>
    api.send('POST', `/clients/import${query}`, content, key);
  expect((await sent(file, '?dryRun=true')).body.data).toMatchObject({ created: 2, operationId: null });

  const replies = await Promise.all(Array.from({ length: 10 }, () => sent(file)));
  const [first] = replies;
  expect(Result.parse(first?.body.data)).toMatchObject({ rows: 3, created: 2, refused: 1, errors: [{ row: 4, value: 'PLC' }] });
  for (const { status, body } of replies) expect([status, body]).toEqual([200, first?.body]);
  expect((await named('Keyed')).map(({ companyName }) => companyName)).toEqual(['Keyed One', 'Keyed Two']);
  expect((await sent(file)).body).toEqual(first?.body);

  const other = await sent(`${HEADER}\nKeyed Three,${row}\n`);
  expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  expect(await named('Keyed Three')).toEqual([]);
  const manager = await server.person('MANAGER', 'Mo Manager');
  expect((await sent(file, '', manager.api)).body.data).toMatchObject({ created: 2 });
});

it('answers a file of known clients as it did first, too, once there is nothing left to change', async () => {
  const file = `${HEADER}\nKeyed Known Ltd,LIMITED_COMPANY,07654321,Casey,casey@example.com\n`;
  const key = { 'content-type': 'text/csv', 'idempotency-key': 'import-known' };
  const first = await partner.api.send('POST', '/clients/import', file, key);
  expect(first.body.data).toMatchObject({ created: 1, unchanged: 0 });
  expect((await partner.api.send('POST', '/clients/import', file, key)).body).toEqual(first.body);
  expect((await send(file)).body.data).toMatchObject({ created: 0, unchanged: 1 });
});

it('takes columns by what the pages call them, and reads its own sample', async () => {
  const file = 'Client name,Form,Contact,E-mail,VAT number\nLabelled Ltd,LIMITED_COMPANY,Casey,casey@example.com,\n';
  expect(await result(file)).toMatchObject({ created: 1, errors: [] });
  expect(await named('Labelled Ltd')).toHaveLength(1);
  const sample = await partner.api.get('/clients/import-sample.csv');
  expect(sample.status).toBe(200);
  expect(await result(sample.text, '?dryRun=true')).toMatchObject({ rows: 2, created: 2, refused: 0 });
  expect((await staff.api.get('/clients/import-sample.csv')).status).toBe(403);
});

it('tells before it does anything what would be added and what changed, field by field', async () => {
  await send(`${HEADER}\nPreviewed Ltd,LIMITED_COMPANY,SC222222,Casey,casey@example.com\n`);
  const file = `${HEADER}\nNew Ltd,${ROW}\nPreviewed Ltd,LIMITED_COMPANY,SC222222,Robin,casey@example.com\n`;
  const tried = (await send(file, '?dryRun=true')).body.data;
  expect(tried).toMatchObject({
    preview: [
      { row: 2, clientCode: null, companyName: 'New Ltd', before: null, after: { companyName: 'New Ltd' } },
      {
        row: 3,
        clientCode: expect.stringMatching(/^NZ-/),
        companyName: 'Previewed Ltd',
        before: { contactName: 'Casey' },
        after: { contactName: 'Robin' },
      },
    ],
  });
  const many = `${HEADER}\n${Array.from({ length: 60 }, (_one, index) => `Many ${index},${ROW}\n`).join('')}`;
  expect(Object((await send(many, '?dryRun=true')).body.data).preview).toHaveLength(50);
  expect((await send(file)).body.data).toMatchObject({ created: 1, updated: 1, preview: [] });
});

describe('what is wrong', () => {
  const WRONG = [
    `${HEADER},annualTurnover,isVatEnabled,nextYearEnd,assignedUserEmail,clientCode`,
    `Good Ltd,${ROW},,,,,`,
    ',PLC,ABC,,nobody,many,maybe,2026-02-30,who@example.com,',
    `Other Ltd,${ROW},,,,,NZ-999999`,
    `Vat Ltd,${ROW},,yes,,,`,
  ].join('\n');

  it('is told by row, column, value and why, without storing anything in a dry run', async () => {
    const { errors, ...counts } = await result(WRONG, '?dryRun=true');
    expect(counts).toEqual({ rows: 4, created: 1, updated: 0, unchanged: 0, refused: 3 });
    expect(errors).toEqual(
      expect.arrayContaining([
        { row: 3, column: 'companyName', value: '', message: 'Company name is required' },
        { row: 3, column: 'companyNumber', value: 'ABC', message: 'Invalid UK company number format' },
        { row: 3, column: 'contactEmail', value: 'nobody', message: 'Invalid email format' },
        { row: 3, column: 'annualTurnover', value: 'many', message: 'Must be a number' },
        { row: 3, column: 'isVatEnabled', value: 'maybe', message: 'Must be true or false' },
        { row: 3, column: 'nextYearEnd', value: '2026-02-30', message: 'Must be a date that exists, like 2024-05-07' },
        { row: 3, column: 'assignedUserEmail', value: 'who@example.com', message: 'There is no user with this e-mail address' },
        expect.objectContaining({ row: 4, column: 'clientCode', value: 'NZ-999999' }),
        expect.objectContaining({ row: 5, message: 'Choose the VAT quarter group (A, B or C) of a quarterly filer' }),
      ]),
    );
    expect(await named('Good Ltd')).toEqual([]);
  });

  it('holds up the rest only where all or nothing is asked for', async () => {
    const refused = await send(WRONG, '?allOrNothing=true');
    expect([refused.status, refused.body.code]).toEqual([422, 'VALIDATION_FAILED']);
    expect(refused.body.errors).toContainEqual({ path: 'row 3, companyName', message: 'Company name is required' });
    expect(await named('Good Ltd')).toEqual([]);
    expect(await result(WRONG)).toMatchObject({ created: 1, refused: 3 });
    expect(await named('Good Ltd')).toHaveLength(1);
  });

  it('is also a client that is there twice, or that another row is about', async () => {
    const twice = `${HEADER}\nTwice Ltd,LIMITED_COMPANY,SC111111,C,c@example.com\nAgain Ltd,LIMITED_COMPANY,SC111111,C,c@example.com\n`;
    expect((await result(twice)).errors).toEqual([
      { row: 3, column: null, value: '', message: 'Row 2 is about the same client' },
    ]);
  });

  it.each([
    ['an unknown column', 'companyName,password\nA,b\n', 'There is no column “password”'],
    ['a column twice', 'notes,notes\nA,b\n', 'The column notes is there twice'],
    ['an open quote', `${HEADER}\n"Acme,LIMITED`, 'The file is no well-formed CSV'],
    ['nothing', '', 'The file is empty'],
    ['too many rows', `${HEADER}\n${`A,${ROW}\n`.repeat(10_001)}`, 'The file may have 10,000 rows at most'],
  ])('is a file with %s', async (_what, file, message) => {
    const refused = await send(file);
    expect([refused.status, refused.body.message]).toEqual([422, expect.stringContaining(message)]);
  });

  it('is what is no UTF-8, no CSV, or too large', async () => {
    const bytes = async (body: Buffer, type = 'text/csv'): Promise<number> => {
      const headers = { authorization: `Bearer ${partner.api.token}`, 'content-type': type };
      return (await fetch(`${server.url}/api/v1/clients/import`, { method: 'POST', headers, body: new Uint8Array(body) })).status;
    };
    expect(await bytes(Buffer.from(`${HEADER}\nCaf\xe9,${ROW}\n`, 'latin1'))).toBe(422);
    expect(await bytes(Buffer.from('{}'), 'application/json')).toBe(415);
    expect(await bytes(Buffer.concat([Buffer.from(HEADER), Buffer.alloc(21 * 1024 * 1024, '\n')]))).toBe(413);
  });

  it('cannot be done by a staff member', async () => {
    expect((await send(`${HEADER}\n`, '', staff.api)).status).toBe(403);
  });
});

it('follows an import with the filings that are due, and tells whom it assigns once', async () => {
  const vat = 'isVatEnabled,vatFrequency,vatQuarterGroup,vatRegistrationDate,vatAssignedUserEmail';
  const rows = ['First', 'Second'].map((name) => `${name} follower,${ROW},true,Quarterly,C,2020-01-01,${staff.email}`);
  const reply = await send([`${HEADER},${vat}`, ...rows].join('\n'));
  const operation = (await partner.api.get(reply.headers.get('location')?.replace('/api/v1', '') ?? '')).row();
  expect(operation).toMatchObject({ kind: 'FOLLOW_IMPORT', status: 'COMPLETED', successful: 2 });
  const [client] = await named('First follower');
  const filings = (await partner.api.get(`/clients/${String(client?.['id'])}/filings`)).rows();
  expect(filings[0]).toMatchObject({ kind: 'VAT_QUARTER', assignedUserId: staff.id });
  const notifications = (await staff.api.get('/notifications')).rows();
  expect(notifications).toEqual([expect.objectContaining({ title: '2 clients are assigned to you' })]);
});

describe('an export', () => {
  it('holds what a spreadsheet would run harmlessly', async () => {
    const risky = { contactName: '@SUM(A1)', contactPhone: '+44 20 7946 0000', notes: "'=1+1\n-2" };
    await partner.api.post('/clients', {
      companyName: '=cmd|x; Ltd',
      companyType: 'LIMITED_COMPANY',
      contactEmail: 'r@example.com',
      ...risky,
    });
    const file = await exported('?search=cmd');
    expect(file).toContain(`"'=cmd|x; Ltd"`);
    expect(file).toContain(`'+44 20 7946 0000`);
    expect(file).toContain(`'@SUM(A1)`);
    expect(file).toContain(`"''=1+1\n-2"`);
    expect(await result(file)).toMatchObject({ unchanged: 1, refused: 0 });
  });

  it('comes back to the same values, whatever the separator, for a practice of any kind', async () => {
    await seedPractice({ adminUrl: server.database.adminUrl, clients: 300, seed: 6, today: '2026-11-26' });
    for (const separator of ['comma', 'semicolon', 'tab']) {
      const { rows, unchanged, errors } = await result(await exported(`?separator=${separator}`), '?dryRun=true');
      expect([errors, unchanged]).toEqual([[], rows]);
      expect(rows).toBeGreaterThan(300);
    }
  });

  it('has every column, the mark of UTF-8, and for a staff member what is theirs', async () => {
    const own = await staff.api.post('/clients', {
      companyName: 'Own Ltd',
      companyType: 'LIMITED_COMPANY',
      contactName: 'C',
      contactEmail: 'c@example.com',
    });
    const response = await fetch(`${server.url}/api/v1/clients/export.csv`, {
      headers: { authorization: `Bearer ${staff.api.token}` },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [header, ...rows] = bytes.subarray(3).toString('utf8').trimEnd().split('\r\n');
    expect(header?.split(',')).toEqual(CSV_COLUMNS.map(({ name }) => name));
    const codes = rows.map((row) => row.split(',')[0]);
    const seen = (await staff.api.get('/clients?limit=200')).rows().map(({ clientCode }) => clientCode);
    expect(codes).toContain(own.row()['clientCode']);
    expect(new Set(codes)).toEqual(new Set(seen));
  });

  it('is by a saved filter where one is named, and is logged', async () => {
    const groups = [{ operator: 'AND', conditions: [{ field: 'companyName', operator: 'equals', value: 'own ltd' }] }];
    const saved = await staff.api.post('/client-filters', { name: 'Own', groupOperator: 'AND', groups });
    expect((await exported(`?filterId=${saved.row().id}`, staff.api)).trimEnd().split('\r\n')).toHaveLength(2);
    const logged = (await staff.api.get('/activity-logs')).rows().map(({ action }) => action);
    expect(logged).toContain('CLIENTS_EXPORTED');
  });
});
