import type { ClientBase, Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { StatutoryDate } from '../../domain/companiesHouse/company';
import { STATUTORY_DATES } from '../../domain/companiesHouse/company';

/** What an authority told of one statutory date. */
export interface OfficialDateRow {
  field: StatutoryDate;
  date: IsoDate;
  source: string;
  readAt: Date;
}

/** Keeps the statutory dates that an authority told of a client, in place of what it told before. */
export async function storeOfficialDates(
  db: ClientBase,
  clientId: string,
  dates: Partial<Record<StatutoryDate, IsoDate>>,
  { source, readAt }: Pick<OfficialDateRow, 'source' | 'readAt'>,
): Promise<void> {
  const known = STATUTORY_DATES.flatMap((field) => (dates[field] === undefined ? [] : [{ field, date: dates[field] }]));
  await db.query(
    `INSERT INTO official_dates (client_id, field, date, source, read_at)
     SELECT $1, d.field::statutory_date, d.date, $2, $3 FROM jsonb_to_recordset($4::jsonb) AS d(field text, date date)
     ON CONFLICT (client_id, field) DO UPDATE SET date = excluded.date, source = excluded.source, read_at = excluded.read_at`,
    [clientId, source, readAt, JSON.stringify(known)],
  );
}

/** The statutory dates of a client as authorities told them last. */
export async function readOfficialDates(db: Pool, clientId: string): Promise<OfficialDateRow[]> {
  const { rows } = await db.query<OfficialDateRow>(
    `SELECT field::text, date, source, read_at AS "readAt" FROM official_dates WHERE client_id = $1`,
    [clientId],
  );
  return rows;
}
