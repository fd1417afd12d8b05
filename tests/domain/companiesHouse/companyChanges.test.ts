import type { CompanyFields } from '../../../domain/companiesHouse/company';
import type { CurrentCompany } from '../../../domain/companiesHouse/companyChanges';
import { companyChanges, endingOf } from '../../../domain/companiesHouse/companyChanges';

const CURRENT: CurrentCompany = {
  companyName: 'Acme Widgets Ltd',
  companyStatus: 'active',
  companyStatusDetail: null,
  incorporationDate: '2015-06-10',
  cessationDate: null,
  registeredOfficeAddress: { country: 'England', locality: 'Leeds' },
  sicCodes: ['62012'],
  jurisdiction: 'england-wales',
  hasBeenLiquidated: false,
  hasCharges: false,
  hasInsolvencyHistory: false,
  officers: null,
  personsWithSignificantControl: null,
  nextYearEnd: '2027-06-30',
  nextAccountsDue: '2028-03-31',
  lastAccountsMadeUpTo: null,
  nextConfirmationDue: '2027-06-23',
  lastConfirmationMadeUpTo: '2026-06-09',
};

const changes = (fields: Partial<CompanyFields>) => companyChanges(CURRENT, { fields });

it('takes over what changed, and leaves alone what did not or is not told', () => {
  const fields = {
    companyStatus: 'dissolved',
    jurisdiction: 'england-wales',
    // The database keeps keys in another order.
    registeredOfficeAddress: { locality: 'Leeds', country: 'England' },
    officers: [{ name: 'EXAMPLE, Erin' }],
  };
  expect(changes(fields).applied).toEqual({ companyStatus: 'dissolved', officers: [{ name: 'EXAMPLE, Erin' }] });
});

it('proposes a changed statutory date, confirms an equal one, takes over one that was not known', () => {
  const fields = { nextYearEnd: '2027-09-30', nextAccountsDue: '2028-03-31', lastAccountsMadeUpTo: '2026-06-30' };
  expect(changes(fields)).toEqual({
    applied: { lastAccountsMadeUpTo: '2026-06-30' },
    proposed: [{ field: 'nextYearEnd', oldDate: '2027-06-30', newDate: '2027-09-30' }],
    confirmed: ['nextAccountsDue'],
  });
});

it.each([
  ['ACME WIDGETS LIMITED', false],
  ['Acme Widgets, Ltd.', false],
  ['ACME GADGETS LIMITED', true],
])('a name written as %s is a change: %s', (companyName, isChange) => {
  expect('companyName' in changes({ companyName }).applied).toBe(isChange);
});

it.each([
  ['active', null, null],
  ['dissolved', null, 'is dissolved'],
  ['liquidation', null, 'is in liquidation'],
  ['active', 'active-proposal-to-strike-off', 'is about to be struck off'],
  ['constructor', 'toString', null],
  [null, undefined, null],
])('of a company that is %s (%s) people are told: %s', (status, detail, told) => {
  expect(endingOf(status, detail)).toBe(told);
});
