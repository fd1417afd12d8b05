import type { Actor, Relation } from '../../domain/filings/messages';
import type { FilingKind } from '../../domain/filings/stages';
import type { UserRole } from '../../domain/people';
import type { Database } from '../../models';
import { newId } from '../../models/ids';

/** People and clients made straight in the database, for tests of what lies below the API. */
export interface TestUser {
  id: string;
  name: string;
  role: UserRole;
}

export async function makeUser(db: Database, name: string, role: UserRole): Promise<TestUser> {
  const id = newId();
  await db.pool.query(`INSERT INTO users (id, email, name, password, role, is_active) VALUES ($1, $2, $3, 'none', $4, true)`, [
    id,
    `${id}@example.com`,
    name,
    role,
  ]);
  return { id, name, role };
}

/** A user as the API names them in a request; without a relation the filing is not their own. */
export function actorOf({ id, name, role }: TestUser, relation: Relation = 'none'): Actor {
  return { userId: id, name, role, relation };
}

export interface TestClient {
  id: string;
  code: string;
}

interface ClientFields {
  contactEmail?: string;
  assignedUserId?: string;
  corporationTaxStatus?: string;
}

export async function makeClient(db: Database, companyName: string, fields: ClientFields = {}): Promise<TestClient> {
  const id = newId();
  const { rows } = await db.pool.query<{ client_code: string }>(
    `INSERT INTO clients (id, company_name, company_type, contact_name, contact_email, assigned_user_id, corporation_tax_status)
     VALUES ($1, $2, 'LIMITED_COMPANY', 'Casey Contact', $3, $4, coalesce($5::corporation_tax_status, 'PENDING')) RETURNING client_code`,
    [id, companyName, fields.contactEmail ?? `${id}@client.example.com`, fields.assignedUserId, fields.corporationTaxStatus],
  );
  return { id, code: rows[0]?.client_code ?? '' };
}

export interface TestFiling {
  kind: FilingKind;
  filingId: string;
  workflowId: string;
}

export async function makeVatQuarter(
  db: Database,
  client: TestClient,
  quarter: { period: string; start: string; end: string; due: string },
  assignedUserId: string | null = null,
): Promise<TestFiling> {
  const filingId = newId();
  const workflowId = `vat-quarter:${client.code}:${quarter.period}:${filingId}`;
  await db.pool.query(
    `INSERT INTO vat_quarters (id, client_id, quarter_period, quarter_start_date, quarter_end_date, filing_due_date, quarter_group,
       assigned_user_id, workflow_id) VALUES ($1, $2, $3, $4, $5, $6, 'C', $7, $8)`,
    [filingId, client.id, quarter.period, quarter.start, quarter.end, quarter.due, assignedUserId, workflowId],
  );
  return { kind: 'VAT_QUARTER', filingId, workflowId };
}

export async function makeLtdAccounts(
  db: Database,
  client: TestClient,
  dates: { start: string; end: string; accountsDue: string; ctDue: string; ctReturnDue: string },
  assignedUserId: string | null = null,
): Promise<TestFiling> {
  const filingId = newId();
  const workflowId = `ltd-accounts:${client.code}:${dates.end}:${filingId}`;
  await db.pool.query(
    `INSERT INTO ltd_accounts_workflows (id, client_id, filing_period_start, filing_period_end, accounts_due_date, ct_due_date,
       ct_return_due_date, cs_due_date, filing_due_date, assigned_user_id, workflow_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $5, $5, $8, $9)`,
    [filingId, client.id, dates.start, dates.end, dates.accountsDue, dates.ctDue, dates.ctReturnDue, assignedUserId, workflowId],
  );
  return { kind: 'LTD_ACCOUNTS', filingId, workflowId };
}
