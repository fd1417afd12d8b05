import * as fc from 'fast-check';
import { readCompany } from '../../../domain/companiesHouse/readCompany';
import { exampleCompany, YEAR } from '../../harness/exampleCompany';

const NUMBER = '01234567';

function read(
  changes: Record<string, unknown> = {},
  people: { officers?: unknown; personsWithSignificantControl?: unknown } = {},
) {
  const { profile, officers, personsWithSignificantControl } = { ...exampleCompany(NUMBER, changes), ...people };
  return readCompany(NUMBER, { profile, officers, personsWithSignificantControl });
}

it('fills in everything that the Client model holds', () => {
  expect(read()).toEqual({
    companyNumber: NUMBER,
    companyType: 'LIMITED_COMPANY',
    isCorporationTaxPayer: true,
    odd: [],
    fields: {
      companyName: 'EXAMPLE 01234567 LIMITED',
      companyStatus: 'active',
      companyStatusDetail: null,
      incorporationDate: '2015-06-10',
      cessationDate: null,
      registeredOfficeAddress: {
        address_line_1: '1 High Street',
        locality: 'Leeds',
        postal_code: 'LS1 1AA',
        country: 'England',
      },
      sicCodes: ['62012', '62020'],
      jurisdiction: 'england-wales',
      hasBeenLiquidated: false,
      hasCharges: true,
      hasInsolvencyHistory: false,
      nextYearEnd: `${YEAR + 1}-06-30`,
      nextAccountsDue: `${YEAR + 2}-03-31`,
      lastAccountsMadeUpTo: `${YEAR}-06-30`,
      nextConfirmationDue: `${YEAR + 1}-06-23`,
      lastConfirmationMadeUpTo: `${YEAR}-06-09`,
      officers: [
        {
          name: 'EXAMPLE, Erin',
          officer_role: 'director',
          appointed_on: '2015-06-10',
          nationality: 'British',
          occupation: 'Director',
          country_of_residence: 'England',
          address: { premises: '1', address_line_1: 'High Street', locality: 'Leeds', postal_code: 'LS1 1AA' },
          date_of_birth: { month: 4, year: 1980 },
        },
      ],
      personsWithSignificantControl: [
        {
          name: 'Ms Erin Example',
          kind: 'individual-person-with-significant-control',
          natures_of_control: ['ownership-of-shares-75-to-100-percent'],
          notified_on: '2016-04-06',
        },
      ],
    },
  });
});

describe('the next accounts', () => {
  const last_accounts = { made_up_to: '2023-02-28' };

  it.each<[string, unknown, string | undefined, string | undefined]>([
    [
      'of the newer block come first',
      {
        next_accounts: { period_end_on: '2024-03-31', due_on: '2024-12-31' },
        next_due: '2020-01-01',
        next_made_up_to: '2019-01-01',
      },
      '2024-03-31',
      '2024-12-31',
    ],
    [
      'are those of the older fields without it',
      { next_due: '2024-12-31', next_made_up_to: '2024-03-31' },
      '2024-03-31',
      '2024-12-31',
    ],
    [
      'are those of the older fields where the block is odd',
      { next_accounts: [], next_due: '2024-12-31', next_made_up_to: '2024-03-31' },
      '2024-03-31',
      '2024-12-31',
    ],
    [
      'follow the reference date, which is text',
      { last_accounts, accounting_reference_date: { day: '30', month: '06' } },
      '2023-06-30',
      undefined,
    ],
    [
      'keep to the end of February',
      { last_accounts, accounting_reference_date: { day: '28', month: '2' } },
      '2024-02-29',
      undefined,
    ],
    ['are not known by a reference date alone', { accounting_reference_date: { day: '30', month: '06' } }, undefined, undefined],
    [
      'are not known by a reference date that is none',
      { last_accounts, accounting_reference_date: { day: '32', month: 'June' } },
      undefined,
      undefined,
    ],
    ['are not known', undefined, undefined, undefined],
  ])('%s', (_case, accounts, yearEnd, due) => {
    expect([read({ accounts })?.fields.nextYearEnd, read({ accounts })?.fields.nextAccountsDue]).toEqual([yearEnd, due]);
  });

  it('tell by their first day when the last ones ended', () => {
    const next_accounts = { period_start_on: '2024-07-01', period_end_on: '2025-06-30' };
    expect(read({ accounts: { next_accounts } })?.fields.lastAccountsMadeUpTo).toBe('2024-06-30');
    const first = { period_start_on: '2015-06-10', period_end_on: '2016-06-30' };
    expect(read({ accounts: { next_accounts: first } })?.fields.lastAccountsMadeUpTo).toBeUndefined();
  });
});

