import {
  COMPANY_TYPES,
  CORPORATION_TAX_DUE_SOURCES,
  CORPORATION_TAX_STATUSES,
  VAT_FREQUENCIES,
  VAT_QUARTER_GROUPS,
} from './clientFields';

/** What a condition of an AdvancedFilter can ask; which of them a field takes depends on its type. */
export const FILTER_OPERATORS = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'greaterThan',
  'greaterThanOrEqual',
  'lessThan',
  'lessThanOrEqual',
  'between',
  'in',
  'notIn',
  'empty',
  'notEmpty',
] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

const ONE_OF: readonly FilterOperator[] = ['equals', 'notEquals', 'in', 'notIn'];
const PRESENCE: readonly FilterOperator[] = ['empty', 'notEmpty'];
const ORDERED: readonly FilterOperator[] = [
  ...ONE_OF,
  'greaterThan',
  'greaterThanOrEqual',
  'lessThan',
  'lessThanOrEqual',
  'between',
  ...PRESENCE,
];

/** The operators that the fields of each type take. */
export const OPERATORS_BY_TYPE = {
  /** Compared without regard to case. */
  text: [...ONE_OF, 'contains', 'notContains', 'startsWith', 'endsWith', ...PRESENCE],
  number: ORDERED,
  date: ORDERED,
  /** A moment, compared by its date in London. */
  instant: ORDERED,
  boolean: ['equals', 'notEquals'],
  /** One of a closed list. */
  choice: [...ONE_OF, ...PRESENCE],
  /** The id of a user, as it is. */
  user: [...ONE_OF, ...PRESENCE],
  /** Several codes or ids, each as it is; `in` asks whether one of them is among the values. */
  list: ['contains', 'notContains', 'in', 'notIn', ...PRESENCE],
  /** Something of which only can be asked whether it is there. */
  object: PRESENCE,
} as const satisfies Record<string, readonly FilterOperator[]>;
export type FilterFieldType = keyof typeof OPERATORS_BY_TYPE;

interface FilterFieldDefinition {
  type: FilterFieldType;
  /** The values of a choice. */
  choices?: readonly string[];
  /** Whether the entries of a list are ids of users. */
  isOfUsers?: true;
}

const text = { type: 'text' } as const;
const number = { type: 'number' } as const;
const date = { type: 'date' } as const;
const instant = { type: 'instant' } as const;
const boolean = { type: 'boolean' } as const;
const user = { type: 'user' } as const;
const list = { type: 'list' } as const;
const users = { type: 'list', isOfUsers: true } as const;
const object = { type: 'object' } as const;
const choice = (choices: readonly string[]): FilterFieldDefinition => ({ type: 'choice', choices });

/** The fields of a client that an AdvancedFilter can ask about, by their names in the Client model. */
export const FILTER_FIELDS = {
  clientCode: text,
  companyName: text,
  companyNumber: text,
  companyType: choice(COMPANY_TYPES),
  companyStatus: text,
  companyStatusDetail: text,
  incorporationDate: date,
  cessationDate: date,
  registeredOfficeAddress: object,
  sicCodes: list,
  jurisdiction: text,
  hasBeenLiquidated: boolean,
  hasCharges: boolean,
  hasInsolvencyHistory: boolean,
  officers: object,
  personsWithSignificantControl: object,
  nextAccountsDue: date,
  lastAccountsMadeUpTo: date,
  nextConfirmationDue: date,
  lastConfirmationMadeUpTo: date,
  nextYearEnd: date,
  nextCorporationTaxDue: date,
  contactName: text,
  contactEmail: text,
  contactPhone: text,
  contactFax: text,
  website: text,
  vatNumber: text,
  yearEstablished: number,
  numberOfEmployees: number,
  annualTurnover: number,
  paperworkFrequency: text,
  assignedUserId: user,
  ltdCompanyAssignedUserId: user,
  nonLtdCompanyAssignedUserId: user,
  vatAssignedUserId: user,
  chaseTeamUserIds: users,
  isActive: boolean,
  isVatEnabled: boolean,
  notes: text,
  createdAt: instant,
  updatedAt: instant,
  corporationTaxStatus: choice(CORPORATION_TAX_STATUSES),
  corporationTaxPeriodStart: date,
  corporationTaxPeriodEnd: date,
  manualCTDueOverride: date,
  ctDueSource: choice(CORPORATION_TAX_DUE_SOURCES),
  lastCTStatusUpdate: instant,
  vatRegistrationDate: date,
  vatDeregistrationDate: date,
  vatFrequency: choice(VAT_FREQUENCIES),
  vatQuarterGroup: choice(VAT_QUARTER_GROUPS),
  vatScheme: text,
  natureOfTrade: text,
  nationalInsuranceNumber: text,
  utrNumber: text,
  tradingAddressLine1: text,
  tradingAddressLine2: text,
  tradingAddressCountry: text,
  tradingAddressPostCode: text,
  residentialAddressLine1: text,
  residentialAddressLine2: text,
  residentialAddressCountry: text,
  residentialAddressPostCode: text,
  paperWorkReceived: boolean,
  paperWorkReceivedDate: date,
  jobCompleted: boolean,
  jobCompletedDate: date,
  sa100Filed: boolean,
  sa100FiledDate: date,
  workStatus: text,
} as const satisfies Record<string, FilterFieldDefinition>;
export type FilterField = keyof typeof FILTER_FIELDS;

const DEFINITIONS: ReadonlyMap<string, FilterFieldDefinition> = new Map(Object.entries(FILTER_FIELDS));

/** Whether a client can be filtered by a field of this name. */
export function isFilterField(name: string): name is FilterField {
  return DEFINITIONS.has(name);
}

/** The type of a field and, of a choice, its values. */
export function filterFieldOf(field: FilterField): FilterFieldDefinition {
  return FILTER_FIELDS[field];
}
