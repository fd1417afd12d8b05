import { z } from '@hono/zod-openapi';
import { CORPORATION_TAX_DUE_SOURCES, CORPORATION_TAX_STATUSES } from '../../domain/clients/clientFields';
import { DateSchema, InstantSchema } from '../schemas';

/** A deadline: the date in force beside the computed and the official one, with its source and when it was read. */
export const DeadlineSchema = z
  .object({
    name: z.string(),
    label: z.string(),
    date: z.string().nullable(),
    computed: z.string().nullable(),
    official: z.string().nullable(),
    source: z.string(),
    readAt: InstantSchema.nullable(),
    isMismatch: z.boolean(),
  })
  .openapi('Deadline');

/** Where a client's Corporation Tax stands. A period of account of more than twelve months has two accounting periods. */
export const CorporationTaxSchema = z
  .object({
    status: z.enum(CORPORATION_TAX_STATUSES),
    periodStart: z.string().nullable(),
    periodEnd: z.string().nullable(),
    /** Payment: the date in force, and what it is made of. */
    dueDate: z.string().nullable(),
    dueSource: z.enum(CORPORATION_TAX_DUE_SOURCES),
    computedDueDate: z.string().nullable(),
    manualDueDate: z.string().nullable(),
    returnDueDate: z.string().nullable(),
    periods: z.array(z.object({ start: z.string(), end: z.string(), paymentDue: z.string(), returnFilingDate: z.string() })),
    statusChangedAt: InstantSchema.nullable(),
    statusChangedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  })
  .openapi('CorporationTax');

export const CorporationTaxBody = z
  .strictObject({
    status: z.enum(CORPORATION_TAX_STATUSES),
    dueOverride: DateSchema.nullable().optional(),
    note: z.string().trim().max(500, 'Notes too long').optional(),
  })
  .openapi('CorporationTaxRequest');
