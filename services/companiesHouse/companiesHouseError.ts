/**
 * How a call to Companies House can fail.
 * NOT_CONFIGURED, UNAUTHORISED: the API key is missing or wrong. NOT_FOUND: there is no such company. BUSY: the shared limit is used
 * up, or Companies House said so. UNREACHABLE: a time-out, a broken connection, an error of theirs. UNREADABLE: no answer of theirs.
 */
export type CompaniesHouseFailure = 'NOT_CONFIGURED' | 'UNAUTHORISED' | 'NOT_FOUND' | 'BUSY' | 'UNREACHABLE' | 'UNREADABLE';

const MESSAGES: Record<CompaniesHouseFailure, string> = {
  NOT_CONFIGURED: 'Companies House is not set up: set COMPANIES_HOUSE_API_KEY',
  UNAUTHORISED: 'Companies House refused the API key: check COMPANIES_HOUSE_API_KEY',
  NOT_FOUND: 'Companies House knows no company with this number',
  BUSY: 'Companies House takes no more requests at the moment',
  UNREACHABLE: 'Companies House cannot be reached at the moment: try again',
  UNREADABLE: 'Companies House gave an answer that cannot be read: try again later',
};

/** A failed call to Companies House; `message` is for a person, `cause` for the log. */
export class CompaniesHouseError extends Error {
  constructor(
    readonly failure: CompaniesHouseFailure,
    /** How long to wait before trying again, where that is known. */
    readonly waitSeconds: number | null = null,
    cause?: unknown,
  ) {
    super(MESSAGES[failure], cause === undefined ? {} : { cause });
    this.name = 'CompaniesHouseError';
  }
}
