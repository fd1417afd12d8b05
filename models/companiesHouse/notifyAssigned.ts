import type { ClientBase } from 'pg';
import { newId } from '../ids';

/** What people are told of a company; `key` tells it from other news. */
export interface CompanyNews {
  type: 'COMPANY_STATUS' | 'DATES_PROPOSED';
  title: string;
  message: string;
  key: string;
}

/** Tells the people who look after a client what Companies House says of it; managers or else partners where nobody does. Each is told once. */
export async function notifyAssigned(
  db: ClientBase,
  clientId: string,
  { type, title, message, key }: CompanyNews,
): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    `WITH staff AS (SELECT id, role FROM users WHERE is_active AND NOT is_system),
     assigned AS (
       SELECT staff.id FROM staff, clients c WHERE c.id = $1 AND staff.id IN (c.assigned_user_id, c.ltd_company_assigned_user_id,
         c.non_ltd_company_assigned_user_id, c.vat_assigned_user_id)
     ),
     managers AS (SELECT id FROM staff WHERE role = 'MANAGER' AND NOT EXISTS (SELECT FROM assigned)),
     partners AS (
       SELECT id FROM staff WHERE role = 'PARTNER' AND NOT EXISTS (SELECT FROM assigned) AND NOT EXISTS (SELECT FROM managers)
     )
     SELECT id FROM assigned UNION SELECT id FROM managers UNION SELECT id FROM partners`,
    [clientId],
  );
  for (const { id } of rows) {
    await db.query(
      `INSERT INTO notifications (id, user_id, type, title, message, client_id, dedupe_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (dedupe_key) DO NOTHING`,
      [newId(), id, type, title, message, clientId, `${clientId}/${key}/${id}`],
    );
  }
}
