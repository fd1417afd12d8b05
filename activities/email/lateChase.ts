import type { Pool } from 'pg';
import { fireInstant } from '../../domain/chasing/sendWindow';
import { loadFiling } from '../../models/filings/loadFiling';
import type { FilingKind } from '../../domain/filings/stages';

const LATE = '5 minutes';

/**
 * How many milliseconds a chase waits that did not go out when it was made: a client is not written to at night or on a day off
 * because the provider, or this worker, was away until then. Nothing for any other e-mail. `now` is epoch ms.
 */
export async function lateChaseDelay(db: Pool, emailId: string, now: number): Promise<number> {
  const { rows } = await db.query<{ kind: FilingKind; filingId: string }>({
    name: 'late-chase',
    text: `SELECT filing_kind::text AS kind, filing_id AS "filingId" FROM email_logs
      WHERE id = $1 AND idempotency_key LIKE 'chase:%' AND (attempts > 0 OR created_at < clock_timestamp() - interval '${LATE}')`,
    values: [emailId],
  });
  const [late] = rows;
  if (!late) return 0;
  const { rules } = await loadFiling(db, late.kind, late.filingId, false);
  return fireInstant(rules, now, now) - now;
}
