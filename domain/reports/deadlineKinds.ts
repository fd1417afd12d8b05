import { FILING_DEFINITIONS } from '../filings/definitions';
import type { FilingKind } from '../filings/stages';
import { FILING_KINDS } from '../filings/stages';

/** What a company delivers to Companies House each year beside its filings: no workflow follows it. */
export const CONFIRMATION_STATEMENT = 'CONFIRMATION_STATEMENT';
export const CONFIRMATION_STATEMENT_LABEL = 'Confirmation statement';

/** What deadlines are of. */
export const DEADLINE_KINDS = [...FILING_KINDS, CONFIRMATION_STATEMENT] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

export function isFilingKind(kind: DeadlineKind): kind is FilingKind {
  return kind !== CONFIRMATION_STATEMENT;
}

/** As the paths and queries of the API name it. */
export function deadlineRoute(kind: DeadlineKind): string {
  return isFilingKind(kind) ? FILING_DEFINITIONS[kind].route : 'confirmation-statements';
}
