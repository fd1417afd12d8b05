import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';

const CLIENT = {
  companyName: 'Acme Ltd',
  companyType: 'LIMITED_COMPANY',
  contactName: 'Casey Contact',
  contactEmail: 'Casey@Example.com',
};

let server: ApiServer;
let partner: { id: string; api: ApiCaller };
let staff: { id: string; api: ApiCaller };

beforeAll(async () => {
  server = await ApiServer.start();
  partner = await server.person('PARTNER');
  staff = await server.person('STAFF');
}, 60_000);

afterAll(() => server.stop());

describe('a new client', () => {
  it.each([
    ['companyName', '', 'Company name is required'],
    ['companyName', 'x'.repeat(256), 'Company name too long'],
    ['companyNumber', 'ABC', 'Invalid UK company number format'],
    ['companyNumber', '123456789', 'Invalid UK company number format'],
    ['contactName', '', 'Contact name is required'],
    ['contactName', 'x'.repeat(101), 'Contact name too long'],
    ['contactEmail', 'casey', 'Invalid email format'],
    ['contactPhone', 'call me', 'Invalid phone number format'],
    ['website', 'not a url', 'Invalid website URL'],
    ['vatNumber', 'GB12345678', 'Invalid UK VAT number format'],
    ['yearEstablished', 1799, 'Year must be after 1800'],
    ['yearEstablished', 2999, 'Year cannot be in the future'],
    ['numberOfEmployees', -1, 'Number of employees cannot be negative'],
    ['annualTurnover', -0.01, 'Annual turnover cannot be negative'],
    ['notes', 'x'.repeat(1001), 'Notes too long'],
    ['nextYearEnd', '2026-02-30', 'Must be a date that exists, like 2024-05-07'],
    ['nationalInsuranceNumber', 'AB12345C', 'Invalid National Insurance number'],
    ['utrNumber', '1234567890', 'Invalid Unique Taxpayer Reference'],
    ['tradingAddressPostCode', 'nowhere', 'Invalid UK postcode format'],
    ['isSystem', true, 'Unknown field isSystem'],
    ['clientCode', 'NZ-1', 'Unknown field clientCode'],
  ])('is refused with the document’s words: %s', async (field, value, message) => {
    const refused = await partner.api.post('/clients', { ...CLIENT, [field]: value });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', message, errors: [{ path: field, message }] });
  });

  it('names every field that is wrong at once', async () => {
    const refused = await partner.api.post('/clients', { companyType: 'PLC' });
    const paths = refused.body.errors?.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['companyName', 'companyType', 'contactName', 'contactEmail']));
  });

  it('keeps what was given, written as it should be', async () => {
    const created = await partner.api.post('/clients', {
      ...CLIENT,
      companyNumber: ' sc 1234 ',
      annualTurnover: 1234567.89,
      website: '',
      sicCodes: ['62012'],
      registeredOfficeAddress: '{"address_line_1":"1 High Street"}',
    });
    expect(created.status).toBe(201);
    expect(created.row()).toMatchObject({
      clientCode: expect.stringMatching(/^NZ-\d+$/),
      companyNumber: 'SC001234',
      contactEmail: 'casey@example.com',
      annualTurnover: 1234567.89,
      website: null,
      sicCodes: ['62012'],
      registeredOfficeAddress: { address_line_1: '1 High Street' },
    });
    const again = await partner.api.post('/clients', { ...CLIENT, companyNumber: 'SC001234' });
    expect([again.status, again.body.code]).toEqual([409, 'CONFLICT']);
  });

  it('gets a code of its own, also when fifty are made at once', async () => {
    const created = await Promise.all(Array.from({ length: 50 }, () => partner.api.post('/clients', CLIENT)));
    const codes = new Set(created.map((reply) => reply.row()['clientCode']));
    expect(codes.size).toBe(50);
  }, 30_000);

  it('opens the VAT periods and accounts that are due, and later those of changed dates', async () => {
    const created = await partner.api.post('/clients', CLIENT);
    expect(created.row()['openFilings']).toEqual([]);
    const vat = { isVatEnabled: true, vatFrequency: 'Quarterly', vatQuarterGroup: 'B', vatRegistrationDate: '2020-01-01' };
    const changed = await partner.api.patch(`/clients/${created.row().id}`, { ...vat, incorporationDate: '2021-06-01' });
    expect(changed.status).toBe(200);
    const filings = (await partner.api.get(`/clients/${created.row().id}/filings`)).rows();
    expect(new Set(filings.map(({ kind }) => kind))).toEqual(new Set(['VAT_QUARTER', 'LTD_ACCOUNTS']));
  });

  it('that files VAT more often from now on gets no period within the quarter that is open', async () => {
    const vat = { isVatEnabled: true, vatFrequency: 'Quarterly', vatQuarterGroup: 'B', vatRegistrationDate: '2020-01-01' };
    const created = await partner.api.post('/clients', { ...CLIENT, ...vat });
    const before = created.row()['openFilings'];
    const changed = await partner.api.patch(`/clients/${created.row().id}`, { vatFrequency: 'Monthly' });
    expect(changed.row()['openFilings']).toEqual(before);
  });

  it('never has a day in two periods: what would overlap is neither opened nor moved there by hand', async () => {
    const clientId = (await partner.api.post('/clients', CLIENT)).row().id;
    const open = (filingPeriodStart: string, filingPeriodEnd: string) =>
      partner.api.post('/ltd-accounts', { clientId, filingPeriodStart, filingPeriodEnd });
    const first = (await open('2023-03-01', '2024-02-29')).row().id;
    const second = (await open('2024-03-01', '2025-02-28')).row().id;
    const overlapping = await open('2023-12-01', '2024-11-30');
    expect([overlapping.status, overlapping.body.errors]).toMatchObject([
      422,
      [{ path: 'filingPeriodStart', message: expect.stringContaining('1 Mar 2023 to 29 Feb 2024') }],
    ]);
    const longer = await partner.api.put(`/ltd-accounts/${first}/deadlines`, { periodEnd: '2024-03-31', reason: 'Longer' });
    expect([longer.status, longer.body.errors]).toMatchObject([
      422,
      [{ path: 'periodEnd', message: expect.stringContaining('1 Mar 2024 to 28 Feb 2025') }],
    ]);
    expect((await open('2024-03-01', '2025-02-28')).status).toBe(409);
    expect((await partner.api.get(`/clients/${clientId}/filings`)).rows().map(({ id }) => id)).toEqual(
      expect.arrayContaining([first, second]),
    );
  });

  it('has periods that end on 29 February, with what the law makes of them', async () => {
    const vat = { isVatEnabled: true, vatQuarterGroup: 'B', vatRegistrationDate: '2020-01-01' };
    const clientId = (await partner.api.post('/clients', { ...CLIENT, ...vat })).row().id;
    const quarter = await partner.api.post('/vat-quarters', { clientId, quarterPeriod: '2023-Q4' });
    expect(quarter.row()).toMatchObject({ quarterEndDate: '2024-02-29', filingDueDate: '2024-04-07' });
    const year = { filingPeriodStart: '2023-03-01', filingPeriodEnd: '2024-02-29' };
    const accounts = await partner.api.post('/ltd-accounts', { clientId, ...year });
    expect(accounts.row()).toMatchObject({
      accountsDueDate: '2024-11-30',
      ctDueDate: '2024-12-01',
      ctSecondDueDate: null,
      ctReturnDueDate: '2025-02-28',
    });
    const deadlines = (await partner.api.get(`/ltd-accounts/${accounts.row().id}/deadlines`)).rows();
    expect(deadlines.map(({ name, date, isMismatch }) => [name, date, isMismatch])).toEqual(
      expect.arrayContaining([
        ['accountsDueDate', '2024-11-30', false],
        ['ctReturnDueDate', '2025-02-28', false],
      ]),
    );
    // Its payment was due long ago.
    expect((await partner.api.get(`/clients/${clientId}`)).row()['corporationTax']).toMatchObject({
      status: 'OVERDUE',
      periodStart: '2023-03-01',
      dueDate: '2024-12-01',
    });
  });

  it('needs a group for quarterly VAT', async () => {
    const refused = await partner.api.post('/clients', { ...CLIENT, isVatEnabled: true, vatFrequency: 'Quarterly' });
    expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'vatQuarterGroup' }] });
  });
});

