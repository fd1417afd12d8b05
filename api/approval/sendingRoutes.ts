import { z } from '@hono/zod-openapi';
import { approvalStatus } from '../../domain/approvals/approval';
import type { FilingDefinition } from '../../domain/filings/definition';
import { CLIENT_DECISIONS } from '../../domain/filings/messages';
import { REQUEST_STATUSES } from '../../domain/filings/requestStatuses';
import { sentApprovals } from '../../models/approvals/approvalLinks';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { requireFiling } from '../filings/routes';
import { ApprovalContentSchema } from '../filings/schemas';
import { IdParams, InstantSchema } from '../schemas';

export const SendingSchema = z
  .object({
    id: z.string(),
    status: z.enum(['OPEN', 'ANSWERED', 'REVOKED', 'EXPIRED']),
    content: ApprovalContentSchema.nullable(),
    sentByName: z.string(),
    sentAt: InstantSchema,
    expiresAt: InstantSchema,
    answeredAt: InstantSchema.nullable(),
    decision: z.enum(CLIENT_DECISIONS).nullable(),
    comment: z.string().nullable(),
    requestStatus: z.enum(REQUEST_STATUSES).nullable(),
  })
  .openapi('ApprovalSending');

/** What was sent to the client for approval, and what they answered. */
export function sendingRoutes(api: Api, deps: ApiDependencies, { kind, route, label }: FilingDefinition): void {
  endpoint(
    api,
    {
      method: 'get',
      path: `/${route}/{id}/approvals`,
      tag: label,
      summary: 'What was sent to the client for approval, newest first, with their answers',
      permission: 'see filings',
      params: IdParams,
      data: z.array(SendingSchema),
    },
    async ({ params, user }) => {
      await requireFiling(deps, kind, user, params.id);
      const sendings = await sentApprovals(deps.db.pool, params.id);
      return { data: sendings.map((sent) => SendingSchema.parse({ ...sent, status: approvalStatus(sent, deps.now()) })) };
    },
  );
}
