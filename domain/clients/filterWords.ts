import type { FilterField, FilterFieldType, FilterOperator } from './filterFields';

/** What people call the fields of a filter, in the parts in which they look for them. */
const FIELD_LABELS = {
  Company: {
    companyName: 'Client name',
    clientCode: 'Client code',
    companyNumber: 'Company number',
    companyType: 'Form',
    companyStatus: 'Company status',
    companyStatusDetail: 'Detail of the status',
    incorporationDate: 'Incorporated',
    cessationDate: 'Ceased',
    jurisdiction: 'Jurisdiction',
    sicCodes: 'SIC codes',
    registeredOfficeAddress: 'Registered office',
    officers: 'Officers',
    personsWithSignificantControl: 'Persons with significant control',
    hasBeenLiquidated: 'Has been liquidated',
    hasCharges: 'Has charges',
    hasInsolvencyHistory: 'Has an insolvency history',
  },
  VAT: {
    isVatEnabled: 'We file its VAT returns',
    vatNumber: 'VAT number',
    vatFrequency: 'VAT frequency',
    vatQuarterGroup: 'VAT quarter group',
    vatScheme: 'VAT scheme',
    vatRegistrationDate: 'Registered for VAT since',
    vatDeregistrationDate: 'Registered for VAT until',
  },
  'Accounts and dates': {
    nextYearEnd: 'Next year end',
    nextAccountsDue: 'Accounts due',
    lastAccountsMadeUpTo: 'Last accounts made up to',
    nextConfirmationDue: 'Confirmation statement due',
    lastConfirmationMadeUpTo: 'Last confirmation made up to',
  },
  'Corporation Tax': {
    nextCorporationTaxDue: 'Corporation Tax due',
    corporationTaxStatus: 'Corporation Tax status',
    corporationTaxPeriodStart: 'Corporation Tax period from',
    corporationTaxPeriodEnd: 'Corporation Tax period to',
    manualCTDueOverride: 'Corporation Tax due, set by hand',
    ctDueSource: 'Corporation Tax due comes from',
    lastCTStatusUpdate: 'Corporation Tax status changed',
  },
  People: {
    assignedUserId: 'Looked after by',
    vatAssignedUserId: 'VAT done by',
    ltdCompanyAssignedUserId: 'Ltd accounts done by',
    nonLtdCompanyAssignedUserId: 'Other work done by',
    chaseTeamUserIds: 'Chase team',
  },
  Contact: {
    contactName: 'Contact',
    contactEmail: 'E-mail',
    contactPhone: 'Phone',
    contactFax: 'Fax',
    website: 'Website',
    tradingAddressLine1: 'Trading address',
    tradingAddressLine2: 'Trading address, second line',
    tradingAddressPostCode: 'Trading postcode',
    tradingAddressCountry: 'Trading country',
    residentialAddressLine1: 'Home address',
    residentialAddressLine2: 'Home address, second line',
    residentialAddressPostCode: 'Home postcode',
    residentialAddressCountry: 'Home country',
  },
  Business: {
    natureOfTrade: 'Nature of trade',
    yearEstablished: 'Established in',
    numberOfEmployees: 'Employees',
    annualTurnover: 'Annual turnover (£)',
    paperworkFrequency: 'How often records come',
    utrNumber: 'UTR',
    nationalInsuranceNumber: 'National Insurance number',
    notes: 'Notes',
  },
  'Personal tax': {
    workStatus: 'Work status',
    paperWorkReceived: 'Records received',
    paperWorkReceivedDate: 'Records received on',
    jobCompleted: 'Job completed',
    jobCompletedDate: 'Job completed on',
    sa100Filed: 'SA100 filed',
    sa100FiledDate: 'SA100 filed on',
  },
  'In Numericalz': {
    isActive: 'Active',
    createdAt: 'Added',
    updatedAt: 'Last changed',
  },
} as const satisfies Record<string, Partial<Record<FilterField, string>>>;

/** The parts of the list of fields, each field once with what people call it. */
export const FILTER_FIELD_PARTS: readonly { title: string; fields: readonly { field: string; label: string }[] }[] =
  Object.entries(FIELD_LABELS).map(([title, labels]) => ({
    title,
    fields: Object.entries(labels).map(([field, label]) => ({ field, label })),
  }));

const LABELS: ReadonlyMap<string, string> = new Map(
  FILTER_FIELD_PARTS.flatMap(({ fields }) => fields.map(({ field, label }) => [field, label] as const)),
);

/** What people call a field; a name that is none stays as it is. */
export function filterFieldLabel(field: string): string {
  return LABELS.get(field) ?? field;
}

/** A field's name in words, whether or not it is one that people have a word for: `filingDueDate` is `Filing due date`. */
export function fieldInWords(name: string): string {
  const label = LABELS.get(name);
  if (label !== undefined) return label;
  const words = name
    .replaceAll('_', ' ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const OPERATOR_LABELS: Record<FilterOperator, string> = {
  equals: 'is',
  notEquals: 'is not',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'begins with',
  endsWith: 'ends with',
  greaterThan: 'is more than',
  greaterThanOrEqual: 'is at least',
  lessThan: 'is less than',
  lessThanOrEqual: 'is at most',
  between: 'is between',
  in: 'is one of',
  notIn: 'is none of',
  empty: 'is empty',
  notEmpty: 'is filled in',
};

const OF_DATES: Partial<Record<FilterOperator, string>> = {
  greaterThan: 'is after',
  greaterThanOrEqual: 'is on or after',
  lessThan: 'is before',
  lessThanOrEqual: 'is on or before',
};

const OF_LISTS: Partial<Record<FilterOperator, string>> = {
  contains: 'includes',
  notContains: 'does not include',
  in: 'includes one of',
  notIn: 'includes none of',
};

/** Where operators of a type are called otherwise. */
const LABELS_BY_TYPE: Partial<Record<FilterFieldType, Partial<Record<FilterOperator, string>>>> = {
  date: OF_DATES,
  instant: OF_DATES,
  list: OF_LISTS,
};

/** What people call an operator on fields of a type. */
export function filterOperatorLabel(operator: FilterOperator, type: FilterFieldType): string {
  return LABELS_BY_TYPE[type]?.[operator] ?? OPERATOR_LABELS[operator];
}

/** What is asked most of the fields of each type: where a condition begins. */
export const FIRST_OPERATORS: Record<FilterFieldType, FilterOperator> = {
  text: 'contains',
  number: 'greaterThanOrEqual',
  date: 'lessThanOrEqual',
  instant: 'greaterThanOrEqual',
  boolean: 'equals',
  choice: 'in',
  user: 'in',
  list: 'in',
  object: 'notEmpty',
};

/** How many values an operator compares with. */
export function filterValueCount(operator: FilterOperator): 'NONE' | 'ONE' | 'TWO' | 'MANY' {
  if (operator === 'empty' || operator === 'notEmpty') return 'NONE';
  if (operator === 'in' || operator === 'notIn') return 'MANY';
  return operator === 'between' ? 'TWO' : 'ONE';
}

const NAMES = /\b[a-z]+(?:[A-Z]+[A-Za-z0-9]*)+\b/g;

/** A sentence that names fields as the API does, with what people call them instead. */
export function withFieldLabels(sentence: string): string {
  return sentence.replaceAll(NAMES, (name) => (LABELS.has(name) ? `“${filterFieldLabel(name)}”` : name));
}
