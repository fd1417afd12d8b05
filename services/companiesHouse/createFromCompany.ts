import type { CompanyReading } from '../../domain/companiesHouse/company';
import { COMPANIES_HOUSE } from '../../domain/companiesHouse/company';
import { storeOfficialDates } from '../../models/companiesHouse/officialDates';
import type { ClientDependencies, Person } from '../clients/clients';
import { createClient } from '../clients/clients';

/**
 * Makes a client of a company as it was read, with everything that the reading holds; `given` is what people fill in and wins. Opens the
 * filings that are due. Throws CompanyNumberTakenError.
 */
export async function createFromCompany(
  deps: ClientDependencies,
  by: Person,
  reading: CompanyReading,
  given: object,
): Promise<string> {
  const readAt = new Date(deps.now());
  const source = { source: COMPANIES_HOUSE, readAt };
  return await createClient(deps, by, { ...clientFieldsOf(reading), ...given }, (client, clientId) =>
    storeOfficialDates(client, clientId, reading.fields, source),
  );
}

/** The fields of a new client that a reading fills in. A company whose name cannot be read is called by its number. */
export function clientFieldsOf({ companyNumber, companyType, isCorporationTaxPayer, fields }: CompanyReading) {
  const { incorporationDate } = fields;
  const hasTax = companyType === 'LIMITED_COMPANY' && isCorporationTaxPayer;
  return {
    companyName: `Company ${companyNumber}`,
    companyNumber,
    companyType,
    ...(incorporationDate === undefined || incorporationDate < '1800'
      ? {}
      : { yearEstablished: Number(incorporationDate.slice(0, 4)) }),
    ...(hasTax ? {} : { corporationTaxStatus: 'NOT_REQUIRED' }),
    ...fields,
  };
}
