import type { ApiCaller } from '../harness/apiCaller';
import { ApiServer } from '../harness/apiServer';
import { CompaniesHouseStandIn } from '../harness/companiesHouseStandIn';
import type { Misbehaviour } from '../harness/companiesHouseStandIn';
import { exampleCompany, YEAR } from '../harness/exampleCompany';

const NUMBER = '01234567';
const CONTACT = { contactName: 'Casey Contact', contactEmail: 'casey@example.com' };

let standIn: CompaniesHouseStandIn;
let server: ApiServer;
let partner: { id: string; api: ApiCaller };
let staff: { id: string; api: ApiCaller };

beforeAll(async () => {
  standIn = await CompaniesHouseStandIn.start();
  server = await ApiServer.start(standIn.environment);
  partner = await server.person('PARTNER');
  staff = await server.person('STAFF');
}, 60_000);

afterAll(async () => {
  await server.stop();
  await standIn.stop();
});

beforeEach(async () => {
  standIn.companies.clear();
  standIn.behave();
  standIn.requests.length = 0;
  // Each test has the shared limit for itself.
  await server.database.db.pool.query('DELETE FROM rate_limits');
});

async function countClients(): Promise<number> {
  return await server.database.db.Client.count();
}

describe('a company', () => {
  it('is found by name and by number, a page at a time', async () => {
    for (const number of ['01234567', '01234568', '01234569']) standIn.companies.set(number, exampleCompany(number));
    const found = await partner.api.get('/companies-house/search?q=example&limit=2&page=2');
    expect(found.rows()).toEqual([
      {
        companyNumber: '01234569',
        companyName: 'EXAMPLE 01234569 LIMITED',
        companyStatus: 'active',
        type: 'ltd',
        incorporationDate: null,
        address: '1 High Street, Leeds',
      },
    ]);
    expect(found.body['pagination']).toMatchObject({ page: 2, totalCount: 3, hasNext: false });
    expect((await partner.api.get('/companies-house/search?q=01234568')).rows()).toHaveLength(1);
  });

  it('is shown with officers, persons with significant control and dates, by its number however it is written', async () => {
    standIn.companies.set('SC001234', exampleCompany('SC001234'));
    const shown = await partner.api.get(`/companies-house/companies/${encodeURIComponent(' sc 1234 ')}`);
    expect([shown.status, shown.body.data]).toMatchObject([
      200,
      {
        companyNumber: 'SC001234',
        companyType: 'LIMITED_COMPANY',
        officers: [{ name: 'EXAMPLE, Erin' }],
        personsWithSignificantControl: [{ name: 'Ms Erin Example' }],
        nextAccountsDue: `${YEAR + 2}-03-31`,
      },
    ]);
  });

  it('may have hundreds of officers', async () => {
    const items = Array.from({ length: 120 }, (_, index) => ({ name: `Officer ${index}`, officer_role: 'director' }));
    standIn.companies.set(NUMBER, { ...exampleCompany(NUMBER), officers: { items } });
    const shown = await partner.api.get(`/companies-house/companies/${NUMBER}`);
    expect(Object(shown.body.data).officers).toHaveLength(120);
  });

  it.each(['123456789', 'SC1234567', 'ZZ123456', '..%2F..%2Fadmin', '01234567%2Fofficers', '01234567%3Fx=1', '%00'])(
    'is asked for by a number that can be one only: %s',
    async (number) => {
      const refused = await partner.api.get(`/companies-house/companies/${number}`);
      expect([400, 404, 422]).toContain(refused.status);
      const created = await partner.api.post('/clients/from-companies-house', {
        companyNumber: decodeURIComponent(number),
        ...CONTACT,
      });
      expect(created.status).toBe(422);
      expect(standIn.requests).toEqual([]);
    },
  );
});

