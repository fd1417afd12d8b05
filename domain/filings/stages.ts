/** The stages of a VAT quarter, in the order in which a filing passes them. */
export const VAT_STAGES = [
  'PAPERWORK_PENDING_CHASE',
  'PAPERWORK_CHASED',
  'PAPERWORK_RECEIVED',
  'WORK_IN_PROGRESS',
  'QUERIES_PENDING',
  'REVIEW_PENDING_MANAGER',
  'REVIEW_PENDING_PARTNER',
  'EMAILED_TO_PARTNER',
  'EMAILED_TO_CLIENT',
  'CLIENT_APPROVED',
  'FILED_TO_HMRC',
] as const;
export type VatStage = (typeof VAT_STAGES)[number];

/** The stages of a Ltd accounts filing, in the order in which a filing passes them. */
export const LTD_ACCOUNTS_STAGES = [
  'PAPERWORK_PENDING_CHASE',
  'PAPERWORK_CHASED',
  'PAPERWORK_RECEIVED',
  'WORK_IN_PROGRESS',
  'MANAGER_DISCUSSION',
  'PARTNER_REVIEW',
  'REVIEW_COMPLETED',
  'SENT_TO_CLIENT',
  'CLIENT_APPROVED',
  'PARTNER_APPROVED',
  'FILED',
] as const;
export type LtdAccountsStage = (typeof LTD_ACCOUNTS_STAGES)[number];

/** The stages of every kind, each once. */
export const STAGES = [...new Set([...VAT_STAGES, ...LTD_ACCOUNTS_STAGES])];
export type Stage = (typeof STAGES)[number];

export const FILING_KINDS = ['VAT_QUARTER', 'LTD_ACCOUNTS'] as const;
export type FilingKind = (typeof FILING_KINDS)[number];

/** Whom a filing waits for: PERIOD_END while its period still runs, NOBODY once it is filed or cancelled. */
export const WAITING_FOR = ['PERIOD_END', 'CLIENT', 'STAFF', 'MANAGER', 'PARTNER', 'NOBODY'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

/** The authorities that receive a filing, or the client who files it alone. */
export const FILED_TO = ['COMPANIES_HOUSE', 'HMRC', 'CLIENT_SELF_FILING'] as const;
export type FiledTo = (typeof FILED_TO)[number];

export const AUTHORITIES = ['COMPANIES_HOUSE', 'HMRC'] as const;
export type Authority = (typeof AUTHORITIES)[number];
