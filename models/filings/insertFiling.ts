import type { ClientBase } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { FilingKind } from '../../domain/filings/stages';
import { newId } from '../ids';
import type { ClientDates } from './clientDates';
import { FILING_TABLES } from './filingTables';

interface Opener {
  userId: string | null;
  name: string;
}

const LETTERS = ['C', 'A', 'B'] as const;

/** Makes the row of a VAT period, assigned as the client is, and logs it. Null when the client has a filing of that label or start already. */
export async function insertVatQuarter(
  db: ClientBase,
  client: ClientDates,
  period: { label: string; start: IsoDate; end: IsoDate; due: IsoDate },
  workflowId: string,
  opener: Opener,
): Promise<string | null> {
  // A period without a letter of its own carries that of the month in which it ends.
  const group = client.vatQuarterGroup ?? LETTERS[Number(period.end.slice(5, 7)) % 3] ?? 'C';
  return await insertFiling(db, 'VAT_QUARTER', client, period.label, workflowId, opener, {
    quarter_period: period.label,
    quarter_start_date: period.start,
    quarter_end_date: period.end,
    filing_due_date: period.due,
    quarter_group: group,
  });
}

/** Makes the row of an accounting period likewise. Null when the client has a filing of that start already. */
export async function insertLtdAccounts(
  db: ClientBase,
  client: ClientDates,
  period: {
    start: IsoDate;
    end: IsoDate;
    accountsDueDate: IsoDate;
    ctDueDate: IsoDate;
    ctSecondDueDate: IsoDate | null;
    ctReturnDueDate: IsoDate;
    csDueDate: IsoDate;
  },
  workflowId: string,
  opener: Opener,
): Promise<string | null> {
  return await insertFiling(db, 'LTD_ACCOUNTS', client, period.end, workflowId, opener, {
    filing_period_start: period.start,
    filing_period_end: period.end,
    accounts_due_date: period.accountsDueDate,
    ct_due_date: period.ctDueDate,
    ct_second_due_date: period.ctSecondDueDate,
    ct_return_due_date: period.ctReturnDueDate,
    cs_due_date: period.csDueDate,
    filing_due_date: period.accountsDueDate,
  });
}

async function insertFiling(
  db: ClientBase,
  kind: FilingKind,
  client: ClientDates,
  period: string,
  workflowId: string,
  opener: Opener,
  columns: Record<string, string | null>,
): Promise<string | null> {
  const { table, clientAssignment } = FILING_TABLES[kind];
  const names = Object.keys(columns);
  const details = { filingKind: kind, period, actorName: opener.name };
  const { rows } = await db.query<{ id: string }>(
    `WITH filing AS (
       INSERT INTO ${table} (id, client_id, workflow_id, assigned_user_id, ${names.join(', ')})
       SELECT $1, c.id, $3, (SELECT u.id FROM users u WHERE u.id = coalesce(c.${clientAssignment}, c.assigned_user_id) AND u.is_active),
         new.*
       FROM clients c, (VALUES (${names.map((name, index) => `$${index + 7}::${columnType(name)}`).join(', ')})) AS new
       WHERE c.id = $2
       ON CONFLICT DO NOTHING
       RETURNING id, client_id
     ),
     activity AS (
       INSERT INTO activity_logs (id, action, user_id, client_id, details)
       SELECT $4, 'FILING_OPENED', $5, filing.client_id, $6::jsonb || jsonb_build_object('filingId', filing.id) FROM filing
     )
     SELECT id FROM filing`,
    [newId(), client.id, workflowId, newId(), opener.userId, JSON.stringify(details), ...Object.values(columns)],
  );
  return rows[0]?.id ?? null;
}

function columnType(name: string): string {
  if (name === 'quarter_group') return 'vat_quarter_group';
  return name === 'quarter_period' ? 'text' : 'date';
}
