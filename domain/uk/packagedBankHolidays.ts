import Holidays from 'date-holidays';
import type { IsoDate } from '../calendar/dates';

/** A bank holiday of England and Wales. */
export interface BankHoliday {
  date: IsoDate;
  title: string;
}

/** The bank holidays of England and Wales in these years, both included, as a packaged calendar knows them: substitute days, not the weekend days that they stand for. */
export function packagedBankHolidays(fromYear: number, toYear: number): BankHoliday[] {
  const calendar = new Holidays('GB', 'ENG');
  const years = Array.from({ length: toYear - fromYear + 1 }, (_, index) => fromYear + index);
  return years
    .flatMap((year) => calendar.getHolidays(year, 'en'))
    .filter(({ type }) => type === 'public' || type === 'bank')
    .map(({ date, name }) => ({ date: date.slice(0, 10), title: name }))
    .filter(({ date }) => !isWeekend(date));
}

function isWeekend(date: IsoDate): boolean {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day === 0 || day === 6;
}
