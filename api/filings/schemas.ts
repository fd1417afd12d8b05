import { z } from '@hono/zod-openapi';
import type { FilingDefinition } from '../../domain/filings/definition';
import { HISTORY_SOURCES } from '../../domain/filings/historySources';
import { AUTHORITIES, FILED_TO, FILING_KINDS, WAITING_FOR } from '../../domain/filings/stages';
import { REQUEST_STATUSES } from '../../domain/filings/requestStatuses';
import { FILING_SORTS } from '../../models/queries/filingList';
import { SORT_ORDERS } from '../../models/queries/page';
import { bulkIds, dryRun } from '../bulk';
import { AssignedUserSchema } from '../clients/schemas';
import { DateSchema, FlagSchema, InstantSchema, pageFields } from '../schemas';

const MAX_DAYS = 3650;

export const NotesSchema = z.string().max(500, 'Notes too long');
export const ReasonSchema = z.string().trim().min(1, 'Say why').max(500, 'Reason too long');
export const UserIdSchema = z.cuid('Invalid user ID');

const figureText = z.string().trim().min(1).max(100);

/** What the client sees on the page on which they approve: it goes with a move that sends the filing to them. */
export const ApprovalContentSchema = z
  .strictObject({
    note: z.string().trim().min(1).max(2000, 'Note too long').optional(),
    figures: z
      .array(z.strictObject({ label: figureText, value: figureText }))
      .min(1)
      .max(30)
      .optional(),
    attachmentUrl: z
      .url({ protocol: /^https$/, message: 'Must be an https address' })
      .max(2000)
      .optional(),
  })
  .openapi('ApprovalContent');

/** The stages of a kind, as a schema. */
function stageSchema({ stages }: FilingDefinition) {
  return z.enum(stages.map(({ stage }) => stage));
}

/** The body of a transition of a kind: what data-models.md calls VATQuarterUpdate, and what the move may need besides. */
export function transitionBody(definition: FilingDefinition) {
  const stage = stageSchema(definition);
  return z.strictObject({
    stage,
    notes: NotesSchema.optional(),
    assignedUserId: UserIdSchema.optional(),
    expectedStage: stage.optional(),
    filedTo: z.array(z.enum(definition.receipts)).min(1).max(definition.receipts.length).optional(),
    rejectedBy: z.array(z.enum(AUTHORITIES)).min(1).max(AUTHORITIES.length).optional(),
    approval: ApprovalContentSchema.optional(),
  });
}

/** What a list of filings can be narrowed by; `assignedUserId` takes an id, `me` or `none` as well. */
function filterFields(definition: FilingDefinition) {
  return {
    stage: stageSchema(definition).optional(),
    clientId: z.string().max(50).optional(),
    assignedUserId: z.string().max(50).optional(),
    dueWithinDays: z.coerce.number().int().min(0).max(MAX_DAYS).optional(),
    dueMonth: z
      .string()
      .regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/, 'Must be a month like 2024-05')
      .optional(),
    overdue: FlagSchema.optional(),
    waitingFor: z.enum(WAITING_FOR).optional(),
    waitsForMe: FlagSchema.optional(),
    stuck: FlagSchema.optional(),
    isCompleted: FlagSchema.optional(),
    isCancelled: FlagSchema.optional(),
    search: z.string().max(200).optional(),
  };
}

/** The filter of a query with `me` and `none` as what they mean for the caller. */
export function filterOf<Query extends { assignedUserId?: string | undefined }>(
  query: Query,
  userId: string,
): Omit<Query, 'assignedUserId'> & { assignedUserId?: string | null | undefined } {
  const { assignedUserId } = query;
  if (assignedUserId === 'none') return { ...query, assignedUserId: null };
  return { ...query, assignedUserId: assignedUserId === 'me' ? userId : assignedUserId };
}

export function filingFilterQuery(definition: FilingDefinition) {
  return z.strictObject(filterFields(definition));
}

export const FilingCountsSchema = z
  .object({
    total: z.int(),
    all: z.int(),
    mine: z.int(),
    unassigned: z.int(),
    overdue: z.int(),
    byStage: z.array(z.object({ stage: z.string(), count: z.int() })),
    byMonth: z.array(z.object({ month: z.string(), count: z.int() })),
  })
  .openapi('FilingCounts');

const sortFields = {
  sortBy: z.enum(FILING_SORTS).default('filingDueDate'),
  sortOrder: z.enum(SORT_ORDERS).default('asc'),
};

export function filingListQuery(definition: FilingDefinition) {
  return z.strictObject({ ...filterFields(definition), ...sortFields, ...pageFields });
}

