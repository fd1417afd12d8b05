import axios from 'axios';
import type { Pool } from 'pg';
import { z } from 'zod';
import { isIsoDate } from '../domain/calendar/dates';
import { packagedBankHolidays } from '../domain/uk/packagedBankHolidays';
import type { Logger } from '../settings/logger';

const GovUkCalendar = z.object({
  'england-and-wales': z.object({ events: z.array(z.object({ title: z.string(), date: z.string().refine(isIsoDate) })).min(1) }),
});

const TIMEOUT_MS = 10_000;
const LARGEST_ANSWER_BYTES = 1_000_000;
const YEARS_BACK = 2;
const YEARS_AHEAD = 4;
const PACKAGED = 'packaged';

/** A bank holiday, with where it was read. */
export interface BankHolidayRow {
  date: string;
  title: string;
  source: string;
}

/** The bank holidays as they are to be kept from now on, and which dates that adds and takes away. */
export interface BankHolidayUpdate {
  /** Where they were read: the address, or the packaged calendar. */
  source: string;
  holidays: BankHolidayRow[];
  added: string[];
  removed: string[];
}

/**
 * Reads the bank holidays from the address in the settings; years of which it does not tell come from the packaged calendar. Where the
 * address cannot be read, what it said before stays. Stores nothing.
 */
export async function readBankHolidays(
  { db, url, logger }: { db: Pool; url: string; logger: Logger },
  year: number,
): Promise<BankHolidayUpdate> {
  const official = await readOfficial(url, logger);
  const { rows: known } = await db.query<BankHolidayRow>('SELECT date, title, source FROM bank_holidays ORDER BY date');
  const told = known.filter(({ source }) => source !== PACKAGED);
  const holidays = withYearsOf(withYearsOf(official, told), packagedAround(year));
  const years = yearsOf(holidays);
  const [before, after] = [known, holidays].map((rows) => new Set(rows.map(({ date }) => date)));
  return {
    source: official.length > 0 ? url : PACKAGED,
    holidays,
    added: holidays.map(({ date }) => date).filter((date) => !before?.has(date)),
    removed: known.map(({ date }) => date).filter((date) => years.has(date.slice(0, 4)) && !after?.has(date)),
  };
}

/** Puts these in the place of all that were known of the same years; safe to repeat. */
export async function storeBankHolidays(db: Pool, holidays: readonly BankHolidayRow[]): Promise<void> {
  await db.query(
    `WITH new AS (SELECT DISTINCT ON (date) date, title, source FROM jsonb_to_recordset($1::jsonb) AS h(date date, title text, source text)),
     gone AS (
       DELETE FROM bank_holidays
       WHERE to_char(date, 'YYYY') IN (SELECT to_char(date, 'YYYY') FROM new) AND date NOT IN (SELECT date FROM new)
     )
     INSERT INTO bank_holidays (date, title, source, read_at) SELECT date, title, source, clock_timestamp() FROM new
     ON CONFLICT (date) DO UPDATE SET title = excluded.title, source = excluded.source, read_at = excluded.read_at`,
    [JSON.stringify(holidays)],
  );
}

/** Fills an empty table from the packaged calendar, so that the first filing already knows the working days. */
export async function installPackagedBankHolidays(db: Pool, year: number): Promise<void> {
  const { rowCount } = await db.query('SELECT FROM bank_holidays LIMIT 1');
  if (rowCount === 0) await storeBankHolidays(db, packagedAround(year));
}

function packagedAround(year: number): BankHolidayRow[] {
  return packagedBankHolidays(year - YEARS_BACK, year + YEARS_AHEAD).map(({ date, title }) => ({
    date,
    title,
    source: PACKAGED,
  }));
}

/** These, and of the others those of years that they tell nothing of. */
function withYearsOf(rows: readonly BankHolidayRow[], others: readonly BankHolidayRow[]): BankHolidayRow[] {
  const years = yearsOf(rows);
  return [...rows, ...others.filter(({ date }) => !years.has(date.slice(0, 4)))];
}

function yearsOf(rows: readonly BankHolidayRow[]): Set<string> {
  return new Set(rows.map(({ date }) => date.slice(0, 4)));
}

async function readOfficial(url: string, logger: Logger): Promise<BankHolidayRow[]> {
  try {
    const { data } = await axios.get<unknown>(url, {
      timeout: TIMEOUT_MS,
      maxContentLength: LARGEST_ANSWER_BYTES,
      maxRedirects: 0,
    });
    const { events } = GovUkCalendar.parse(data)['england-and-wales'];
    return events.map(({ date, title }) => ({ date, title, source: url }));
  } catch (error) {
    logger.warn({ cause: String(error) }, 'The bank holidays could not be read: those that are known stay');
    return [];
  }
}
