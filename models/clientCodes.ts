import type { Pool } from 'pg';

/** A number that somebody mistyped must not cost a million codes. */
const MOST_SKIPPED = 100_000;

/** Never gives out a client code up to this number; gives how many are skipped. */
export async function skipClientCodes(db: Pool, upTo: number): Promise<number> {
  const { rows } = await db.query<{ used: number }>(
    'SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END::float8 AS used FROM client_code_numbers',
  );
  const skipped = upTo - (rows[0]?.used ?? 0);
  if (skipped <= 0 || skipped > MOST_SKIPPED) return 0;
  await db.query(`SELECT nextval('client_code_numbers') FROM generate_series(1, $1::int)`, [skipped]);
  return skipped;
}
