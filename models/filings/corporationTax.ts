import type { ClientBase, Pool } from 'pg';
import type { ClientCorporationTax, TaxedFiling } from '../../domain/clients/corporationTax';

/** A client with its accounts filings, as far as Corporation Tax goes. */
export interface TaxedClient extends ClientCorporationTax {
  id: string;
  /** A person, and not a filing or the calendar, set the status. */
  isStatusGiven: boolean;
  filings: TaxedFiling[];
}

const TAXED_CLIENT = `SELECT c.id, c.corporation_tax_status::text AS "corporationTaxStatus",
  c.corporation_tax_period_start AS "corporationTaxPeriodStart", c.corporation_tax_period_end AS "corporationTaxPeriodEnd",
  c.next_corporation_tax_due AS "nextCorporationTaxDue", c.manual_ct_due_override AS "manualCTDueOverride",
  c.ct_due_source::text AS "ctDueSource", c.ct_status_updated_by IS NOT NULL AS "isStatusGiven",
  (SELECT coalesce(json_agg(json_build_object('periodStart', f.filing_period_start, 'periodEnd', f.filing_period_end,
      'ctDueDate', f.ct_due_date, 'isWorkStarted', f.work_started_date IS NOT NULL,
      'isFiled', f.filed_to_hmrc_date IS NOT NULL OR f.client_self_filing_date IS NOT NULL, 'isCancelled', f.is_cancelled,
      'isToMove', EXISTS (SELECT FROM filing_requests r
        WHERE r.filing_id = f.id AND r.status = 'PENDING' AND r.type = 'deadlinesChanged'))), '[]')
    FROM ltd_accounts_workflows f WHERE f.client_id = c.id) AS filings
  FROM clients c`;

/** Reads one client, locked until the transaction ends; undefined for an unknown one. */
export async function lockTaxedClient(db: ClientBase, clientId: string): Promise<TaxedClient | undefined> {
  const { rows } = await db.query<TaxedClient>(`${TAXED_CLIENT} WHERE c.id = $1 FOR NO KEY UPDATE OF c`, [clientId]);
  return rows[0];
}

/** Active limited companies in order, after one of them: a page of the daily sweep. */
export async function taxedClients(db: Pool, after: string | null, limit: number): Promise<TaxedClient[]> {
  const { rows } = await db.query<TaxedClient>(
    `${TAXED_CLIENT} WHERE c.is_active AND c.company_type = 'LIMITED_COMPANY' AND ($1::text IS NULL OR c.id > $1)
     ORDER BY c.id LIMIT $2`,
    [after, limit],
  );
  return rows;
}

/** Writes what changed of a client's Corporation Tax; a changed status with who changed it and when. */
export async function writeCorporationTax(
  db: ClientBase,
  clientId: string,
  change: Partial<ClientCorporationTax>,
  userId: string | null,
): Promise<void> {
  const columns = COLUMNS.filter(([field]) => change[field] !== undefined);
  const sets = columns.map(([, column], index) => `, ${column} = $${index + 4}`).join('');
  await db.query(
    `UPDATE clients SET last_ct_status_update = CASE WHEN $3 THEN clock_timestamp() ELSE last_ct_status_update END,
       ct_status_updated_by = CASE WHEN $3 THEN $2 ELSE ct_status_updated_by END${sets}
     WHERE id = $1`,
    [clientId, userId, change.corporationTaxStatus !== undefined, ...columns.map(([field]) => change[field])],
  );
}

const COLUMNS: readonly (readonly [keyof ClientCorporationTax, string])[] = [
  ['corporationTaxStatus', 'corporation_tax_status'],
  ['corporationTaxPeriodStart', 'corporation_tax_period_start'],
  ['corporationTaxPeriodEnd', 'corporation_tax_period_end'],
  ['nextCorporationTaxDue', 'next_corporation_tax_due'],
  ['manualCTDueOverride', 'manual_ct_due_override'],
  ['ctDueSource', 'ct_due_source'],
];
