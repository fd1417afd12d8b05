import Holidays from 'date-holidays';
import type { IsoDate } from '../calendar/dates';
import { dayOfWeek } from '../calendar/dates';

/** A day on which the banks of a division are closed by law. */
export interface BankHoliday {
  date: IsoDate;
  title: string;
}

/** The divisions of the United Kingdom with bank holidays of their own, as gov.uk names them. */
export const BANK_HOLIDAY_DIVISIONS = ['england-and-wales', 'scotland', 'northern-ireland'] as const;
export type BankHolidayDivision = (typeof BANK_HOLIDAY_DIVISIONS)[number];

const CALENDAR_CODES: Record<BankHolidayDivision, string> = {
  'england-and-wales': 'ENG',
  scotland: 'SCT',
  'northern-ireland': 'NIR',
};

const SATURDAY = 6;

/**
 * The bank holidays in these years, both included, as a packaged calendar knows them (Banking and Financial Dealings Act 1971). No
 * workflow may import this: the calendar is far too large for a workflow bundle.
 */
export function packagedBankHolidays(
  fromYear: number,
  toYear: number,
  division: BankHolidayDivision = 'england-and-wales',
): BankHoliday[] {
  const calendar = new Holidays('GB', CALENDAR_CODES[division]);
  const years = Array.from({ length: toYear - fromYear + 1 }, (_, index) => fromYear + index);
  return (
    years
      .flatMap((year) => calendar.getHolidays(year, 'en'))
      .filter(({ type }) => type === 'public' || type === 'bank')
      .map(({ date, name }) => ({ date: date.slice(0, 10), title: name }))
      // The calendar lists 25 December and its substitute day; the law moves the holiday off the weekend.
      .filter(({ date }) => dayOfWeek(date) < SATURDAY)
  );
}
