import type { Pool } from 'pg';
import type { DatedClient, OfficialDates } from '../../domain/deadlines/clientDeadlines';
import { readOfficialDates } from '../companiesHouse/officialDates';

/** What the deadlines of a client and its filings are made from. */
export interface DatedClientRow {
  client: DatedClient & { vatScheme: string | null };
  official: OfficialDates;
  statusChangedBy: { id: string; name: string } | null;
}

/** Reads it; undefined for an unknown client. */
export async function readDatedClient(db: Pool, clientId: string): Promise<DatedClientRow | undefined> {
  const { rows } = await db.query<DatedClientRow['client'] & Pick<DatedClientRow, 'statusChangedBy'>>(
    `SELECT c.company_type::text AS "companyType", c.incorporation_date AS "incorporationDate", c.next_year_end AS "nextYearEnd",
       c.next_accounts_due AS "nextAccountsDue", c.last_accounts_made_up_to AS "lastAccountsMadeUpTo",
       c.next_confirmation_due AS "nextConfirmationDue", c.last_confirmation_made_up_to AS "lastConfirmationMadeUpTo",
       c.corporation_tax_period_start AS "corporationTaxPeriodStart", c.corporation_tax_period_end AS "corporationTaxPeriodEnd",
       (SELECT f.filing_period_end FROM ltd_accounts_workflows f
        WHERE f.client_id = c.id AND f.filing_period_start = c.corporation_tax_period_start AND NOT f.is_cancelled) AS "periodOfAccountEnd",
       c.next_corporation_tax_due AS "nextCorporationTaxDue", c.manual_ct_due_override AS "manualCTDueOverride",
       c.ct_due_source::text AS "ctDueSource", c.vat_scheme AS "vatScheme",
       CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS "statusChangedBy"
     FROM clients c LEFT JOIN users u ON u.id = c.ct_status_updated_by WHERE c.id = $1`,
    [clientId],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { statusChangedBy, ...client } = row;
  const official = Object.fromEntries((await readOfficialDates(db, clientId)).map((date) => [date.field, date]));
  return { client, official, statusChangedBy };
}