describe('for a staff member', () => {
  it('a client of their own making is theirs, and no other exists', async () => {
    const own = await staff.api.post('/clients', CLIENT);
    expect(own.row()).toMatchObject({ assignedUserId: staff.id });
    const foreign = await partner.api.post('/clients', CLIENT);
    for (const path of [
      `/clients/${foreign.row().id}`,
      `/clients/${foreign.row().id}/filings`,
      `/clients/${foreign.row().id}/activity`,
    ]) {
      expect((await staff.api.get(path)).status).toBe(404);
    }
    expect((await staff.api.patch(`/clients/${foreign.row().id}`, { notes: 'mine' })).status).toBe(404);
    const seen = (await staff.api.get('/clients?limit=200')).rows().map(({ id }) => id);
    expect(seen).toContain(own.row().id);
    expect(seen).not.toContain(foreign.row().id);
  });

  it.each([
    ['put', 'assignments/vat', { userId: null }],
    ['put', 'chase-team', { userIds: [] }],
    ['post', 'archive', {}],
    ['put', 'chase-policy/vat', { stuckAfterDays: 3 }],
  ] as const)('assigning, archiving and policies are a manager’s: %s %s', async (method, path, body) => {
    const own = await staff.api.post('/clients', CLIENT);
    const refused = await staff.api[method](`/clients/${own.row().id}/${path}`, body);
    expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN']);
  });
});

it.each([
  'sortBy=password',
  'sortOrder=up',
  'limit=201',
  'page=0',
  'limit=1e9',
  'unknown=1',
  'page=1&page=2',
  'search[$ne]=x',
  'active=maybe',
])('refuses a list with a query that it does not know: %s', async (query) => {
  const refused = await partner.api.get(`/clients?${query}`);
  expect([refused.status, refused.body.code]).toEqual([422, 'VALIDATION_FAILED']);
});

it('logs each change with what was before and after, and never a secret', async () => {
  const client = await partner.api.post('/clients', CLIENT);
  await partner.api.patch(`/clients/${client.row().id}`, { notes: 'Prefers e-mail' });
  const [latest] = (await partner.api.get(`/clients/${client.row().id}/activity`)).rows();
  expect(latest).toMatchObject({
    action: 'CLIENT_UPDATED',
    userId: partner.id,
    details: { before: { notes: null }, after: { notes: 'Prefers e-mail' } },
  });
});
