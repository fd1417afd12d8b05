import type { ClientBase, Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { CompanyType, CorporationTaxDueSource, VatFrequency, VatQuarterGroup } from '../../domain/clients/clientFields';

/** What decides which filings a client has. */
export interface ClientDates {
  id: string;
  clientCode: string;
  companyType: CompanyType;
  isActive: boolean;
  isVatEnabled: boolean;
  vatFrequency: VatFrequency | null;
  vatQuarterGroup: VatQuarterGroup | null;
  vatScheme: string | null;
  vatRegistrationDate: IsoDate | null;
  vatDeregistrationDate: IsoDate | null;
  incorporationDate: IsoDate | null;
  nextYearEnd: IsoDate | null;
  lastAccountsMadeUpTo: IsoDate | null;
  nextAccountsDue: IsoDate | null;
  nextConfirmationDue: IsoDate | null;
  ctDueSource: CorporationTaxDueSource;
}

/** What to select of `clients` for ClientDates. */
export const CLIENT_DATES_COLUMNS = `id, client_code AS "clientCode", company_type::text AS "companyType", is_active AS "isActive",
  is_vat_enabled AS "isVatEnabled", vat_frequency::text AS "vatFrequency", vat_quarter_group::text AS "vatQuarterGroup",
  vat_scheme AS "vatScheme", vat_registration_date AS "vatRegistrationDate", vat_deregistration_date AS "vatDeregistrationDate",
  incorporation_date AS "incorporationDate", next_year_end AS "nextYearEnd", last_accounts_made_up_to AS "lastAccountsMadeUpTo",
  next_accounts_due AS "nextAccountsDue", next_confirmation_due AS "nextConfirmationDue",
  ct_due_source::text AS "ctDueSource"`;

/** Reads the dates of a client; undefined when there is none. */
export async function readClientDates(db: Pool | ClientBase, clientId: string): Promise<ClientDates | undefined> {
  const { rows } = await db.query<ClientDates>(`SELECT ${CLIENT_DATES_COLUMNS} FROM clients WHERE id = $1`, [clientId]);
  return rows[0];
}

/** The ids of active clients that have filings, in order, after one of them: a page of the daily sweep. */
export async function activeClientIds(db: Pool, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM clients
     WHERE is_active AND (is_vat_enabled OR company_type = 'LIMITED_COMPANY') AND ($1::text IS NULL OR id > $1)
     ORDER BY id LIMIT $2`,
    [after, limit],
  );
  return rows.map(({ id }) => id);
}
