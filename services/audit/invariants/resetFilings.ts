import type { AuditedDatabase, Finding } from './violation';

/**
 * Filings whose workflow was reset in Temporal and decided again what was recorded already: their rows follow the new run, so nothing
 * is wrong, but whoever runs the system should know that moves which came later may have been forgotten.
 */
export async function resetFilings({ db }: AuditedDatabase): Promise<Finding> {
  const { rows } = await db.query<{ kind: string; period: string; client_code: string; runs: number }>(
    `SELECT a.details->>'filingKind' AS kind, a.details->>'period' AS period, c.client_code,
       count(DISTINCT a.details->>'repeatedBy')::int AS runs
     FROM activity_logs a LEFT JOIN clients c ON c.id = a.client_id
     WHERE a.details ? 'repeatedBy' GROUP BY 1, 2, 3 ORDER BY 3, 1, 2`,
  );
  return {
    checked: rows.length,
    violations: [],
    notes: rows.map(
      ({ kind, period, client_code, runs }) =>
        `${client_code} ${kind} ${period} was reset in Temporal${runs === 1 ? '' : `, ${runs} times`}: see whether a later move was forgotten, and make it again`,
    ),
  };
}
