import type { ClientBase } from 'pg';
import type { ChasePolicy, PolicyKind } from '../../domain/chasing/policy';
import { DEFAULT_POLICIES } from '../../domain/chasing/policy';
import type { StoredPolicy } from '../../models/chasing/filingsUnderPolicy';
import { readPolicy } from '../../models/chasing/filingsUnderPolicy';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { changedFields, logActivity } from '../audit/logActivity';
import type { ClientDependencies, Person } from '../clients/clients';
import { startRollout } from './startRollout';

/** A change of a policy: what is left out stays as it is. */
export type PolicyChange = { [Field in keyof ChasePolicy]?: ChasePolicy[Field] | undefined };

/** The policy in force for the practice, or for a client: its own, or else the practice's. Version 0 is the default that nobody changed. */
export async function policyInForce(
  { db }: Pick<ClientDependencies, 'db'>,
  kind: PolicyKind,
  clientId: string | null,
): Promise<StoredPolicy> {
  return (await readPolicy(db.pool, kind, clientId)) ?? { policy: DEFAULT_POLICIES[kind], version: 0, isClientsOwn: false };
}

/** A policy with a change made to it. */
export function changedPolicy(policy: ChasePolicy, change: PolicyChange): ChasePolicy {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.assign({ ...policy }, Object.fromEntries(given));
}

/** Changes the policy of the practice or of a client, and tells the filings in flight by a rollout workflow. */
export async function changePolicy(
  deps: ClientDependencies,
  by: Person,
  kind: PolicyKind,
  clientId: string | null,
  change: PolicyChange,
): Promise<StoredPolicy> {
  const changed = await inTransaction(deps.db.pool, async (client) => {
    await lockPolicies(client);
    const before = await policyInForce(deps, kind, clientId);
    const policy = changedPolicy(before.policy, change);
    const version = await storePolicy(client, by, kind, clientId, policy);
    const details = { policyKind: kind, version, ...changedFields(before.policy, policy) };
    await logActivity(client, { action: 'CHASE_POLICY_CHANGED', userId: by.id, clientId, details });
    return { policy, version, isClientsOwn: clientId !== null };
  });
  await rollOut(deps, kind, clientId, changed.version);
  return changed;
}

/** Takes a client's own policy away: the practice's is in force for it from now on. False where it has none of its own. */
export async function removeClientPolicy(
  deps: ClientDependencies,
  by: Person,
  kind: PolicyKind,
  clientId: string,
): Promise<StoredPolicy | false> {
  const restored = await inTransaction(deps.db.pool, async (client) => {
    await lockPolicies(client);
    const before = await policyInForce(deps, kind, clientId);
    if (!before.isClientsOwn) return false;
    const { policy } = await policyInForce(deps, kind, null);
    // The practice's policy gets a version later than the one that is taken away: filings in flight ignore an older one.
    const version = await storePolicy(client, by, kind, null, policy);
    await client.query('DELETE FROM chase_policies WHERE kind = $1::chase_policy_kind AND client_id = $2', [kind, clientId]);
    const details = { policyKind: kind, version, removed: true, ...changedFields(before.policy, policy) };
    await logActivity(client, { action: 'CHASE_POLICY_CHANGED', userId: by.id, clientId, details });
    return { policy, version, isClientsOwn: false };
  });
  if (restored) await rollOut(deps, kind, clientId, restored.version);
  return restored;
}

/** One version counts for a kind as a whole, so that of two policies for one filing the later one always wins. */
async function lockPolicies(client: ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('chase-policy'))`);
}

async function storePolicy(
  client: ClientBase,
  by: Person,
  kind: PolicyKind,
  clientId: string | null,
  policy: ChasePolicy,
): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `INSERT INTO chase_policies (id, kind, client_id, version, policy, updated_by_user_id)
     SELECT $1, $2::chase_policy_kind, $3, 1 + coalesce(max(version), 0), $4, $5 FROM chase_policies WHERE kind = $2::chase_policy_kind
     ON CONFLICT (kind, client_id) DO UPDATE
       SET version = excluded.version, policy = excluded.policy, updated_by_user_id = excluded.updated_by_user_id
     RETURNING version`,
    [newId(), kind, clientId, JSON.stringify(policy), by.id],
  );
  return rows[0]?.version ?? 1;
}

async function rollOut(
  deps: ClientDependencies,
  policyKind: PolicyKind,
  clientId: string | null,
  version: number,
): Promise<void> {
  const rollout = { policyKind, clientId, version };
  await startRollout(deps.temporal, rollout).catch((error: unknown) => {
    deps.logger.warn(
      { ...rollout, cause: String(error) },
      'The rollout of a chase policy was not started yet: the relay starts it',
    );
  });
}
