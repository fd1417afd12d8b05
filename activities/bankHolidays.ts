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
const YEARS_AHEAD = 4;

interface BankHolidayRow {
  date: string;
  title: string;
}

/**
 * Brings the table of bank holidays up to date: from the address in the settings, or from the packaged calendar where that cannot be
 * read. What the address says of a year wins over the packaged calendar. Gives the source and how many dates changed.
 */
export async function refreshBankHolidays(
  { db, url, logger }: { db: Pool; url: string; logger: Logger },
  year: number,
): Promise<{ source: string; changed: number }> {
  const packaged = packagedBankHolidays(year - 2, year + YEARS_AHEAD);
  const official = await readOfficial(url, logger);
  const officialYears = new Set(official.map(({ date }) => date.slice(0, 4)));
  const holidays = [...official, ...packaged.filter(({ date }) => !officialYears.has(date.slice(0, 4)))];
  const source = official.length > 0 ? url : 'packaged';
  const { rowCount } = await db.query(
    `WITH new AS (SELECT date, title FROM jsonb_to_recordset($1::jsonb) AS h(date date, title text)),
     gone AS (DELETE FROM bank_holidays WHERE date BETWEEN $3 AND $4 AND date NOT IN (SELECT date FROM new) RETURNING date),
     kept AS (
       INSERT INTO bank_holidays (date, title, source, read_at) SELECT date, title, $2, clock_timestamp() FROM new
       ON CONFLICT (date) DO UPDATE SET title = excluded.title, source = excluded.source, read_at = excluded.read_at
         WHERE bank_holidays.title <> excluded.title
       RETURNING date
     )
     SELECT date FROM gone UNION ALL SELECT date FROM kept`,
    [JSON.stringify(holidays), source, `${year - 2}-01-01`, `${year + YEARS_AHEAD}-12-31`],
  );
  return { source, changed: rowCount ?? 0 };
}

async function readOfficial(url: string, logger: Logger): Promise<BankHolidayRow[]> {
  try {
    const { data } = await axios.get<unknown>(url, {
      timeout: TIMEOUT_MS,
      maxContentLength: LARGEST_ANSWER_BYTES,
      maxRedirects: 0,
    });
    return GovUkCalendar.parse(data)['england-and-wales'].events;
  } catch (error) {
    logger.warn({ cause: String(error) }, 'The bank holidays could not be read: the packaged calendar is used');
    return [];
  }
}
