import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addMonths,
  dayOfWeek,
  daysBetween,
  endOfMonth,
  formatDate,
  isIsoDate,
  lastDayOfMonthsFrom,
} from '../../../domain/calendar/dates';
import { dates } from '../arbitraries';

it.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('takes %s for a date', (value) => {
  expect(isIsoDate(value)).toBe(true);
});

it.each([
  '2023-02-29',
  '1900-02-29',
  '2024-02-30',
  '2024-04-31',
  '2024-13-01',
  '2024-00-10',
  '2024-01-00',
  '2024-1-1',
  '24-01-01',
  '0000-01-01',
  '+002024-01-01',
  '2024-01-01T00:00:00Z',
  ' 2024-01-01',
  '2024-01-01\n',
  '01/02/2024',
  '',
])('takes %j for no date', (value) => {
  expect(isIsoDate(value)).toBe(false);
});

it('knows the dates that Temporal knows, and writes no other for people', () => {
  const number = (digits: number) =>
    fc.integer({ min: 0, max: 10 ** digits - 1 }).map((value) => String(value).padStart(digits, '0'));
  const day = fc.integer({ min: 0, max: 33 }).map((value) => String(value).padStart(2, '0'));
  fc.assert(
    fc.property(number(4), fc.oneof(number(2), day), day, (...parts) => {
      const text = parts.join('-');
      const exists = isKnownToTemporal(text) && !text.startsWith('0000');
      expect(isIsoDate(text)).toBe(exists);
      if (!exists) expect(() => formatDate(text)).toThrow(RangeError);
    }),
    { numRuns: 2_000 },
  );
});

function isKnownToTemporal(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

describe('adding months by the month-end rule', () => {
  it.each([
    // From the last day of a month to the last day of another.
    ['2024-06-30', 9, '2025-03-31'],
    ['2025-02-28', 9, '2025-11-30'],
    ['2024-02-29', 9, '2024-11-30'],
    ['2023-02-28', 12, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2023-05-31', 9, '2024-02-29'],
    ['2024-05-31', 9, '2025-02-28'],
    ['2024-12-31', 9, '2025-09-30'],
    ['2024-04-30', 1, '2024-05-31'],
    ['2024-03-31', -1, '2024-02-29'],
    // From any other day to the same day, or the month's last where it has no such day.
    ['2024-02-28', 9, '2024-11-28'],
    ['2024-02-28', 12, '2025-02-28'],
    ['2024-01-30', 1, '2024-02-29'],
    ['2023-01-29', 1, '2023-02-28'],
    ['2024-05-30', 9, '2025-02-28'],
    ['2025-04-05', 9, '2026-01-05'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-03-30', -1, '2024-02-29'],
    ['2024-06-30', 0, '2024-06-30'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('lands on the last day from the last day, and on the same day or the last one from any other', () => {
    fc.assert(
      fc.property(dates(), fc.integer({ min: -240, max: 240 }), (date, months) => {
        const moved = addMonths(date, months);
        const isLastDay = date === endOfMonth(date);
        expect(isIsoDate(moved)).toBe(true);
        expect(isLastDay ? moved === endOfMonth(moved) : moved.slice(8) === date.slice(8) || moved === endOfMonth(moved)).toBe(
          true,
        );
      }),
    );
  });
});

it('counts months as Temporal does, for a calendar of two thousand years', () => {
  const days = fc.integer({ min: -700_000, max: 700_000 });
  fc.assert(
    fc.property(days, fc.integer({ min: -1_000, max: 1_000 }), (day, months) => {
      const date = Temporal.PlainDate.from('2024-02-29').add({ days: day });
      fc.pre(date.year > 100 && date.year < 3900);
      const moved = date.add({ months });
      const isLastDay = date.day === date.daysInMonth;
      const last = moved.day === date.day ? moved.subtract({ days: 1 }) : moved;
      const text = date.toString();
      expect(endOfMonth(text)).toBe(date.with({ day: date.daysInMonth }).toString());
      expect(addMonths(text, months)).toBe((isLastDay ? moved.with({ day: moved.daysInMonth }) : moved).toString());
      expect(lastDayOfMonthsFrom(text, months)).toBe(last.toString());
    }),
    { numRuns: 2_000 },
  );
});

describe('a period of months that begins with a date', () => {
  it.each([
    ['2024-01-01', 3, '2024-03-31'],
    ['2023-03-01', 12, '2024-02-29'],
    ['2024-03-01', 12, '2025-02-28'],
    ['2024-05-11', 12, '2025-05-10'],
    ['2023-02-28', 12, '2024-02-27'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-08-31', 12, '2025-08-30'],
    ['2018-05-01', 30, '2020-10-31'],
  ])('%s of %i months ends on %s', (start, months, end) => {
    expect(lastDayOfMonthsFrom(start, months)).toBe(end);
  });
});

describe('counting days', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2024-12-31', 1, '2025-01-01'],
    ['2025-01-01', -1, '2024-12-31'],
    ['2024-03-30', 1, '2024-03-31'],
    ['2024-03-31', 1, '2024-04-01'],
    ['2024-10-26', 2, '2024-10-28'],
  ])('%s and %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
    expect(daysBetween(date, expected)).toBe(days);
  });

  it('undoes itself', () => {
    fc.assert(
      fc.property(dates(), fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(addDays(addDays(date, days), -days)).toBe(date);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  it.each([
    ['2024-05-06', 1],
    ['2024-02-29', 4],
    ['2025-10-07', 2],
    ['2024-03-30', 6],
    ['2024-03-31', 7],
  ])('%s is day %i of its week', (date, day) => {
    expect(dayOfWeek(date)).toBe(day);
  });
});

it.each([
  ['2024-05-07', '7 May 2024'],
  ['2025-12-31', '31 Dec 2025'],
])('writes %s as %s for people', (date, text) => {
  expect(formatDate(date)).toBe(text);
});
