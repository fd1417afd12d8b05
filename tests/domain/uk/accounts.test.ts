import type { AccountsConfiguration, AccountsPeriod } from '../../../domain/uk/accounts';
import { accountsPeriod, accountsPeriodsToOpen, movedAccountsPeriods } from '../../../domain/uk/accounts';

function company(fields: Partial<AccountsConfiguration> = {}): AccountsConfiguration {
  return {
    incorporationDate: null,
    nextYearEnd: null,
    lastAccountsMadeUpTo: null,
    nextAccountsDue: null,
    nextConfirmationDue: null,
    ...fields,
  };
}

const brief = ({ start, end, accountsDueDate }: AccountsPeriod): string => `${start} ${end} ${accountsDueDate}`;

describe('the periods that must be open', () => {
  const established = company({ incorporationDate: '2010-06-10', nextYearEnd: '2024-06-30', lastAccountsMadeUpTo: '2023-06-30' });

  it.each([
    ['2024-05-01', ['2023-07-01 2024-06-30 2025-03-31']],
    ['2024-07-01', ['2023-07-01 2024-06-30 2025-03-31', '2024-07-01 2025-06-30 2026-03-31']],
    // The one that Companies House waits for stays open past its deadline.
    ['2025-04-01', ['2023-07-01 2024-06-30 2025-03-31', '2024-07-01 2025-06-30 2026-03-31']],
  ])('on %s are that of Companies House and all up to the running one', (today, expected) => {
    expect(accountsPeriodsToOpen(established, today).map(brief)).toEqual(expected);
  });

  it('reach from the running one to one further ahead', () => {
    const ahead = company({ nextYearEnd: '2025-12-31', lastAccountsMadeUpTo: '2024-12-31' });
    expect(accountsPeriodsToOpen(ahead, '2024-11-01').map(brief)).toEqual(['2024-01-01 2024-12-31 2025-09-30']);
  });

  it('of a company of which only incorporation is known are those not yet overdue', () => {
    const known = company({ incorporationDate: '2019-03-12' });
    expect(accountsPeriodsToOpen(known, '2024-07-01').map(brief)).toEqual([
      '2023-04-01 2024-03-31 2024-12-31',
      '2024-04-01 2025-03-31 2025-12-31',
    ]);
  });

  it('of a new company are its first period, due from the first anniversary', () => {
    const young = company({ incorporationDate: '2024-05-15' });
    expect(accountsPeriodsToOpen(young, '2024-05-14')).toEqual([]);
    expect(accountsPeriodsToOpen(young, '2024-05-15').map(brief)).toEqual(['2024-05-15 2025-05-31 2026-02-15']);
  });

  it('keep to the last day of February', () => {
    const february = company({ incorporationDate: '2010-02-01', nextYearEnd: '2023-02-28', lastAccountsMadeUpTo: '2022-02-28' });
    expect(accountsPeriodsToOpen(february, '2024-03-01').map(({ start, end }) => `${start} ${end}`)).toEqual([
      '2022-03-01 2023-02-28',
      '2023-03-01 2024-02-29',
      '2024-03-01 2025-02-28',
    ]);
  });

  it('take the due date of Companies House for its own period only', () => {
    const extended = { ...established, nextAccountsDue: '2025-06-30' };
    expect(accountsPeriodsToOpen(extended, '2024-08-01').map(({ accountsDueDate }) => accountsDueDate)).toEqual([
      '2025-06-30',
      '2026-03-31',
    ]);
  });

  it.each<[Partial<AccountsConfiguration>, string, string[]]>([
    [{ lastAccountsMadeUpTo: '2023-06-30' }, '2024-05-01', ['2023-07-01 2024-06-30 2025-03-31']],
    [{ nextYearEnd: '2024-06-30' }, '2024-05-01', ['2023-07-01 2024-06-30 2025-03-31']],
    // A period can be extended to eighteen months; last accounts further away do not begin it.
    [{ lastAccountsMadeUpTo: '2023-06-30', nextYearEnd: '2024-12-31' }, '2024-05-01', ['2023-07-01 2024-12-31 2025-09-30']],
    [{ lastAccountsMadeUpTo: '2015-06-30', nextYearEnd: '2024-06-30' }, '2024-05-01', ['2023-07-01 2024-06-30 2025-03-31']],
    [{ lastAccountsMadeUpTo: '2024-06-30', nextYearEnd: '2024-06-30' }, '2024-05-01', ['2023-07-01 2024-06-30 2025-03-31']],
    // No period begins before incorporation.
    [{ incorporationDate: '2023-09-10', nextYearEnd: '2025-12-31' }, '2023-10-01', ['2023-09-10 2023-12-31 2024-09-30']],
    [{ incorporationDate: '2023-09-10', nextYearEnd: '2025-12-31' }, '2024-03-01', ['2024-01-01 2024-12-31 2025-09-30']],
  ])('of %j on %s are %j', (fields, today, expected) => {
    expect(accountsPeriodsToOpen(company(fields), today).map(brief)).toEqual(expected);
  });

  it('are none where neither year end nor incorporation is known', () => {
    expect(accountsPeriodsToOpen(company(), '2024-08-01')).toEqual([]);
  });
});

