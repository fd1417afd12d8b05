import * as fc from 'fast-check';
import { addDays, addMonths, endOfMonth } from '../../../domain/calendar/dates';
import type { VatConfiguration } from '../../../domain/uk/vat';
import {
  isAnnualAccounting,
  vatPeriodAfter,
  vatPeriodByLabel,
  vatPeriodContaining,
  vatPeriodsToOpen,
} from '../../../domain/uk/vat';
import type { VatPeriod } from '../../../domain/uk/vatPeriods';
import { hmrcPeriodKey, vatDue } from '../../../domain/uk/vatPeriods';
import { dates } from '../arbitraries';

function client(fields: Partial<VatConfiguration> = {}): VatConfiguration {
  return {
    vatFrequency: 'Quarterly',
    vatQuarterGroup: 'C',
    vatScheme: null,
    vatRegistrationDate: null,
    vatDeregistrationDate: null,
    ...fields,
  };
}

const brief = (period: VatPeriod | undefined): string | undefined =>
  period && `${period.label} ${period.start} ${period.end} ${period.due}`;

describe('quarters of the three groups', () => {
  it.each([
    ['A', '2024-Q1', '2024-02-01', '2024-04-30', '2024-06-07', '24A1'],
    ['A', '2024-Q2', '2024-05-01', '2024-07-31', '2024-09-07', '24A2'],
    ['A', '2024-Q4', '2024-11-01', '2025-01-31', '2025-03-07', '24A4'],
    ['B', '2024-Q1', '2024-03-01', '2024-05-31', '2024-07-07', '24B1'],
    ['B', '2024-Q4', '2024-12-01', '2025-02-28', '2025-04-07', '24B4'],
    ['B', '2023-Q4', '2023-12-01', '2024-02-29', '2024-04-07', '23B4'],
    ['C', '2024-Q1', '2024-01-01', '2024-03-31', '2024-05-07', '24C1'],
    ['C', '2024-Q3', '2024-07-01', '2024-09-30', '2024-11-07', '24C3'],
    ['C', '2024-Q4', '2024-10-01', '2024-12-31', '2025-02-07', '24C4'],
  ] as const)('group %s, %s runs from %s to %s and is due on %s', (vatQuarterGroup, label, start, end, due, key) => {
    const period = vatPeriodByLabel(client({ vatQuarterGroup }), label);
    expect(period).toEqual({ label, group: vatQuarterGroup, start, end, due });
    expect(period && hmrcPeriodKey(period)).toBe(key);
    for (const day of [start, addDays(start, 40), end]) {
      expect(vatPeriodContaining(client({ vatQuarterGroup }), day)).toEqual(period);
    }
  });

  it.each(['2024-Q5', '2024-Q0', '2024-M03', '2024-YE', '24-Q1', '2024Q1', '2024-q1', '2024-Q1-2', '', 'toString'])(
    'know no %j',
    (label) => {
      expect(vatPeriodByLabel(client(), label)).toBeUndefined();
    },
  );

  it('follow each other without a gap, four a year, each with a label of its own', () => {
    fc.assert(
      fc.property(dates(), fc.constantFrom('A' as const, 'B' as const, 'C' as const), (date, vatQuarterGroup) => {
        const configuration = client({ vatQuarterGroup });
        const period = vatPeriodContaining(configuration, date);
        const next = period && vatPeriodAfter(configuration, period.end, [period.label]);
        expect(period && period.start <= date && date <= period.end).toBe(true);
        expect(period?.end).toBe(endOfMonth(addMonths(period?.start ?? '', 2)));
        expect(next?.start).toBe(addDays(period?.end ?? '', 1));
        expect(vatPeriodByLabel(configuration, period?.label ?? '')).toEqual(period);
        expect(period?.due).toBe(addDays(endOfMonth(addDays(period?.end ?? '', 1)), 7));
      }),
    );
  });
});

describe('months', () => {
  it.each([
    ['2024-M01', '2024-01-01', '2024-01-31', '2024-03-07', 'A'],
    ['2024-M02', '2024-02-01', '2024-02-29', '2024-04-07', 'B'],
    ['2025-M02', '2025-02-01', '2025-02-28', '2025-04-07', 'B'],
    ['2024-M11', '2024-11-01', '2024-11-30', '2025-01-07', 'B'],
    ['2024-M12', '2024-12-01', '2024-12-31', '2025-02-07', 'C'],
  ])('%s runs from %s to %s and is due on %s', (label, start, end, due, group) => {
    const monthly = client({ vatFrequency: 'Monthly' });
    expect(vatPeriodByLabel(monthly, label)).toEqual({ label, group, start, end, due });
    expect(vatPeriodContaining(monthly, start)?.label).toBe(label);
    expect(vatPeriodByLabel(monthly, '2024-Q1')).toBeUndefined();
    expect(hmrcPeriodKey({ label, group: 'A' })).toBeUndefined();
  });
});