/** All rows of a list, in its order. */
export function filingExportQuery(definition: FilingDefinition) {
  return z.strictObject({ ...filterFields(definition), ...sortFields });
}

export const OpenVatQuarterBody = z
  .strictObject({
    clientId: z.string().min(1).max(50),
    quarterPeriod: z.string().regex(/^\d{4}-(Q[1-4]|M(0[1-9]|1[0-2])|YE)$/, 'Must be a period like 2024-Q1, 2024-M03 or 2024-YE'),
  })
  .openapi('OpenVatQuarterRequest');

export const OpenLtdAccountsBody = z
  .strictObject({ clientId: z.string().min(1).max(50), filingPeriodStart: DateSchema, filingPeriodEnd: DateSchema })
  .openapi('OpenLtdAccountsRequest');

export function bulkTransitionBody(definition: FilingDefinition) {
  return z.strictObject({
    ids: bulkIds,
    stage: stageSchema(definition),
    notes: NotesSchema.optional(),
    dryRun,
  });
}

export const BulkReassignBody = z.strictObject({ ids: bulkIds, userId: UserIdSchema.nullable(), dryRun });

/** What every kind of filing shows; each has its milestones and dates besides, with the names of data-models.md. */
export const FilingSchema = z
  .looseObject({
    id: z.string(),
    clientId: z.string(),
    currentStage: z.string(),
    isCompleted: z.boolean(),
    isCancelled: z.boolean(),
    assignedUserId: z.string().nullable(),
    filingDueDate: z.string(),
    workflowId: z.string(),
    sequence: z.int(),
    waitingFor: z.enum(WAITING_FOR),
    remindersSent: z.int(),
    client: z.looseObject({ id: z.string(), clientCode: z.string(), companyName: z.string() }),
    assignedUser: AssignedUserSchema,
    daysLeft: z.int().nullable(),
    daysInStage: z.int(),
    isOverdue: z.boolean(),
    stageEnteredAt: InstantSchema,
    isChasingPaused: z.boolean(),
    chasingPausedUntil: DateSchema.nullable(),
    /** Of the next e-mail to the client. */
    nextReminderAt: InstantSchema.nullable(),
    cancelReason: z.string().nullable(),
    /** Of a VAT period. */
    quarterPeriod: z.string().optional(),
    quarterStartDate: DateSchema.optional(),
    quarterEndDate: DateSchema.optional(),
    quarterGroup: z.string().optional(),
    /** Of the accounts. */
    filingPeriodStart: DateSchema.optional(),
    filingPeriodEnd: DateSchema.optional(),
    accountsDueDate: DateSchema.optional(),
    ctDueDate: DateSchema.optional(),
    ctSecondDueDate: DateSchema.nullable().optional(),
    ctReturnDueDate: DateSchema.optional(),
  })
  .openapi('Filing');

/** A filing in brief, as its client shows it. */
export const ClientFilingSchema = z
  .object({
    kind: z.enum(FILING_KINDS),
    route: z.string(),
    id: z.string(),
    period: z.string(),
    periodStart: z.string(),
    periodEnd: z.string(),
    currentStage: z.string(),
    filingDueDate: z.string(),
    daysLeft: z.int().nullable(),
    isCompleted: z.boolean(),
    isCancelled: z.boolean(),
    assignedUserId: z.string().nullable(),
    workflowId: z.string(),
  })
  .openapi('ClientFiling');

export const FilingRequestSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    kind: z.enum(FILING_KINDS),
    filingId: z.string(),
    status: z.enum(REQUEST_STATUSES),
    code: z.string().nullable(),
    reason: z.string().nullable(),
    createdAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
  })
  .openapi('FilingRequest');

/** One move, as the history keeps it. */
export const FilingHistorySchema = z
  .looseObject({
    transitionId: z.string(),
    sequence: z.int(),
    fromStage: z.string().nullable(),
    toStage: z.string(),
    stageChangedAt: InstantSchema,
    daysInPreviousStage: z.int().nullable(),
    userName: z.string().nullable(),
    userRole: z.string().nullable(),
    notes: z.string().nullable(),
    source: z.enum(HISTORY_SOURCES),
    filedTo: z.array(z.enum(FILED_TO)).nullable(),
    rejectedBy: z.array(z.enum(AUTHORITIES)).nullable(),
  })
  .openapi('FilingHistory');

/** Something of a filing that was changed besides its stage. */
export const FilingChangeSchema = z
  .object({
    id: z.string(),
    at: InstantSchema,
    who: z.string().nullable(),
    action: z.string(),
    details: z.record(z.string(), z.unknown()).nullable(),
    note: z.string().nullable(),
  })
  .openapi('FilingChange');
