import type { Pool } from 'pg';

/** How far the hash chain over the audit trail reaches. */
export interface ChainState {
  /** Links so far. */
  position: number;
  /** Of the last link: it holds all rows before it. Null while there is none. */
  hash: string | null;
  chainedAt: Date | null;
  /** Entries of the activity log that are still to be chained; the sealer comes every minute. */
  waiting: number;
}

/** Rows are chained a little later than they are written: unchained ones are looked for among the latest. */
const LOOK_BACK = `interval '1 hour'`;

export async function chainState(db: Pool): Promise<ChainState> {
  const { rows } = await db.query<ChainState>(
    `SELECT coalesce(head.position, 0) AS position, head.hash, head.chained_at AS "chainedAt",
       (SELECT count(*) FROM activity_logs a
        WHERE a.recorded_at > coalesce(head.row_recorded_at - ${LOOK_BACK}, '-infinity')
          AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.table_name = 'activity_logs' AND c.row_id = a.id)) AS waiting
     FROM (SELECT) one LEFT JOIN (SELECT * FROM audit_chain ORDER BY position DESC LIMIT 1) head ON true`,
  );
  const [state] = rows;
  if (!state) throw new Error('The chain’s state gave no row');
  return state;
}
