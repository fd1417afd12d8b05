import type { IsoDate } from '../calendar/dates';
import { isAnnualAccounting } from '../uk/vat';
import type { CompanyType, VatFrequency, VatQuarterGroup } from './clientFields';

/** The fields of a client that must fit together. */
export interface ClientDetails {
  companyType: CompanyType;
  isVatEnabled: boolean;
  vatFrequency: VatFrequency | null;
  vatQuarterGroup: VatQuarterGroup | null;
  vatScheme: string | null;
  vatRegistrationDate: IsoDate | null;
  vatDeregistrationDate: IsoDate | null;
  incorporationDate: IsoDate | null;
  cessationDate: IsoDate | null;
}

/** What does not fit together in a client's fields; empty when everything does. */
export function clientProblems(client: ClientDetails): { path: keyof ClientDetails; message: string }[] {
  const problems: { path: keyof ClientDetails; message: string }[] = [];
  const hasPeriods = client.vatQuarterGroup !== null || client.vatFrequency === 'Monthly' || isAnnualAccounting(client.vatScheme);
  if (client.isVatEnabled && !hasPeriods) {
    problems.push({ path: 'vatQuarterGroup', message: 'Choose the VAT quarter group (A, B or C) of a quarterly filer' });
  }
  if (isBefore(client.vatDeregistrationDate, client.vatRegistrationDate)) {
    problems.push({ path: 'vatDeregistrationDate', message: 'VAT deregistration cannot lie before registration' });
  }
  if (isBefore(client.cessationDate, client.incorporationDate)) {
    problems.push({ path: 'cessationDate', message: 'The company cannot have ceased before it was incorporated' });
  }
  return problems;
}

function isBefore(date: IsoDate | null, other: IsoDate | null): boolean {
  return date !== null && other !== null && date < other;
}