describe('annual accounting', () => {
  it.each(['annual', 'Annual Accounting', 'ANNUAL_ACCOUNTING', 'annual accounting scheme', ' Annual-Accounting '])(
    'is meant by %j',
    (scheme) => {
      expect(isAnnualAccounting(scheme)).toBe(true);
    },
  );

  it.each([null, '', 'standard', 'flat rate', 'cash accounting', 'biannual', 'annually adjusted'])(
    'is not meant by %j',
    (scheme) => {
      expect(isAnnualAccounting(scheme)).toBe(false);
    },
  );

  it.each([
    // The year runs from the month of registration and is due at the end of the second month after it.
    ['2020-04-01', null, '2024-06-15', '2025-YE 2024-04-01 2025-03-31 2025-05-31'],
    ['2020-05-10', null, '2024-06-15', '2025-YE 2024-05-01 2025-04-30 2025-06-30'],
    ['2020-01-01', null, '2024-06-15', '2024-YE 2024-01-01 2024-12-31 2025-02-28'],
    [null, null, '2023-06-15', '2023-YE 2023-01-01 2023-12-31 2024-02-29'],
    // It ends with a quarter of the group.
    ['2020-05-10', 'C', '2024-06-15', '2025-YE 2024-04-01 2025-03-31 2025-05-31'],
    // The first year begins with registration.
    ['2024-05-10', null, '2024-06-15', '2025-YE 2024-05-10 2025-04-30 2025-06-30'],
  ] as const)('registered %s, group %s: on %s runs %s', (vatRegistrationDate, vatQuarterGroup, date, expected) => {
    const annual = client({ vatScheme: 'Annual accounting', vatQuarterGroup, vatRegistrationDate });
    expect(brief(vatPeriodContaining(annual, date))).toBe(expected);
    expect(brief(vatPeriodByLabel(annual, expected.slice(0, 7)))).toBe(expected);
  });
});

describe('due dates', () => {
  it.each([
    ['2024-03-31', '2024-05-07'],
    ['2024-12-31', '2025-02-07'],
    ['2025-01-31', '2025-03-07'],
    ['2024-01-31', '2024-03-07'],
    ['2025-02-28', '2025-04-07'],
    ['2024-02-29', '2024-04-07'],
    // Not a month end: one month and seven days.
    ['2024-02-28', '2024-04-04'],
    ['2025-03-15', '2025-04-22'],
    ['2025-01-30', '2025-03-07'],
    ['2019-05-05', '2019-06-12'],
    ['2024-12-24', '2025-01-31'],
  ])('a period to %s is due on %s', (end, due) => {
    expect(vatDue(end)).toBe(due);
  });

  it.each([
    ['2024-12-31', '2025-02-28'],
    ['2023-12-31', '2024-02-29'],
    ['2025-04-30', '2025-06-30'],
    ['2024-06-30', '2024-08-31'],
  ])('a year of annual accounting to %s is due on %s', (end, due) => {
    expect(vatDue(end, true)).toBe(due);
  });
});

describe('registration and deregistration', () => {
  it.each([
    ['C', '2024-05-15', '2024-Q2 2024-05-15 2024-06-30 2024-08-07'],
    ['A', '2024-05-01', '2024-Q2 2024-05-01 2024-07-31 2024-09-07'],
    ['B', '2024-02-29', '2023-Q4 2024-02-29 2024-02-29 2024-04-07'],
    ['A', '2025-01-31', '2024-Q4 2025-01-31 2025-01-31 2025-03-07'],
  ] as const)('group %s registered on %s starts with %s', (vatQuarterGroup, vatRegistrationDate, expected) => {
    const registered = client({ vatQuarterGroup, vatRegistrationDate });
    expect(brief(vatPeriodContaining(registered, vatRegistrationDate))).toBe(expected);
    expect(vatPeriodContaining(registered, addDays(vatRegistrationDate, -1))).toBeUndefined();
  });

  it.each([
    ['2025-03-15', '2025-Q1 2025-01-01 2025-03-15 2025-04-22'],
    ['2025-03-31', '2025-Q1 2025-01-01 2025-03-31 2025-05-07'],
    ['2025-01-01', '2025-Q1 2025-01-01 2025-01-01 2025-02-08'],
  ])('group C deregistered on %s ends with %s', (vatDeregistrationDate, expected) => {
    const leaving = client({ vatDeregistrationDate });
    expect(brief(vatPeriodContaining(leaving, vatDeregistrationDate))).toBe(expected);
    expect(vatPeriodContaining(leaving, addDays(vatDeregistrationDate, 1))).toBeUndefined();
    expect(vatPeriodAfter(leaving, vatDeregistrationDate)).toBeUndefined();
  });

  it.each(['2024-09-15', '2024-12-31'])('gives the last year of annual accounting to %s the ordinary time', (end) => {
    const leaving = client({ vatScheme: 'annual', vatQuarterGroup: null, vatDeregistrationDate: end });
    expect(vatPeriodContaining(leaving, end)?.due).toBe(vatDue(end));
  });

  it('know nothing of a client without group and frequency', () => {
    const unknown = client({ vatQuarterGroup: null, vatFrequency: null });
    expect(vatPeriodContaining(unknown, '2024-05-01')).toBeUndefined();
    expect(vatPeriodsToOpen(unknown, '2024-05-01')).toEqual([]);
  });
});

