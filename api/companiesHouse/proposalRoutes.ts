import { z } from '@hono/zod-openapi';
import { STATUTORY_DATE_LABELS, STATUTORY_DATES } from '../../domain/companiesHouse/company';
import { PROPOSAL_STATUSES } from '../../domain/companiesHouse/proposal';
import { FILING_KINDS } from '../../domain/filings/stages';
import { REQUEST_STATUSES } from '../../domain/filings/requestStatuses';
import type { ProposalRow } from '../../models/companiesHouse/proposals';
import { findProposal, listProposals } from '../../models/companiesHouse/proposals';
import type { DecidedDates } from '../../services/companiesHouse/decideDates';
import { acceptDates, rejectDates } from '../../services/companiesHouse/decideDates';
import { readOutcome } from '../../services/requests/outcomes';
import type { StoredRequest } from '../../services/requests/storeRequest';
import { BulkOutcome, BulkResultsSchema } from '../bulk';
import { viewerOf } from '../clients/routes';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { ApiError, notFound } from '../errors';
import { IdParams, InstantSchema, pageFields, paginationOf } from '../schemas';

const TAG = 'Companies House';
const MOST_PROPOSALS = 200;
/** How long an answer waits for the filings to have moved. */
const WAIT_MS = 10_000;

export const ProposalSchema = z
  .object({
    id: z.string(),
    clientId: z.string(),
    client: z.object({ id: z.string(), clientCode: z.string(), companyName: z.string() }),
    field: z.enum(STATUTORY_DATES),
    label: z.string(),
    oldDate: z.string(),
    newDate: z.string(),
    source: z.string(),
    readAt: InstantSchema,
    status: z.enum(PROPOSAL_STATUSES),
    decidedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    decidedAt: InstantSchema.nullable(),
    createdAt: InstantSchema,
  })
  .openapi('DateProposal');

/** What became of a filing that an accepted date moves. */
const MovedFilingSchema = z.object({
  kind: z.enum(FILING_KINDS),
  id: z.string(),
  requestId: z.string(),
  status: z.enum(REQUEST_STATUSES),
  reason: z.string().nullable(),
});

const DecideBody = z.strictObject({
  ids: z.array(z.string().min(1).max(50)).min(1, 'Name at least one').max(MOST_PROPOSALS, `At most ${MOST_PROPOSALS} at a time`),
});

const DECISIONS = [
  { verb: 'accept', done: 'accepted', decide: acceptDates },
  { verb: 'reject', done: 'rejected', decide: rejectDates },
] as const;

/** Statutory dates that an authority changed: people accept or reject them. */
export function proposalRoutes(api: Api, deps: ApiDependencies): void {
  const { db } = deps;

  endpoint(
    api,
    {
      method: 'get',
      path: '/date-proposals',
      tag: TAG,
      summary: 'Changed statutory dates, the newest first',
      permission: 'see clients',
      query: z.strictObject({
        status: z.enum(PROPOSAL_STATUSES).optional(),
        clientId: z.string().max(50).optional(),
        ...pageFields,
      }),
      data: z.array(ProposalSchema),
      isList: true,
    },
    async ({ query, user }) => {
      const page = await listProposals(db.pool, viewerOf(user), query, query);
      return { data: page.rows.map(present), pagination: paginationOf(page, query) };
    },
  );

  for (const { verb, done, decide } of DECISIONS) {
    const consequence = verb === 'accept' ? ': the client and its open filings follow' : ': the date in force stays';

    endpoint(
      api,
      {
        method: 'post',
        path: `/date-proposals/{id}/${verb}`,
        tag: TAG,
        summary: `Say that a changed date is ${done}${consequence}`,
        permission: 'change deadlines',
        params: IdParams,
        data: ProposalSchema.extend({ filings: z.array(MovedFilingSchema) }),
      },
      async ({ params, user }) => {
        const proposal = await findProposal(db.pool, viewerOf(user), params.id);
        if (!proposal) throw notFound('proposal');
        const { decidedIds, requests } = await decide(deps, user, proposal.clientId, [proposal]);
        if (decidedIds.length === 0) throw new ApiError('CONFLICT', 'The date was decided already');
        const filings = await movedFilings(requests);
        const decided = (await findProposal(db.pool, viewerOf(user), params.id)) ?? proposal;
        return { data: { ...present(decided), filings }, message: `The date was ${done}` };
      },
    );

    endpoint(
      api,
      {
        method: 'post',
        path: `/date-proposals/bulk-${verb}`,
        tag: TAG,
        summary: `Say that many changed dates are ${done}; those of one client together${consequence}`,
        permission: 'change deadlines',
        body: DecideBody,
        results: BulkResultsSchema,
      },
      async ({ body, user }) => {
        const ids = [...new Set(body.ids)];
        const { rows } = await listProposals(db.pool, viewerOf(user), { ids }, { page: 1, limit: MOST_PROPOSALS });
        const outcome = new BulkOutcome();
        const known = new Map(rows.map((row) => [row.id, row]));
        for (const id of ids) if (!known.has(id)) outcome.fail(id, 'there is no such proposal');
        const decided: DecidedDates[] = [];
        for (const clientId of new Set(rows.map((row) => row.clientId))) {
          const ofClient = rows.filter((row) => row.clientId === clientId);
          const result = await decide(deps, user, clientId, ofClient);
          decided.push(result);
          for (const { id, client, field } of ofClient) {
            if (result.decidedIds.includes(id)) outcome.succeed();
            else outcome.fail(`${client.clientCode}, ${STATUTORY_DATE_LABELS[field]}`, 'it was decided already');
          }
        }
        await movedFilings(decided.flatMap(({ requests }) => requests));
        return outcome.answer(done);
      },
    );
  }

  async function movedFilings(requests: readonly StoredRequest[]): Promise<z.infer<typeof MovedFilingSchema>[]> {
    return await Promise.all(
      requests.map(async ({ id, kind, filingId }) => {
        const outcome = (await deps.outcomes.watch(id).outcome(WAIT_MS)) ?? (await readOutcome(db.pool, id));
        return { kind, id: filingId, requestId: id, status: outcome?.status ?? 'PENDING', reason: outcome?.reason ?? null };
      }),
    );
  }
}

function present(row: ProposalRow): z.infer<typeof ProposalSchema> {
  return { ...row, label: STATUTORY_DATE_LABELS[row.field] };
}