it('dates a period with everything that is due for it', () => {
  const known = company({ incorporationDate: '2020-04-01' });
  expect(accountsPeriod(known, '2024-01-01', '2024-12-31', '2024-06-01')).toEqual({
    start: '2024-01-01',
    end: '2024-12-31',
    accountsDueDate: '2025-09-30',
    ctDueDate: '2025-10-01',
    ctSecondDueDate: null,
    ctReturnDueDate: '2025-12-31',
    csDueDate: '2025-04-14',
  });
});

it('dates a first period of more than twelve months with the first of its two payments', () => {
  const young = company({ incorporationDate: '2024-05-11', nextConfirmationDue: '2025-05-20' });
  expect(accountsPeriod(young, '2024-05-11', '2025-05-31', '2024-06-01')).toEqual({
    start: '2024-05-11',
    end: '2025-05-31',
    accountsDueDate: '2026-02-11',
    ctDueDate: '2026-02-11',
    ctSecondDueDate: '2026-03-01',
    ctReturnDueDate: '2026-05-31',
    csDueDate: '2025-05-20',
  });
});

describe('an open period, when the dates of its company change,', () => {
  const TODAY = '2024-01-15';
  const open = { start: '2023-07-01', end: '2024-06-30' };
  const before = company({
    incorporationDate: '2010-06-10',
    lastAccountsMadeUpTo: '2023-06-30',
    nextYearEnd: '2024-06-30',
    nextAccountsDue: '2025-03-31',
  });
  const moved = (change: Partial<AccountsConfiguration>, period = open, was = before, today = TODAY) =>
    movedAccountsPeriods(was, { ...was, ...change }, [period], today)[0];

  it.each<[string, Partial<AccountsConfiguration>, ReturnType<typeof moved>]>([
    [
      'gets a later end, with what is due by it',
      { nextYearEnd: '2024-09-30', nextAccountsDue: '2025-06-30' },
      {
        periodEnd: '2024-09-30',
        deadlines: { accountsDueDate: '2025-06-30', ctSecondDueDate: '2025-07-01', ctReturnDueDate: '2025-09-30' },
      },
    ],
    [
      'gets an earlier end, with what is due by it',
      { nextYearEnd: '2024-03-31', nextAccountsDue: '2024-12-31' },
      {
        periodEnd: '2024-03-31',
        deadlines: { accountsDueDate: '2024-12-31', ctDueDate: '2025-01-01', ctReturnDueDate: '2025-03-31' },
      },
    ],
    ['gets a later day for its accounts', { nextAccountsDue: '2025-06-30' }, { deadlines: { accountsDueDate: '2025-06-30' } }],
    [
      'does not take a day for its accounts that lies before its end',
      { nextYearEnd: '2024-12-31', nextAccountsDue: '2024-11-30' },
      {
        periodEnd: '2024-12-31',
        deadlines: { accountsDueDate: '2025-09-30', ctSecondDueDate: '2025-10-01', ctReturnDueDate: '2025-12-31' },
      },
    ],
    ['stays where nothing of it changes', { nextConfirmationDue: '2024-07-08' }, null],
    [
      'stays where its accounts were delivered',
      { lastAccountsMadeUpTo: '2024-06-30', nextYearEnd: '2025-06-30', nextAccountsDue: '2026-03-31' },
      null,
    ],
  ])('%s', (_case, change, expected) => {
    expect(moved(change)).toEqual(expected);
  });

  const next = { start: '2024-07-01', end: '2025-06-30' };

  it.each<[string, Partial<AccountsConfiguration>, ReturnType<typeof movedAccountsPeriods>]>([
    [
      'sooner',
      { nextYearEnd: '2024-03-31', nextAccountsDue: '2024-12-31' },
      [
        {
          periodEnd: '2024-03-31',
          deadlines: { accountsDueDate: '2024-12-31', ctDueDate: '2025-01-01', ctReturnDueDate: '2025-03-31' },
        },
        {
          periodStart: '2024-04-01',
          periodEnd: '2025-03-31',
          deadlines: { accountsDueDate: '2025-12-31', ctDueDate: '2026-01-01', ctReturnDueDate: '2026-03-31' },
        },
      ],
    ],
    [
      'later',
      { nextYearEnd: '2024-09-30', nextAccountsDue: '2025-06-30' },
      [
        {
          periodEnd: '2024-09-30',
          deadlines: { accountsDueDate: '2025-06-30', ctSecondDueDate: '2025-07-01', ctReturnDueDate: '2025-09-30' },
        },
        {
          periodStart: '2024-10-01',
          periodEnd: '2025-09-30',
          deadlines: { accountsDueDate: '2026-06-30', ctDueDate: '2026-07-01', ctReturnDueDate: '2026-09-30' },
        },
      ],
    ],
    [
      'sooner, as accounts say that were delivered meanwhile',
      { lastAccountsMadeUpTo: '2024-03-31', nextYearEnd: '2025-03-31', nextAccountsDue: '2025-12-20' },
      [
        {
          periodEnd: '2024-03-31',
          deadlines: { accountsDueDate: '2024-12-31', ctDueDate: '2025-01-01', ctReturnDueDate: '2025-03-31' },
        },
        {
          periodStart: '2024-04-01',
          periodEnd: '2025-03-31',
          deadlines: { accountsDueDate: '2025-12-20', ctDueDate: '2026-01-01', ctReturnDueDate: '2026-03-31' },
        },
      ],
    ],
    [
      'as before, its accounts delivered',
      { lastAccountsMadeUpTo: '2024-06-30', nextYearEnd: '2025-06-30', nextAccountsDue: '2026-03-20' },
      [null, { deadlines: { accountsDueDate: '2026-03-20' } }],
    ],
  ])('takes the open one after it along when it ends %s', (_case, change, expected) => {
    expect(movedAccountsPeriods(before, { ...before, ...change }, [open, next], '2024-08-01')).toEqual(expected);
  });

  it('keeps to the 29th of February, and leaves it', () => {
    const leap = company({ lastAccountsMadeUpTo: '2023-02-28', nextYearEnd: '2024-02-29', nextAccountsDue: '2024-11-30' });
    const period = { start: '2023-03-01', end: '2024-02-29' };
    expect(moved({ nextYearEnd: '2024-03-31', nextAccountsDue: '2024-12-31' }, period, leap)).toEqual({
      periodEnd: '2024-03-31',
      deadlines: { accountsDueDate: '2024-12-31', ctSecondDueDate: '2025-01-01', ctReturnDueDate: '2025-03-31' },
    });
  });

  it('is known by its first day where the last accounts are not', () => {
    const unknown = { ...before, lastAccountsMadeUpTo: null };
    expect(moved({ nextYearEnd: '2024-09-30', nextAccountsDue: '2025-06-30' }, open, unknown)?.periodEnd).toBe('2024-09-30');
  });

  it('keeps an end that somebody set before Companies House knew of it', () => {
    const ahead = { ...open, end: '2024-09-30' };
    expect(moved({ nextYearEnd: '2024-09-30', nextAccountsDue: '2025-06-20' }, ahead)).toEqual({
      deadlines: { accountsDueDate: '2025-06-20' },
    });
  });
});

it('opens no period that would overlap one that was opened', () => {
  const changed = company({ incorporationDate: '2010-06-10', lastAccountsMadeUpTo: null, nextYearEnd: '2024-09-30' });
  expect(accountsPeriodsToOpen(changed, '2024-05-01', [{ start: '2023-07-01', end: '2024-06-30' }])).toEqual([]);
  expect(accountsPeriodsToOpen(changed, '2024-05-01', [{ start: '2022-10-01', end: '2023-09-30' }]).map(brief)).toEqual([
    '2023-10-01 2024-09-30 2025-06-30',
  ]);
});