it.each([
  ['ltd', 'LIMITED_COMPANY', true],
  ['plc', 'LIMITED_COMPANY', true],
  ['private-limited-guarant-nsc', 'LIMITED_COMPANY', true],
  ['llp', 'LIMITED_COMPANY', false],
  ['limited-partnership', 'NON_LIMITED_COMPANY', true],
  ['something-new', 'LIMITED_COMPANY', true],
])('takes a company of type %s as %s', (type, companyType, isCorporationTaxPayer) => {
  expect(read({ type })).toMatchObject({ companyType, isCorporationTaxPayer });
});

describe('what is odd', () => {
  it('is left out, and named by its path alone', () => {
    const reading = read(
      {
        company_status: 42,
        date_of_creation: '2015-02-30',
        sic_codes: ['62012', 7, null],
        accounts: { next_accounts: { due_on: '99999-01-01', period_end_on: 'soon' }, last_accounts: 'none' },
        registered_office_address: { postal_code: ['LS1'], locality: 'Leeds' },
        has_charges: 'yes',
        jurisdiction: 'x'.repeat(10_000),
        company_name: 'Broken \u0000 Ltd',
      },
      { officers: { items: ['nobody', { name: { first: 'Erin' }, officer_role: 'director' }] } },
    );
    expect(reading?.fields).toMatchObject({
      sicCodes: ['62012'],
      registeredOfficeAddress: { locality: 'Leeds' },
      officers: [{ officer_role: 'director' }],
    });
    for (const field of ['companyStatus', 'incorporationDate', 'nextAccountsDue', 'nextYearEnd', 'hasCharges', 'jurisdiction']) {
      expect(reading?.fields).not.toHaveProperty(field);
    }
    expect(reading?.odd.toSorted()).toEqual(
      [
        'accounts.last_accounts',
        'accounts.next_accounts.due_on',
        'accounts.next_accounts.period_end_on',
        'company_name',
        'company_status',
        'date_of_creation',
        'has_charges',
        'jurisdiction',
        'officers.items[0]',
        'officers.items[1].name',
        'registered_office_address.postal_code',
        'sic_codes',
      ].toSorted(),
    );
  });

  it('is a company that ceased before it began', () => {
    const reading = read({ date_of_cessation: '2001-01-01' });
    expect(reading?.fields).not.toHaveProperty('cessationDate');
    expect(reading?.odd).toEqual(['date_of_cessation']);
  });

  it('is another company, or no answer at all', () => {
    expect(read({ company_number: '07654321' })).toBeUndefined();
    for (const profile of [undefined, null, 'text', [], 1]) {
      expect(readCompany(NUMBER, { profile, officers: null, personsWithSignificantControl: null })).toBeUndefined();
    }
  });

  it('never breaks the reading, whatever it is', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: false });
    const names = Object.keys(Object(exampleCompany(NUMBER).profile));
    const profiles = fc.dictionary(fc.constantFrom(...names.filter((name) => name !== 'company_number')), anything);
    fc.assert(
      fc.property(profiles, anything, anything, (profile, officers, personsWithSignificantControl) => {
        const reading = readCompany(NUMBER, { profile, officers, personsWithSignificantControl });
        for (const value of Object.values(reading?.fields ?? {})) expect(value).toBeDefined();
      }),
    );
  });
});
