import type { Pool } from 'pg';
import type { ChasePolicy, PolicyKind } from '../../domain/chasing/policy';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../filings/filingTables';

/** A filing in flight that a changed policy applies to. */
export interface FilingUnderPolicy {
  workflowId: string;
}

/**
 * Open filings to which a policy applies, in order, after one of them: those of one client, or for the practice's policy those of all
 * clients that have none of their own.
 */
export async function filingsUnderPolicy(
  db: Pool,
  policyKind: PolicyKind,
  clientId: string | null,
  after: string | null,
  limit: number,
): Promise<FilingUnderPolicy[]> {
  const [kind] = FILING_KINDS.filter((candidate) => FILING_DEFINITIONS[candidate].policyKind === policyKind);
  if (kind === undefined) return [];
  const { rows } = await db.query<FilingUnderPolicy>(
    `SELECT f.workflow_id AS "workflowId" FROM ${FILING_TABLES[kind].table} f
     WHERE NOT f.is_completed AND NOT f.is_cancelled AND ($1::text IS NULL OR f.workflow_id > $1)
       AND CASE WHEN $2::text IS NULL
         THEN NOT EXISTS (SELECT FROM chase_policies p WHERE p.client_id = f.client_id AND p.kind = $3::chase_policy_kind)
         ELSE f.client_id = $2 END
     ORDER BY f.workflow_id LIMIT $4`,
    [after, clientId, policyKind, limit],
  );
  return rows;
}

/** The policy in force for a client, or for the practice, with its version; undefined where none was ever set. */
export async function readPolicy(
  db: Pool,
  policyKind: PolicyKind,
  clientId: string | null,
): Promise<{ policy: ChasePolicy; version: number } | undefined> {
  const { rows } = await db.query<{ policy: ChasePolicy; version: number }>(
    `SELECT policy, version FROM chase_policies
     WHERE kind = $1::chase_policy_kind AND (client_id IS NULL OR client_id = $2) ORDER BY client_id NULLS LAST LIMIT 1`,
    [policyKind, clientId],
  );
  return rows[0];
}
