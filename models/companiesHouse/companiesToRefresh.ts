import type { Pool } from 'pg';

/** The ids of active limited companies with a company number, in order, after one of them: a page of the weekly refresh. */
export async function companiesToRefresh(db: Pool, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM clients
     WHERE is_active AND company_type = 'LIMITED_COMPANY' AND company_number IS NOT NULL AND ($1::text IS NULL OR id > $1)
     ORDER BY id LIMIT $2`,
    [after, limit],
  );
  return rows.map(({ id }) => id);
}
