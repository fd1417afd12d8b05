import { dayOfWeek } from '../../../domain/calendar/dates';
import type { BankHolidayDivision } from '../../../domain/uk/packagedBankHolidays';
import { packagedBankHolidays } from '../../../domain/uk/packagedBankHolidays';
import { selfAssessmentDeadlines } from '../../../domain/uk/selfAssessment';

/** As gov.uk lists them, months and days. */
const BANK_HOLIDAYS: [BankHolidayDivision, number, string][] = [
  // Early May moved for VE Day; Boxing Day on a Saturday.
  ['england-and-wales', 2020, '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28'],
  ['england-and-wales', 2021, '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28'],
  // Platinum Jubilee and the state funeral.
  ['england-and-wales', 2022, '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27'],
  // The coronation.
  ['england-and-wales', 2023, '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26'],
  ['england-and-wales', 2024, '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26'],
  ['england-and-wales', 2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
  ['england-and-wales', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
  ['england-and-wales', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
  ['scotland', 2025, '01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26'],
  ['northern-ireland', 2025, '01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26'],
];

describe('packaged bank holidays', () => {
  it.each(BANK_HOLIDAYS)('of %s in %i are %s', (division, year, expected) => {
    const holidays = packagedBankHolidays(year, year, division);
    expect(holidays.map(({ date }) => date.slice(5)).join(' ')).toBe(expected);
    expect(holidays.every(({ date }) => date.startsWith(String(year)))).toBe(true);
    expect(holidays.every(({ title }) => title !== '')).toBe(true);
  });

  it('are those of England and Wales where no division is named', () => {
    expect(packagedBankHolidays(2025, 2025)).toEqual(packagedBankHolidays(2025, 2025, 'england-and-wales'));
  });

  it('of several years come in order and never fall on a weekend', () => {
    const days = packagedBankHolidays(2019, 2035).map(({ date }) => date);
    expect(days).toEqual(days.toSorted());
    expect(new Set(days).size).toBe(days.length);
    expect(days.filter((date) => dayOfWeek(date) > 5)).toEqual([]);
    for (let year = 2019; year <= 2035; year += 1) {
      expect(days.filter((date) => date.startsWith(String(year))).length).toBeGreaterThanOrEqual(8);
    }
  });
});

describe('Self Assessment', () => {
  it.each(['2024-25', '2024/25', '2024-2025', ' 2024 - 25 '])('reads the tax year %j', (taxYear) => {
    expect(selfAssessmentDeadlines(taxYear)).toEqual({
      yearEnd: '2025-04-05',
      register: '2025-10-05',
      paper: '2025-10-31',
      onlineForPayeCoding: '2025-12-30',
      online: '2026-01-31',
      firstPaymentOnAccountForYear: '2025-01-31',
      secondPaymentOnAccountForYear: '2025-07-31',
      balancingPayment: '2026-01-31',
    });
  });

  it('goes on over the turn of a century', () => {
    expect(selfAssessmentDeadlines('1999-00').yearEnd).toBe('2000-04-05');
    expect(selfAssessmentDeadlines('2099-00').online).toBe('2101-01-31');
  });

  it.each(['', '2024', '2024-24', '2024-26', '24-25', '2024-25-26', 'next year'])('takes %j for no tax year', (taxYear) => {
    expect(() => selfAssessmentDeadlines(taxYear)).toThrow(RangeError);
  });
});
