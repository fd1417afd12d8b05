import * as fc from 'fast-check';
import { addDays, dayOfWeek } from '../../../domain/calendar/dates';
import { addWorkingDays, isWorkingDay, onOrAfter, onOrBefore } from '../../../domain/calendar/workingDays';
import { dates } from '../arbitraries';

/** Good Friday, Easter Monday, Early May, Christmas and Boxing Day of 2024. */
const rules = {
  workingDaysOnly: true,
  bankHolidays: ['2024-03-29', '2024-04-01', '2024-05-06', '2024-12-25', '2024-12-26'],
};
const everyDay = { ...rules, workingDaysOnly: false };

it.each([
  ['2024-03-28', '2024-03-28', '2024-03-28'],
  // Good Friday to Easter Monday.
  ['2024-03-29', '2024-04-02', '2024-03-28'],
  ['2024-03-31', '2024-04-02', '2024-03-28'],
  ['2024-04-01', '2024-04-02', '2024-03-28'],
  ['2024-05-04', '2024-05-07', '2024-05-03'],
  ['2024-05-06', '2024-05-07', '2024-05-03'],
  ['2024-12-25', '2024-12-27', '2024-12-24'],
  ['2024-06-01', '2024-06-03', '2024-05-31'],
])('%s moves forward to %s and back to %s', (date, forward, back) => {
  expect(onOrAfter(date, rules)).toBe(forward);
  expect(onOrBefore(date, rules)).toBe(back);
});

it.each([
  ['2024-03-28', 1, '2024-04-02'],
  ['2024-03-28', 3, '2024-04-04'],
  ['2024-04-30', 3, '2024-05-03'],
  ['2024-05-01', 3, '2024-05-07'],
  ['2024-05-04', 1, '2024-05-07'],
  ['2024-06-07', 5, '2024-06-14'],
  ['2024-06-08', 0, '2024-06-08'],
])('%s and %i working days is %s', (date, days, expected) => {
  expect(addWorkingDays(date, days, rules)).toBe(expected);
});

it('takes every day where working days are not asked for', () => {
  for (const date of ['2024-03-29', '2024-03-30', '2024-12-25']) {
    expect(isWorkingDay(date, everyDay)).toBe(true);
    expect(onOrAfter(date, everyDay)).toBe(date);
    expect(addWorkingDays(date, 3, everyDay)).toBe(addDays(date, 3));
  }
});

it('never stops on a weekend or bank holiday, nor further away than the nearest working day', () => {
  fc.assert(
    fc.property(dates('2024-01-01', '2024-12-31'), (date) => {
      const forward = onOrAfter(date, rules);
      expect(dayOfWeek(forward)).toBeLessThan(6);
      expect(rules.bankHolidays).not.toContain(forward);
      for (let day = date; day < forward; day = addDays(day, 1)) expect(isWorkingDay(day, rules)).toBe(false);
      const back = onOrBefore(date, rules);
      expect(isWorkingDay(back, rules)).toBe(true);
      for (let day = date; day > back; day = addDays(day, -1)) expect(isWorkingDay(day, rules)).toBe(false);
    }),
  );
});
