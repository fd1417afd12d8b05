import { z } from '@hono/zod-openapi';
import { TIMELINE_FILTERS } from '../../domain/clients/timeline';
import { COMMUNICATION_STATUSES } from '../../domain/communications/communication';
import { COMMUNICATION_TYPES, EMAIL_STATUSES } from '../../domain/email';
import { HISTORY_SOURCES } from '../../domain/filings/historySources';
import { FILING_KINDS } from '../../domain/filings/stages';
import { clientTimeline } from '../../models/queries/clientTimeline';
import type { ApiDependencies } from '../dependencies';
import type { Api } from '../endpoint';
import { endpoint } from '../endpoint';
import { IdParams, InstantSchema, pageFields, paginationOf } from '../schemas';
import { requireClient } from './routes';

const common = {
  id: z.string(),
  at: InstantSchema,
  who: z.string().nullable().openapi({ description: 'By name; null for the system' }),
  note: z.string().nullable(),
};

/** One thing that happened with a client, by what kind of thing it is. */
export const TimelineEntrySchema = z
  .discriminatedUnion('kind', [
    z.object({
      ...common,
      kind: z.literal('COMMUNICATION'),
      type: z.enum(COMMUNICATION_TYPES),
      subject: z.string(),
      content: z.string(),
      status: z.enum(COMMUNICATION_STATUSES),
      emailId: z.string().nullable(),
      emailStatus: z.enum(EMAIL_STATUSES).nullable(),
      scheduledAt: InstantSchema.nullable(),
      failureReason: z.string().nullable(),
    }),
    z.object({
      ...common,
      kind: z.literal('EMAIL'),
      subject: z.string(),
      recipientEmail: z.string(),
      status: z.enum(EMAIL_STATUSES),
      deliveredAt: InstantSchema.nullable(),
      failureReason: z.string().nullable(),
      filingKind: z.enum(FILING_KINDS).nullable(),
      filingId: z.string().nullable(),
    }),
    z.object({
      ...common,
      kind: z.literal('MOVE'),
      filingKind: z.enum(FILING_KINDS),
      filingId: z.string(),
      period: z.string(),
      fromStage: z.string().nullable(),
      toStage: z.string(),
      source: z.enum(HISTORY_SOURCES),
    }),
    z.object({
      ...common,
      kind: z.literal('CHANGE'),
      action: z.string(),
      details: z.record(z.string(), z.unknown()).nullable(),
    }),
  ])
  .openapi('TimelineEntry');

/** Everything that happened with a client, as one list. */
export function timelineRoutes(api: Api, { db }: ApiDependencies): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/clients/{id}/timeline',
      tag: 'Clients',
      summary: 'Everything that happened with a client, newest first: communications, e-mails, moves of filings, changes',
      description: 'Narrowed by `kind`; `NOTE` is what somebody wrote a note to.',
      permission: 'see clients',
      params: IdParams,
      query: z.strictObject({ kind: z.enum(TIMELINE_FILTERS).optional(), ...pageFields }),
      data: z.array(TimelineEntrySchema),
      isList: true,
    },
    async ({ params, query, user }) => {
      await requireClient(db, user, params.id);
      const page = await clientTimeline(db, params.id, query);
      const rows = page.rows.map(({ data, ...entry }) => ({ ...data, ...entry }));
      return { data: TimelineEntrySchema.array().parse(rows), pagination: paginationOf(page, query) };
    },
  );
}
