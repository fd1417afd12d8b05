import type { AccountsConfiguration, AccountsPeriod } from '../../../domain/uk/accounts';
import { accountsPeriod, accountsPeriodsToOpen, movedAccountsPeriods } from '../../../domain/uk/accounts';
import { accountsDue, firstAccountsDue, firstPeriodEnd, shortenedAccountsDue } from '../../../domain/uk/accountsDue';
import { currentReviewPeriod, reviewPeriod, reviewPeriodAfterStatement } from '../../../domain/uk/confirmationStatement';

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

describe('accounts are due', () => {
  it.each([
    ['2024-12-31', '2025-09-30'],
    ['2024-03-31', '2024-12-31'],
    ['2024-04-30', '2025-01-31'],
    ['2024-06-30', '2025-03-31'],
    ['2025-02-28', '2025-11-30'],
    ['2024-02-28', '2024-11-28'],
    ['2024-05-31', '2025-02-28'],
    ['2023-05-31', '2024-02-29'],
    ['2023-05-30', '2024-02-29'],
    ['2024-04-05', '2025-01-05'],
  ])('nine months after %s, on %s', (end, due) => {
    expect(accountsDue(end)).toBe(due);
  });

  it.each([
    ['2024-12-31', '2025-06-30'],
    ['2024-08-31', '2025-02-28'],
    ['2024-08-30', '2025-02-28'],
    ['2024-09-30', '2025-03-31'],
  ])('six months after %s of a public company, on %s', (end, due) => {
    expect(accountsDue(end, 'public')).toBe(due);
  });
});

describe('first accounts', () => {
  it.each([
    ['2024-05-15', '2025-05-31'],
    ['2024-02-29', '2025-02-28'],
    ['2023-02-10', '2024-02-29'],
    ['2024-12-31', '2025-12-31'],
  ])('of a company incorporated on %s end on %s', (incorporated, end) => {
    expect(firstPeriodEnd(incorporated)).toBe(end);
  });

  it.each([
    // More than twelve months: nine from the first anniversary.
    ['2024-05-15', '2025-05-31', 'private', '2026-02-15'],
    ['2024-05-15', '2025-05-31', 'public', '2025-11-15'],
    ['2024-02-29', '2025-03-31', 'private', '2025-11-30'],
    ['2023-02-28', '2024-02-29', 'private', '2024-11-28'],
    ['2024-06-30', '2025-06-30', 'private', '2026-03-31'],
    // Extended to eighteen months: three after the period's end come later only for a public company.
    ['2024-01-10', '2025-06-30', 'private', '2025-10-10'],
    ['2024-01-10', '2025-06-30', 'public', '2025-09-30'],
    ['2024-01-01', '2025-06-30', 'public', '2025-09-30'],
    // Twelve months or fewer: the ordinary rule.
    ['2024-05-01', '2025-04-30', 'private', '2026-01-31'],
    ['2024-05-15', '2025-05-14', 'private', '2026-02-14'],
    ['2024-05-15', '2024-12-31', 'private', '2025-09-30'],
  ] as const)('from %s to %s (%s) are due on %s', (incorporated, end, kind, due) => {
    expect(firstAccountsDue(incorporated, end, kind)).toBe(due);
  });
});

describe('accounts of a period that a notice shortened', () => {
  it.each([
    ['2024-09-30', '2025-05-15', 'private', null, '2025-08-15'],
    ['2024-09-30', '2024-10-15', 'private', null, '2025-06-30'],
    ['2024-09-30', '2025-02-28', 'public', null, '2025-05-31'],
    ['2024-12-31', '2024-10-01', 'private', '2023-11-20', '2025-08-20'],
  ] as const)('to %s by a notice of %s (%s, incorporated %s) are due on %s', (end, notice, kind, incorporated, due) => {
    expect(shortenedAccountsDue(end, notice, kind, incorporated)).toBe(due);
  });
});

describe('a confirmation statement', () => {
  it.each([
    ['2024-04-01', '2025-03-31', '2025-04-14'],
    ['2023-03-01', '2024-02-29', '2024-03-14'],
    ['2024-02-29', '2025-02-28', '2025-03-14'],
    ['2024-12-25', '2025-12-24', '2026-01-07'],
  ])('for the year from %s to %s is due on %s', (start, end, due) => {
    expect(reviewPeriod(start)).toEqual({ start, end, due });
  });

  it('made early begins the next review period on the day after', () => {
    expect(reviewPeriodAfterStatement('2025-01-20')).toEqual({ start: '2025-01-21', end: '2026-01-20', due: '2026-02-03' });
  });

  it.each([
    ['2025-04-14', '2025-04-14'],
    ['2025-04-15', '2026-04-14'],
    ['2024-04-01', '2025-04-14'],
    ['2030-01-01', '2030-04-14'],
  ])('is on %s the one due on %s', (today, due) => {
    expect(currentReviewPeriod('2024-04-01', today).due).toBe(due);
  });
});

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
