import type { ClientBase, Pool } from 'pg';
import type { ChasePolicy, PolicyKind } from '../../domain/chasing/policy';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../filings/filingTables';

/** A filing in flight that a changed policy applies to. */
export interface FilingUnderPolicy {
  id: string;
  workflowId: string;
}

/** The kind of filing that a policy is for. */
export function kindUnderPolicy(policyKind: PolicyKind): FilingKind {
  const kind = FILING_KINDS.find((candidate) => FILING_DEFINITIONS[candidate].policyKind === policyKind);
  if (kind === undefined) throw new RangeError(`No kind of filing is chased by the policy ${policyKind}`);
  return kind;
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
  const kind = kindUnderPolicy(policyKind);
  const { rows } = await db.query<FilingUnderPolicy>(
    `SELECT f.id, f.workflow_id AS "workflowId" FROM ${FILING_TABLES[kind].table} f
     WHERE NOT f.is_completed AND NOT f.is_cancelled AND ($1::text IS NULL OR f.workflow_id > $1)
       AND CASE WHEN $2::text IS NULL
         THEN NOT EXISTS (SELECT FROM chase_policies p WHERE p.client_id = f.client_id AND p.kind = $3::chase_policy_kind)
         ELSE f.client_id = $2 END
     ORDER BY f.workflow_id LIMIT $4`,
    [after, clientId, policyKind, limit],
  );
  return rows;
}

/** A policy that was set, with its version: a client's own, or the practice's. */
export interface StoredPolicy {
  policy: ChasePolicy;
  version: number;
  isClientsOwn: boolean;
}

/** The policy in force for a client, or for the practice; undefined where none was ever set. */
export async function readPolicy(
  db: Pool | ClientBase,
  policyKind: PolicyKind,
  clientId: string | null,
): Promise<StoredPolicy | undefined> {
  const { rows } = await db.query<StoredPolicy>(
    `SELECT policy, version, client_id IS NOT NULL AS "isClientsOwn" FROM chase_policies
     WHERE kind = $1::chase_policy_kind AND (client_id IS NULL OR client_id = $2) ORDER BY client_id NULLS LAST LIMIT 1`,
    [policyKind, clientId],
  );
  return rows[0];
}

/** Every filing in flight was told of this version. */
export async function markRolledOut(db: Pool, policyKind: PolicyKind, clientId: string | null, version: number): Promise<void> {
  await db.query(
    `UPDATE chase_policies SET rolled_out_version = $3
     WHERE kind = $1::chase_policy_kind AND client_id IS NOT DISTINCT FROM $2 AND rolled_out_version < $3`,
    [policyKind, clientId, version],
  );
}

/** Policies of which filings in flight may not have been told yet, though they were set a while ago. */
export async function policiesToRollOut(
  db: Pool,
  limit: number,
): Promise<{ policyKind: PolicyKind; clientId: string | null; version: number }[]> {
  const { rows } = await db.query<{ policyKind: PolicyKind; clientId: string | null; version: number }>(
    `SELECT kind::text AS "policyKind", client_id AS "clientId", version FROM chase_policies
     WHERE rolled_out_version < version AND updated_at < clock_timestamp() - interval '15 seconds' ORDER BY updated_at LIMIT $1`,
    [limit],
  );
  return rows;
}

/** An open filing with the policy that is in force for it; null where none was ever set. */
export interface FilingInFlight {
  workflowId: string;
  policyKind: PolicyKind;
  policy: ChasePolicy | null;
  version: number | null;
}

/** Open filings of every kind, in order, after one of them, each with the policy in force for it. */
export async function filingsInFlight(db: Pool, after: string | null, limit: number): Promise<FilingInFlight[]> {
  const selects = FILING_KINDS.map((kind) => {
    const { policyKind } = FILING_DEFINITIONS[kind];
    return `SELECT f.workflow_id AS "workflowId", '${policyKind}' AS "policyKind", p.policy, p.version
      FROM ${FILING_TABLES[kind].table} f LEFT JOIN LATERAL (
        SELECT policy, version FROM chase_policies
        WHERE kind = '${policyKind}' AND (client_id = f.client_id OR client_id IS NULL) ORDER BY client_id NULLS LAST LIMIT 1
      ) p ON true
      WHERE NOT f.is_completed AND NOT f.is_cancelled AND ($1::text IS NULL OR f.workflow_id > $1)`;
  });
  const { rows } = await db.query<FilingInFlight>(`${selects.join(' UNION ALL ')} ORDER BY "workflowId" LIMIT $2`, [
    after,
    limit,
  ]);
  return rows;
}
