import type { Pool } from 'pg';
import type { FilingRequest } from '../../domain/filings/decideRequest';
import { decideRequest } from '../../domain/filings/decideRequest';
import type { Decision } from '../../domain/filings/decision';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';
import { loadFiling } from '../../models/filings/loadFiling';

/** What the filing's workflow would decide of a request now, by the same function; nothing is stored or sent. `now` is epoch ms. */
export async function tryRequest(
  db: Pool,
  kind: FilingKind,
  filingId: string,
  request: FilingRequest,
  now: number,
): Promise<Decision> {
  const { state } = await loadFiling(db, kind, filingId, false);
  return decideRequest(FILING_DEFINITIONS[kind], state, request, now);
}
