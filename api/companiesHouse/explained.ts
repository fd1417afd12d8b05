import { CompaniesHouseError } from '../../services/companiesHouse/companiesHouseError';
import type { ErrorCode } from '../errors';
import { ApiError } from '../errors';

const CODES: Record<CompaniesHouseError['failure'], ErrorCode> = {
  NOT_CONFIGURED: 'UNAVAILABLE',
  UNAUTHORISED: 'PROVIDER_FAILED',
  NOT_FOUND: 'NOT_FOUND',
  BUSY: 'TOO_MANY_REQUESTS',
  UNREACHABLE: 'PROVIDER_FAILED',
  UNREADABLE: 'PROVIDER_FAILED',
};

/** Calls Companies House; a failure of theirs is answered with what to do about it. */
export async function fromCompaniesHouse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CompaniesHouseError) throw refusalOf(error);
    throw error;
  }
}

/** The refusal that goes with a failure of Companies House. */
export function refusalOf({ failure, message, waitSeconds, cause }: CompaniesHouseError): ApiError {
  const headers: Record<string, string> = waitSeconds === null ? {} : { 'Retry-After': String(waitSeconds) };
  const errors = failure === 'NOT_FOUND' ? [{ path: 'companyNumber', message }] : [];
  const text = waitSeconds === null ? message : `${message}: try again in ${waitSeconds} seconds`;
  return new ApiError(CODES[failure], text, errors, headers, cause);
}
