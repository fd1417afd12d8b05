import type { FilterField } from './filterFields';
import { filterFieldOf } from './filterFields';
import { filterFieldLabel } from './filterWords';

/** How a column's cells are read and written. */
export type CsvType = 'text' | 'number' | 'date' | 'boolean' | 'json' | 'user' | 'users';

export interface CsvColumn {
  /** What stands at its head. */
  name: string;
  /** What the pages call it: an import takes that as well. */
  label: string;
  field: FilterField;
  type: CsvType;
  /** Told by an export; an import may not change it. */
  isFixed?: true;
}

/** People are named by their e-mail addresses. */
const PEOPLE: Partial<Record<FilterField, Pick<CsvColumn, 'name' | 'type'>>> = {
  assignedUserId: { name: 'assignedUserEmail', type: 'user' },
  ltdCompanyAssignedUserId: { name: 'ltdCompanyAssignedUserEmail', type: 'user' },
  nonLtdCompanyAssignedUserId: { name: 'nonLtdCompanyAssignedUserEmail', type: 'user' },
  vatAssignedUserId: { name: 'vatAssignedUserEmail', type: 'user' },
  chaseTeamUserIds: { name: 'chaseTeamEmails', type: 'users' },
};

const FIELDS = [
  'clientCode',
  'companyName',
  'companyNumber',
  'companyType',
  'companyStatus',
  'companyStatusDetail',
  'incorporationDate',
  'cessationDate',
  'contactName',
  'contactEmail',
  'contactPhone',
  'contactFax',
  'website',
  'assignedUserId',
  'ltdCompanyAssignedUserId',
  'nonLtdCompanyAssignedUserId',
  'vatAssignedUserId',
  'chaseTeamUserIds',
  'isVatEnabled',
  'vatNumber',
  'vatRegistrationDate',
  'vatDeregistrationDate',
  'vatFrequency',
  'vatQuarterGroup',
  'vatScheme',
  'nextYearEnd',
  'nextAccountsDue',
  'lastAccountsMadeUpTo',
  'nextConfirmationDue',
  'lastConfirmationMadeUpTo',
  'yearEstablished',
  'numberOfEmployees',
  'annualTurnover',
  'paperworkFrequency',
  'natureOfTrade',
  'nationalInsuranceNumber',
  'utrNumber',
  'tradingAddressLine1',
  'tradingAddressLine2',
  'tradingAddressCountry',
  'tradingAddressPostCode',
  'residentialAddressLine1',
  'residentialAddressLine2',
  'residentialAddressCountry',
  'residentialAddressPostCode',
  'paperWorkReceived',
  'paperWorkReceivedDate',
  'jobCompleted',
  'jobCompletedDate',
  'sa100Filed',
  'sa100FiledDate',
  'workStatus',
  'notes',
  'registeredOfficeAddress',
  'sicCodes',
  'jurisdiction',
  'hasBeenLiquidated',
  'hasCharges',
  'hasInsolvencyHistory',
  'officers',
  'personsWithSignificantControl',
] as const satisfies readonly FilterField[];

const FIXED_FIELDS = [
  'isActive',
  'corporationTaxStatus',
  'corporationTaxPeriodStart',
  'corporationTaxPeriodEnd',
  'nextCorporationTaxDue',
] as const satisfies readonly FilterField[];

/** The columns of a CSV file of clients, in the order of an export; an import takes any of them in any order. */
export const CSV_COLUMNS: readonly CsvColumn[] = [
  ...FIELDS.map(columnOf),
  ...FIXED_FIELDS.map((field): CsvColumn => ({ ...columnOf(field), isFixed: true })),
];

const BY_HEADER: ReadonlyMap<string, CsvColumn> = new Map(
  CSV_COLUMNS.flatMap((column) => [column.label, column.name].map((head) => [simplified(head), column])),
);

/** The column with a head like this, its name or what the pages call it; capitals, blanks and signs do not count. */
export function columnByHeader(header: string): CsvColumn | undefined {
  return BY_HEADER.get(simplified(header));
}

function simplified(header: string): string {
  return header.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function columnOf(field: FilterField): CsvColumn {
  return { name: field, type: csvTypeOf(field), ...PEOPLE[field], field, label: filterFieldLabel(field) };
}

function csvTypeOf(field: FilterField): CsvType {
  const { type } = filterFieldOf(field);
  if (type === 'object' || type === 'list') return 'json';
  return type === 'number' || type === 'date' || type === 'boolean' ? type : 'text';
}
