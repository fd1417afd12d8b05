import type { IsoDate } from '../calendar/dates';
import type { CompanyType } from '../clients/clientFields';

/** An address, with the lines that Companies House names. */
export type CompanyAddress = Partial<
  Record<'premises' | 'address_line_1' | 'address_line_2' | 'locality' | 'region' | 'postal_code' | 'country', string>
>;

/** An officer or a person with significant control, with the names of Companies House. */
export interface CompanyPerson {
  name?: string;
  officer_role?: string;
  kind?: string;
  nationality?: string;
  occupation?: string;
  country_of_residence?: string;
  appointed_on?: IsoDate;
  resigned_on?: IsoDate;
  notified_on?: IsoDate;
  ceased_on?: IsoDate;
  natures_of_control?: string[];
  address?: CompanyAddress;
  /** Companies House does not tell the day. */
  date_of_birth?: { month?: number; year?: number };
}

/** The statutory dates of a client that Companies House tells. */
export const STATUTORY_DATES = [
  'nextYearEnd',
  'nextAccountsDue',
  'lastAccountsMadeUpTo',
  'nextConfirmationDue',
  'lastConfirmationMadeUpTo',
] as const;
export type StatutoryDate = (typeof STATUTORY_DATES)[number];

/** What each statutory date is called for people. */
export const STATUTORY_DATE_LABELS: Record<StatutoryDate, string> = {
  nextYearEnd: 'Next year end',
  nextAccountsDue: 'Next accounts due',
  lastAccountsMadeUpTo: 'Last accounts made up to',
  nextConfirmationDue: 'Next confirmation statement due',
  lastConfirmationMadeUpTo: 'Last confirmation statement made up to',
};

/** The fields of the Client model that Companies House fills in. */
export interface CompanyFields extends Record<StatutoryDate, IsoDate> {
  companyName: string;
  companyStatus: string;
  /** Null where the company has none, as once a strike-off is discontinued. */
  companyStatusDetail: string | null;
  incorporationDate: IsoDate;
  /** Null for a company that goes on. */
  cessationDate: IsoDate | null;
  registeredOfficeAddress: CompanyAddress;
  sicCodes: string[];
  jurisdiction: string;
  hasBeenLiquidated: boolean;
  hasCharges: boolean;
  hasInsolvencyHistory: boolean;
  officers: CompanyPerson[];
  personsWithSignificantControl: CompanyPerson[];
}

/** A company as Companies House was read. */
export interface CompanyReading {
  companyNumber: string;
  companyType: CompanyType;
  /** False for LLPs, whose members are taxed themselves. */
  isCorporationTaxPayer: boolean;
  /** Only what could be read. */
  fields: Partial<CompanyFields>;
  /** Where the answer had something that could not be used. */
  odd: string[];
}

/** Where statutory dates are read. */
export const COMPANIES_HOUSE = 'COMPANIES_HOUSE';