describe('a change of group', () => {
  it.each([
    // The period in between takes the label of the nominal quarter that it ends in, with -2 where that is taken.
    ['A', '2024-03-31', ['2024-Q1'], '2024-Q1-2 2024-04-01 2024-04-30 2024-06-07'],
    ['B', '2024-03-31', ['2024-Q1'], '2024-Q1-2 2024-04-01 2024-05-31 2024-07-07'],
    ['B', '2024-03-31', ['2023-Q4'], '2024-Q1 2024-04-01 2024-05-31 2024-07-07'],
    ['C', '2024-04-30', ['2024-Q1'], '2024-Q2 2024-05-01 2024-06-30 2024-08-07'],
    ['A', '2024-12-31', ['2024-Q4', '2024-Q4-2'], '2024-Q4-3 2025-01-01 2025-01-31 2025-03-07'],
  ] as const)('to %s after %s, with %j taken, makes %s', (vatQuarterGroup, lastEnd, taken, expected) => {
    expect(brief(vatPeriodAfter(client({ vatQuarterGroup }), lastEnd, taken))).toBe(expected);
  });

  it('from quarters to months goes on with the next month', () => {
    expect(brief(vatPeriodAfter(client({ vatFrequency: 'Monthly' }), '2024-03-31', ['2024-Q1']))).toBe(
      '2024-M04 2024-04-01 2024-04-30 2024-06-07',
    );
  });
});

describe('the periods that must be open', () => {
  it.each([
    ['2024-05-07', ['2024-Q1 2024-01-01 2024-03-31 2024-05-07', '2024-Q2 2024-04-01 2024-06-30 2024-08-07']],
    ['2024-05-08', ['2024-Q2 2024-04-01 2024-06-30 2024-08-07']],
    ['2024-06-30', ['2024-Q2 2024-04-01 2024-06-30 2024-08-07']],
    ['2024-07-01', ['2024-Q2 2024-04-01 2024-06-30 2024-08-07', '2024-Q3 2024-07-01 2024-09-30 2024-11-07']],
  ])('on %s are the running one and what is not yet past its due date', (today, expected) => {
    expect(vatPeriodsToOpen(client(), today).map(brief)).toEqual(expected);
  });

  it('of a monthly filer are up to three', () => {
    expect(vatPeriodsToOpen(client({ vatFrequency: 'Monthly' }), '2024-05-03').map(({ label }) => label)).toEqual([
      '2024-M03',
      '2024-M04',
      '2024-M05',
    ]);
  });

  it('leave out what was opened, and do nothing when asked again', () => {
    const opened = vatPeriodsToOpen(client(), '2024-05-03');
    expect(vatPeriodsToOpen(client(), '2024-05-03', opened)).toEqual([]);
    expect(vatPeriodsToOpen(client(), '2024-05-03', opened.slice(0, 1))).toEqual(opened.slice(1));
    expect(vatPeriodsToOpen(client(), '2024-05-03', opened.slice(1))).toEqual(opened.slice(0, 1));
  });

  it('begin after a period of another group that runs into them', () => {
    const opened = [{ label: '2024-Q1', start: '2024-01-01', end: '2024-03-31' }];
    expect(vatPeriodsToOpen(client({ vatQuarterGroup: 'A' }), '2024-04-15', opened).map(brief)).toEqual([
      '2024-Q1-2 2024-04-01 2024-04-30 2024-06-07',
    ]);
    expect(vatPeriodsToOpen(client({ vatQuarterGroup: 'A' }), '2024-03-15', opened)).toEqual([]);
    const oneDay = [{ label: '2024-M04', start: '2024-04-01', end: '2024-04-01' }];
    expect(vatPeriodsToOpen(client(), '2024-06-15', oneDay).map(brief)).toEqual(['2024-Q2 2024-04-02 2024-06-30 2024-08-07']);
  });

  it('end with the final return, which stays due after deregistration', () => {
    const leaving = client({ vatDeregistrationDate: '2025-02-10' });
    expect(vatPeriodsToOpen(leaving, '2025-03-01').map(brief)).toEqual(['2025-Q1 2025-01-01 2025-02-10 2025-03-17']);
    expect(vatPeriodsToOpen(leaving, '2025-03-18')).toEqual([]);
  });

  it('do not begin before registration', () => {
    const joining = client({ vatRegistrationDate: '2024-06-20' });
    expect(vatPeriodsToOpen(joining, '2024-06-19')).toEqual([]);
    expect(vatPeriodsToOpen(joining, '2024-07-02').map(brief)).toEqual([
      '2024-Q2 2024-06-20 2024-06-30 2024-08-07',
      '2024-Q3 2024-07-01 2024-09-30 2024-11-07',
    ]);
  });
});
