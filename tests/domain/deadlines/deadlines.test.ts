import type { DatedClient } from '../../../domain/deadlines/clientDeadlines';
import { clientDeadlines } from '../../../domain/deadlines/clientDeadlines';
import { accountsDeadlines, vatDeadlines } from '../../../domain/deadlines/filingDeadlines';

const TODAY = '2024-05-01';
const readAt = new Date('2024-04-28T03:00:00Z');
const official = (date: string) => ({ date, source: 'COMPANIES_HOUSE', readAt });

const CLIENT: DatedClient = {
  companyType: 'LIMITED_COMPANY',
  incorporationDate: '2015-06-10',
  nextYearEnd: '2024-06-30',
  nextAccountsDue: '2025-03-31',
  lastAccountsMadeUpTo: '2023-06-30',
  nextConfirmationDue: '2024-06-23',
  lastConfirmationMadeUpTo: '2023-06-09',
  corporationTaxPeriodStart: '2023-07-01',
  corporationTaxPeriodEnd: '2024-06-30',
  periodOfAccountEnd: '2024-06-30',
  nextCorporationTaxDue: '2025-04-01',
  manualCTDueOverride: null,
  ctDueSource: 'AUTO',
};

const inBrief = (deadlines: ReturnType<typeof clientDeadlines>) =>
  deadlines.map(({ name, date, computed, official: told, source, isMismatch }) =>
    [name, date, computed, told ?? '-', source, isMismatch ? 'mismatch' : 'agrees'].join(' '),
  );

it('shows each deadline of a client in force, computed and official', () => {
  const dates = { nextYearEnd: official('2024-06-30'), nextAccountsDue: official('2025-03-31') };
  expect(inBrief(clientDeadlines(CLIENT, dates, TODAY))).toEqual([
    'nextYearEnd 2024-06-30 2024-06-30 2024-06-30 COMPANIES_HOUSE agrees',
    'nextAccountsDue 2025-03-31 2025-03-31 2025-03-31 COMPANIES_HOUSE agrees',
    'nextConfirmationDue 2024-06-23 2024-06-23 - COMPUTED agrees',
    'nextCorporationTaxDue 2025-04-01 2025-04-01 - COMPUTED agrees',
    'corporationTaxReturnDue 2025-06-30 2025-06-30 - COMPUTED agrees',
  ]);
});

it('says where dates do not agree, and whose is in force', () => {
  const manual = { manualCTDueOverride: '2025-01-14', ctDueSource: 'MANUAL' } as const;
  const client = { ...CLIENT, nextAccountsDue: '2025-06-30', nextConfirmationDue: '2024-06-20', ...manual };
  const dates = { nextAccountsDue: official('2025-06-30'), nextConfirmationDue: official('2024-07-07') };
  const shown = clientDeadlines(client, dates, TODAY);
  expect(inBrief(shown).slice(1, 4)).toEqual([
    'nextAccountsDue 2025-06-30 2025-03-31 2025-06-30 COMPANIES_HOUSE mismatch',
    'nextConfirmationDue 2024-06-20 2024-06-23 2024-07-07 STAFF mismatch',
    'nextCorporationTaxDue 2025-01-14 2025-04-01 - STAFF mismatch',
  ]);
  expect(shown[1]?.readAt).toBe(readAt);
});

it('has the Company Tax Return due by the end of accounts of more than twelve months', () => {
  const long = { ...CLIENT, corporationTaxPeriodEnd: '2024-06-30', periodOfAccountEnd: '2024-09-30' };
  expect(inBrief(clientDeadlines(long, {}, TODAY)).at(-1)).toBe(
    'corporationTaxReturnDue 2025-09-30 2025-09-30 - COMPUTED agrees',
  );
});

it('computes no year end of an older company whose last accounts nobody knows', () => {
  const [yearEnd] = clientDeadlines({ ...CLIENT, lastAccountsMadeUpTo: null }, {}, TODAY);
  expect(yearEnd).toMatchObject({ date: '2024-06-30', computed: null, isMismatch: false });
});

it('computes what nobody has told, from incorporation on', () => {
  const young = {
    ...CLIENT,
    incorporationDate: '2023-05-15',
    nextYearEnd: null,
    nextAccountsDue: null,
    lastAccountsMadeUpTo: null,
  };
  const bare = { ...young, nextConfirmationDue: null, lastConfirmationMadeUpTo: null, corporationTaxPeriodEnd: null };
  expect(inBrief(clientDeadlines(bare, {}, TODAY))).toEqual([
    'nextYearEnd 2024-05-31 2024-05-31 - COMPUTED agrees',
    'nextAccountsDue 2025-02-15 2025-02-15 - COMPUTED agrees',
    'nextConfirmationDue 2024-05-28 2024-05-28 - COMPUTED agrees',
  ]);
  expect(clientDeadlines({ ...bare, incorporationDate: null }, {}, TODAY)).toEqual([]);
  expect(clientDeadlines({ ...CLIENT, companyType: 'NON_LIMITED_COMPANY' }, {}, TODAY)).toEqual([]);
});

it('shows both payments of a period of more than twelve months, and takes what is official for the year end that is awaited alone', () => {
  const filing = {
    filingPeriodStart: '2023-03-01',
    filingPeriodEnd: '2024-06-30',
    accountsDueDate: '2025-03-31',
    ctDueDate: '2024-12-01',
    ctSecondDueDate: '2025-04-01',
    ctReturnDueDate: '2025-06-30',
    csDueDate: '2024-06-23',
  };
  const dates = { nextYearEnd: official('2024-06-30'), nextAccountsDue: official('2025-03-31') };
  const shown = inBrief(accountsDeadlines(filing, CLIENT, dates, TODAY));
  expect(shown).toEqual([
    'accountsDueDate 2025-03-31 2025-03-31 2025-03-31 COMPANIES_HOUSE agrees',
    'ctDueDate 2024-12-01 2024-12-01 - COMPUTED agrees',
    'ctSecondDueDate 2025-04-01 2025-04-01 - COMPUTED agrees',
    'ctReturnDueDate 2025-06-30 2025-06-30 - COMPUTED agrees',
    'csDueDate 2024-06-23 2024-06-23 - COMPUTED agrees',
  ]);
  const earlier = { ...filing, filingPeriodStart: '2022-03-01', filingPeriodEnd: '2023-02-28' };
  expect(accountsDeadlines(earlier, CLIENT, dates, TODAY)[0]).toMatchObject({ official: null });
});

it.each([
  ['2024-Q1', '2024-03-31', '2024-05-07', null, 'COMPUTED'],
  ['2023-Q4', '2024-02-29', '2024-04-07', null, 'COMPUTED'],
  ['2024-YE', '2024-02-29', '2024-04-30', 'Annual accounting', 'COMPUTED'],
  ['2024-Q1', '2024-03-31', '2024-05-10', null, 'STAFF'],
])('shows that VAT of %s to %s is due on %s (%s): %s', (quarterPeriod, quarterEndDate, filingDueDate, vatScheme, source) => {
  const [shown] = vatDeadlines({ quarterPeriod, quarterEndDate, filingDueDate }, vatScheme);
  expect(shown).toMatchObject({ date: filingDueDate, source, isMismatch: source === 'STAFF' });
});
