import type { Pool } from 'pg';
import type { FilingRequest } from '../../domain/filings/decideRequest';
import { decideRequest } from '../../domain/filings/decideRequest';
import type { Decision } from '../../domain/filings/decision';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';
import type { LoadedFiling } from '../../models/filings/loadFiling';
import { loadFiling } from '../../models/filings/loadFiling';

/** A decision beside the filing that it is about, as it is before. */
interface Tried {
  decision: Decision;
  filing: LoadedFiling;
}

/** What the filing's workflow would decide of a request now, by the same function; nothing is stored or sent. `now` is epoch ms. */
export async function tryRequest(
  db: Pool,
  kind: FilingKind,
  filingId: string,
  request: FilingRequest,
  now: number,
): Promise<Tried> {
  const filing = await loadFiling(db, kind, filingId, false);
  return { decision: decideRequest(FILING_DEFINITIONS[kind], filing.state, request, now), filing };
}
