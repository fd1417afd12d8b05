import { Client } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';

/** How much a large practice has after some years. */
export const LARGE_PRACTICE = { users: 80, clients: 100_000, vatQuarters: 400_000, activities: 2_000_000 };

/** Ids of people and clients that are made. */
export const userId = (number: number): string => `u${number}`;
export const clientId = (number: number): string => `c${String(number).padStart(7, '0')}`;

const { users, clients, vatQuarters, activities } = LARGE_PRACTICE;
const USER = (seed: string): string => `'u' || (${seed}) % ${users}`;
const CLIENT = (number: string): string => `'c' || lpad((${number})::text, 7, '0')`;
/** Numbers in no order that an index would follow. */
const scattered = (number: string): string => `(${number}::bigint * 7919 % 1000003)`;

/** Four quarters of each client: three behind it, of which one in twenty is not filed yet, and the running one. */
const FILLINGS = [
  `INSERT INTO users (id, email, name, password, role)
   SELECT 'u' || n, 'u' || n || '@example.com', 'Person ' || n, '!', 'STAFF' FROM generate_series(0, ${users - 1}) n`,
  `INSERT INTO clients (id, company_name, company_number, company_type, company_status, contact_name, contact_email,
     assigned_user_id, vat_assigned_user_id, chase_team_user_ids, is_active, is_vat_enabled, next_accounts_due, created_at)
   SELECT ${CLIENT('n')}, (ARRAY['Acorn', 'Bluebell', 'Cobalt', 'Dovetail', 'Elm', 'Fern', 'Granite'])[1 + s % 7] || ' '
       || substr(md5(n::text), 1, 8) || ' Ltd',
     lpad(n::text, 8, '0'), 'LIMITED_COMPANY', 'active', 'Casey Contact', substr(md5('mail' || n), 1, 10) || '@example.com',
     ${USER('s')}, ${USER('s / 7')}, ARRAY[${USER('s / 11')}], s % 20 > 0, true, $1::date - 30 + (s % 390)::int,
     now() - s % 1000 * interval '1 day'
   FROM (SELECT n, ${scattered('n')} AS s FROM generate_series(1, ${clients}) n) numbers`,
  `INSERT INTO vat_quarters (id, client_id, quarter_period, quarter_start_date, quarter_end_date, filing_due_date, quarter_group,
     current_stage, is_completed, assigned_user_id, workflow_id)
   SELECT 'v' || lpad(n::text, 7, '0'), ${CLIENT('client')}, 'P' || age, first_day, first_day + 90, first_day + 127, 'A',
     CASE WHEN is_open THEN stages.list[CASE WHEN age = 0 THEN 1 ELSE 1 + s % 10 END] ELSE 'FILED_TO_HMRC' END,
     NOT is_open, ${USER('s')}, 'vat-quarter:' || n
   FROM (SELECT enum_range(NULL::vat_workflow_stage) AS list) stages,
     (SELECT n, 1 + n / 4 AS client, n % 4 AS age, s, $1::date - 90 * (n % 4) - (s % 90)::int AS first_day,
        n % 4 = 0 OR s % 20 = 0 AS is_open
      FROM (SELECT n, ${scattered('n')} AS s FROM generate_series(0, ${vatQuarters - 1}) n) numbers) quarters`,
  `INSERT INTO activity_logs (id, action, timestamp, user_id, client_id, details, recorded_at)
   SELECT 'a' || lpad(n::text, 8, '0'), (ARRAY['SIGNED_IN', 'CLIENT_UPDATED', 'FILING_MOVED'])[1 + n % 3], at, ${USER('n')},
     ${CLIENT(`1 + ${scattered('n')} % ${clients}`)}, '{"from": "here"}', at
   FROM (SELECT n, $1::date - 730 + n * interval '730 days' / ${activities} AS at FROM generate_series(1, ${activities}) n) times`,
];

/** Fills a database by SQL alone, as its owner; `today` is where deadlines lie around. */
export async function makeLargePractice(adminUrl: string, today: IsoDate): Promise<void> {
  const owner = new Client(adminUrl);
  await owner.connect();
  try {
    await owner.query(`SET synchronous_commit = off; SET maintenance_work_mem = '256MB'`);
    // Indexes and references that are made once, over all rows, cost a third of those that grow row by row.
    const { drop, restore } = await constraintsOf(owner);
    await owner.query(drop);
    for (const filling of FILLINGS) await owner.query(filling, filling.includes('$1') ? [today] : []);
    await owner.query(restore);
    await owner.query('VACUUM (ANALYZE) users, clients, vat_quarters, activity_logs');
  } finally {
    await owner.end();
  }
}

/** SQL that drops the foreign keys and plain indexes of the large tables, and SQL that makes them again as they were. */
async function constraintsOf(owner: Client): Promise<{ drop: string; restore: string }> {
  const { rows } = await owner.query<{ drop: string; restore: string }>(`
    WITH large AS (SELECT unnest(ARRAY['clients', 'vat_quarters', 'activity_logs'])::regclass AS oid)
    SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS drop, pg_get_indexdef(i.indexrelid) AS restore
    FROM pg_index i JOIN large ON large.oid = i.indrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
    UNION ALL
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
    FROM pg_constraint c JOIN large ON large.oid = c.conrelid WHERE c.contype = 'f'`);
  return { drop: rows.map(({ drop }) => drop).join('; '), restore: rows.map(({ restore }) => restore).join('; ') };
}
