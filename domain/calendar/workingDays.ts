import type { IsoDate } from './dates';
import { addDays, dayOfWeek } from './dates';

/** Which days count as working days. */
export interface DayRules {
  /** When false every day counts. */
  workingDaysOnly: boolean;
  /** England and Wales. */
  bankHolidays: readonly IsoDate[];
}

const SATURDAY = 6;

/** Monday to Friday, not a bank holiday; every day where the rules do not ask for working days. */
export function isWorkingDay(date: IsoDate, rules: DayRules): boolean {
  return !rules.workingDaysOnly || (dayOfWeek(date) < SATURDAY && !rules.bankHolidays.includes(date));
}

/** The date itself when it is a working day, else the next one. */
export function onOrAfter(date: IsoDate, rules: DayRules): IsoDate {
  return isWorkingDay(date, rules) ? date : onOrAfter(addDays(date, 1), rules);
}

/** The date itself when it is a working day, else the one before. */
export function onOrBefore(date: IsoDate, rules: DayRules): IsoDate {
  return isWorkingDay(date, rules) ? date : onOrBefore(addDays(date, -1), rules);
}

/** The working day so many working days after a date; the date itself, working day or not, for none. */
export function addWorkingDays(date: IsoDate, days: number, rules: DayRules): IsoDate {
  let result = date;
  for (let added = 0; added < days; added += 1) result = onOrAfter(addDays(result, 1), rules);
  return result;
}
