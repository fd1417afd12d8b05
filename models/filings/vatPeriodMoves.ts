import type { ClientBase } from 'pg';
import type { PeriodMove } from '../../domain/uk/vatRegistrationEnds';

/** How the periods of a client's VAT filings were moved, oldest first, as the activity log tells; by the ids of the filings. */
export async function vatPeriodMoves(db: ClientBase, clientId: string): Promise<Map<string, PeriodMove[]>> {
  const { rows } = await db.query<PeriodMove & { filingId: string }>(
    `SELECT details->>'filingId' AS "filingId", details->>'source' AS source, ${endOf('before')} AS before, ${endOf('after')} AS after
     FROM activity_logs
     WHERE client_id = $1 AND action = 'FILING_DEADLINES_CHANGED' AND details->>'filingKind' = 'VAT_QUARTER' ORDER BY timestamp`,
    [clientId],
  );
  const moves = new Map<string, PeriodMove[]>();
  for (const { filingId, ...move } of rows) moves.set(filingId, [...(moves.get(filingId) ?? []), move]);
  return moves;
}

function endOf(side: 'before' | 'after'): string {
  return `jsonb_build_object('end', details->'${side}'->'periodEnd', 'due', details->'${side}'->'deadlines'->'filingDueDate')`;
}