describe('a client made of a company', () => {
  it('has every field that Companies House tells, and the filings that are due', async () => {
    standIn.companies.set(NUMBER, exampleCompany(NUMBER));
    const created = await partner.api.post('/clients/from-companies-house', {
      companyNumber: NUMBER,
      ...CONTACT,
      vatNumber: 'GB123456789',
    });
    expect(created.status).toBe(201);
    expect(created.row()).toMatchObject({
      companyName: 'EXAMPLE 01234567 LIMITED',
      companyNumber: NUMBER,
      companyType: 'LIMITED_COMPANY',
      companyStatus: 'active',
      incorporationDate: '2015-06-10',
      yearEstablished: 2015,
      jurisdiction: 'england-wales',
      registeredOfficeAddress: { postal_code: 'LS1 1AA' },
      sicCodes: ['62012', '62020'],
      hasCharges: true,
      hasBeenLiquidated: false,
      officers: [{ name: 'EXAMPLE, Erin', appointed_on: '2015-06-10' }],
      personsWithSignificantControl: [{ name: 'Ms Erin Example' }],
      nextYearEnd: `${YEAR + 1}-06-30`,
      nextAccountsDue: `${YEAR + 2}-03-31`,
      lastAccountsMadeUpTo: `${YEAR}-06-30`,
      nextConfirmationDue: `${YEAR + 1}-06-23`,
      lastConfirmationMadeUpTo: `${YEAR}-06-09`,
      vatNumber: 'GB123456789',
      contactEmail: 'casey@example.com',
      openFilings: [
        {
          kind: 'LTD_ACCOUNTS',
          periodStart: `${YEAR}-07-01`,
          periodEnd: `${YEAR + 1}-06-30`,
          filingDueDate: `${YEAR + 2}-03-31`,
        },
      ],
    });
    const again = await partner.api.post('/clients/from-companies-house', { companyNumber: NUMBER, ...CONTACT });
    expect([again.status, again.body.errors]).toMatchObject([409, [{ path: 'companyNumber' }]]);
  });

  it('is the staff member’s own who made it', async () => {
    standIn.companies.set('02345678', exampleCompany('02345678'));
    const created = await staff.api.post('/clients/from-companies-house', { companyNumber: '02345678', ...CONTACT });
    expect(created.row()).toMatchObject({ assignedUserId: staff.id });
  });

  it('pays no Corporation Tax where it is an LLP', async () => {
    standIn.companies.set('OC301234', exampleCompany('OC301234', { type: 'llp' }));
    const created = await partner.api.post('/clients/from-companies-house', { companyNumber: 'OC301234', ...CONTACT });
    expect(created.row()).toMatchObject({ companyType: 'LIMITED_COMPANY', corporationTaxStatus: 'NOT_REQUIRED' });
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    [
      'of blocks that are missing',
      { company_number: '03456780', company_name: 'BARE LTD' },
      { companyName: 'BARE LTD', officers: [] },
    ],
    ['of nothing but its number', { company_number: '03456780' }, { companyName: 'Company 03456780' }],
    [
      'of wrong types',
      { ...Object(exampleCompany('03456780').profile), accounts: 'none', sic_codes: { a: 1 }, date_of_creation: 20150610 },
      { companyName: 'EXAMPLE 03456780 LIMITED', nextAccountsDue: null, sicCodes: null, incorporationDate: null },
    ],
  ])('is made %s as well', async (_case, profile, expected) => {
    await server.database.db.Client.update({ companyNumber: null }, { where: { companyNumber: '03456780' } });
    standIn.companies.set('03456780', { profile });
    const created = await partner.api.post('/clients/from-companies-house', { companyNumber: '03456780', ...CONTACT });
    expect([created.status, created.body.data]).toMatchObject([201, expected]);
  });

  it('needs a contact, and takes no unknown field', async () => {
    const refused = await partner.api.post('/clients/from-companies-house', { companyNumber: NUMBER, clientCode: 'NZ-1' });
    const paths = refused.body.errors?.map(({ path }) => path);
    expect([refused.status, paths?.toSorted()]).toEqual([422, ['clientCode', 'contactEmail', 'contactName']]);
    expect(standIn.requests).toEqual([]);
  });
});

describe('Companies House', () => {
  it.each<[string, Misbehaviour, number, string, RegExp]>([
    ['knows no such company', { status: 404, body: {} }, 404, 'NOT_FOUND', /no company with this number/],
    ['refuses the key', { status: 401 }, 502, 'PROVIDER_FAILED', /COMPANIES_HOUSE_API_KEY/],
    ['fails', { status: 500 }, 502, 'PROVIDER_FAILED', /try again/],
    ['is down', { status: 503 }, 502, 'PROVIDER_FAILED', /try again/],
    ['ends the connection', 'reset', 502, 'PROVIDER_FAILED', /try again/],
    ['sends a page', 'notJson', 502, 'PROVIDER_FAILED', /cannot be read/],
    ['sends a list', { status: 200, body: [] }, 502, 'PROVIDER_FAILED', /cannot be read/],
    ['sends 50 MB', 'fiftyMegabytes', 502, 'PROVIDER_FAILED', /cannot be read/],
    ['sends another company', { status: 200, body: { company_number: '07654321' } }, 502, 'PROVIDER_FAILED', /cannot be read/],
    ['takes no more requests', { status: 429, headers: { 'retry-after': '17' } }, 429, 'TOO_MANY_REQUESTS', /17 seconds/],
  ])('%s: that is told, and nothing is stored', async (_case, misbehaviour, status, code, message) => {
    const before = await countClients();
    standIn.companies.set('04567890', exampleCompany('04567890'));
    standIn.misbehave(misbehaviour, 10);
    const refused = await partner.api.post('/clients/from-companies-house', { companyNumber: '04567890', ...CONTACT });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect(refused.body.message).toMatch(message);
    expect(await countClients()).toBe(before);
  });

  it('is not followed to another address', async () => {
    const elsewhere = await CompaniesHouseStandIn.start();
    elsewhere.companies.set(NUMBER, exampleCompany(NUMBER));
    standIn.misbehave({ redirectTo: `${elsewhere.url}/company/${NUMBER}` });
    const refused = await partner.api.get(`/companies-house/companies/${NUMBER}`);
    expect([refused.status, elsewhere.requests]).toEqual([502, []]);
    await elsewhere.stop();
  });

  it('is left alone for as long as it asked for, by everybody', async () => {
    standIn.companies.set(NUMBER, exampleCompany(NUMBER));
    standIn.misbehave({ status: 429, headers: { 'retry-after': '120' } });
    const first = await partner.api.get(`/companies-house/companies/${NUMBER}`);
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '120']);
    const second = await staff.api.get('/companies-house/search?q=example');
    expect([second.status, standIn.requests.length]).toEqual([429, 1]);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(100);
  });

  it('needs a key: the answer names the setting', async () => {
    const bare = await ApiServer.start();
    const { api } = await bare.person('PARTNER');
    const client = await api.post('/clients', {
      companyName: 'A Ltd',
      companyType: 'LIMITED_COMPANY',
      companyNumber: NUMBER,
      ...CONTACT,
    });
    for (const refused of [
      await api.get('/companies-house/search?q=example'),
      await api.get(`/companies-house/companies/${NUMBER}`),
      await api.post('/clients/from-companies-house', { companyNumber: '02345678', ...CONTACT }),
      await api.post(`/clients/${client.row().id}/companies-house/refresh`),
      await api.post('/clients/companies-house/refresh', { clientIds: [client.row().id] }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([503, 'UNAVAILABLE']);
      expect(refused.body.message).toContain('COMPANIES_HOUSE_API_KEY');
    }
    await bare.stop();
  });
});
