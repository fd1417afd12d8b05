import type { Pool } from 'pg';
import { fireInstant } from '../../domain/chasing/sendWindow';
import type { StoredEmail } from '../../models/emails/freezeEmail';
import { loadFiling } from '../../models/filings/loadFiling';

/**
 * How many milliseconds a chase waits that did not go out when it was made: a client is not written to at night or on a day off
 * because the provider, or this worker, was away until then. Nothing for any other e-mail. `now` is epoch ms.
 */
export async function lateChaseDelay(db: Pool, { lateFiling }: StoredEmail, now: number): Promise<number> {
  if (lateFiling === null) return 0;
  const { rules } = await loadFiling(db, lateFiling.kind, lateFiling.filingId, false);
  return fireInstant(rules, now, now) - now;
}
