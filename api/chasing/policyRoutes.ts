import { z } from '@hono/zod-openapi';
import type { PolicyKind } from '../../domain/chasing/policy';
import type { StoredPolicy } from '../../models/chasing/filingsUnderPolicy';
import type { PolicyChange } from '../../services/chasing/policies';
import { changedPolicy, changePolicy, policyInForce, removeClientPolicy } from '../../services/chasing/policies';
import { previewPolicy } from '../../services/chasing/previewPolicy';
import type { SignedInUser } from '../../services/sessions/readSession';
import { requireClient } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Answer, Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError } from '../errors';
import { FlagSchema } from '../schemas';
import { PolicyAnswerSchema, PolicyChangeBody } from './schemas';

const TAG = 'Chase policies';

const KINDS: Record<Lowercase<PolicyKind>, PolicyKind> = { vat: 'VAT', ltd: 'LTD' };
const kind = z.enum(['vat', 'ltd']);
const KindParams = z.strictObject({ kind });
const ClientKindParams = z.strictObject({ id: z.string().min(1).max(50), kind });
const DryRunQuery = z.strictObject({ dryRun: FlagSchema.optional() });

type PolicyAnswer = Answer<z.infer<typeof PolicyAnswerSchema>>;

/** How the practice, or one client, is chased. With dryRun, in the query or the body, a change is only tried. */
export function policyRoutes(api: Api, deps: ApiDependencies): void {
  const common = { tag: TAG, data: PolicyAnswerSchema } as const;
  const change = { ...common, permission: 'change chase policies', query: DryRunQuery, body: PolicyChangeBody } as const;

  endpoint(
    api,
    {
      ...common,
      method: 'get',
      path: '/settings/chase-policies/{kind}',
      summary: 'The practice’s policy',
      permission: 'see chase policies',
      params: KindParams,
    },
    async ({ params }) => ({ data: flat(await policyInForce(deps, KINDS[params.kind], null)) }),
  );

  endpoint(
    api,
    {
      ...change,
      method: 'put',
      path: '/settings/chase-policies/{kind}',
      summary:
        'Change the practice’s policy, and filings in flight with it; with dryRun only tell which, and their next reminders',
      params: KindParams,
    },
    async ({ params, query, body: { dryRun = query.dryRun, ...fields }, user }) =>
      dryRun ? await tryChange(params.kind, null, fields) : await makeChange(user, params.kind, null, fields),
  );

  endpoint(
    api,
    {
      ...common,
      method: 'get',
      path: '/clients/{id}/chase-policy/{kind}',
      summary: 'The policy in force for a client',
      permission: 'see chase policies',
      params: ClientKindParams,
    },
    async ({ params, user }) => {
      await requireClient(deps.db, user, params.id);
      return { data: flat(await policyInForce(deps, KINDS[params.kind], params.id)) };
    },
  );

  endpoint(
    api,
    {
      ...change,
      method: 'put',
      path: '/clients/{id}/chase-policy/{kind}',
      summary:
        'Give a client a policy of its own, and its filings in flight with it; with dryRun only tell which, and their next reminders',
      params: ClientKindParams,
    },
    async ({ params, query, body: { dryRun = query.dryRun, ...fields }, user }) => {
      await requireClient(deps.db, user, params.id);
      return dryRun ? await tryChange(params.kind, params.id, fields) : await makeChange(user, params.kind, params.id, fields);
    },
  );

  endpoint(
    api,
    {
      ...common,
      method: 'delete',
      path: '/clients/{id}/chase-policy/{kind}',
      summary:
        'Take a client’s own policy away: the practice’s is in force for it again; with dryRun only tell which filings in flight change, and their next reminders',
      permission: 'change chase policies',
      params: ClientKindParams,
      query: DryRunQuery,
    },
    async ({ params, query: { dryRun }, user }) => {
      await requireClient(deps.db, user, params.id);
      if (dryRun) return await tryRemoval(params.kind, params.id);
      const restored = await removeClientPolicy(deps, user, KINDS[params.kind], params.id);
      if (!restored) throw noPolicyOfItsOwn();
      return { data: flat(restored), message: 'The practice’s policy is in force for the client' };
    },
  );

  async function makeChange(
    user: SignedInUser,
    name: keyof typeof KINDS,
    clientId: string | null,
    fields: PolicyChange,
  ): Promise<PolicyAnswer> {
    const data = flat(await changePolicy(deps, user, KINDS[name], clientId, fields));
    return { data, message: clientId === null ? 'The policy was changed' : 'The client’s policy was changed' };
  }

  async function tryRemoval(name: keyof typeof KINDS, clientId: string): Promise<PolicyAnswer> {
    const own = await policyInForce(deps, KINDS[name], clientId);
    if (!own.isClientsOwn) throw noPolicyOfItsOwn();
    return await tried(name, clientId, own, await policyInForce(deps, KINDS[name], null));
  }

  async function tryChange(name: keyof typeof KINDS, clientId: string | null, fields: PolicyChange): Promise<PolicyAnswer> {
    const current = await policyInForce(deps, KINDS[name], clientId);
    return await tried(name, clientId, current, { ...current, policy: changedPolicy(current.policy, fields) });
  }

  /** What it would do to the filings in flight if one policy came after another. */
  async function tried(
    name: keyof typeof KINDS,
    clientId: string | null,
    before: StoredPolicy,
    after: StoredPolicy,
  ): Promise<PolicyAnswer> {
    const policies = { before: before.policy, after: after.policy };
    const preview = await previewPolicy(deps.db.pool, KINDS[name], clientId, policies, deps.now());
    const all = preview.filings.length + preview.unchanged;
    return {
      data: { ...flat(after), preview },
      message: `${preview.filings.length} of ${all} filings in flight would be chased differently; nothing was changed`,
    };
  }
}

function noPolicyOfItsOwn(): ApiError {
  return new ApiError('NOT_FOUND', 'The client has no policy of its own');
}

function flat({ policy, version, isClientsOwn }: StoredPolicy): z.infer<typeof PolicyAnswerSchema> {
  return { ...policy, version, isClientsOwn };
}
