/** The forms a client can have; an LLP files accounts at Companies House like a company and counts as one. */
export const COMPANY_TYPES = ['LIMITED_COMPANY', 'NON_LIMITED_COMPANY'] as const;
export type CompanyType = (typeof COMPANY_TYPES)[number];

export const CORPORATION_TAX_STATUSES = ['PENDING', 'IN_PROGRESS', 'FILED', 'OVERDUE', 'NOT_REQUIRED'] as const;
export type CorporationTaxStatus = (typeof CORPORATION_TAX_STATUSES)[number];

/** Whether the Corporation Tax due date is computed or was set by a person. */
export const CORPORATION_TAX_DUE_SOURCES = ['AUTO', 'MANUAL'] as const;
export type CorporationTaxDueSource = (typeof CORPORATION_TAX_DUE_SOURCES)[number];

export const VAT_FREQUENCIES = ['Monthly', 'Quarterly'] as const;
export type VatFrequency = (typeof VAT_FREQUENCIES)[number];

/** HMRC's letters for the months in which quarters end; a monthly period carries the letter of the month in which it ends. */
export const VAT_QUARTER_GROUPS = ['A', 'B', 'C'] as const;
export type VatQuarterGroup = (typeof VAT_QUARTER_GROUPS)[number];
