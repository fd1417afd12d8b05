import { z } from '@hono/zod-openapi';
import { REMINDER_KINDS, REMINDER_RECIPIENTS } from '../../domain/chasing/reminderKinds';
import { DEADLINE_COLOURS } from '../../domain/reports/deadlineColour';
import type { DeadlineKind } from '../../domain/reports/deadlineKinds';
import { DEADLINE_KINDS, deadlineRoute } from '../../domain/reports/deadlineKinds';
import { REMINDER_OUTCOMES } from '../../domain/reports/reminderOutcome';
import { PAPERWORK_STATES } from '../../models/queries/reports/chaseEffectiveness';
import { InstantSchema } from '../schemas';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS, STAGES, WAITING_FOR } from '../../domain/filings/stages';

const StageSchema = z.enum(STAGES);
const KindSchema = z.enum(FILING_KINDS);

/** A kind as the paths of the API name it. */
const RouteSchema = z
  .enum(Object.values(FILING_DEFINITIONS).map(({ route }) => route))
  .transform((route): FilingKind | undefined => FILING_KINDS.find((kind) => FILING_DEFINITIONS[kind].route === route));

/** By what every report can be narrowed down. */
export const filterFields = {
  kind: RouteSchema.optional(),
  clientId: z.string().max(50).optional(),
  assignedUserId: z.string().max(50).optional(),
};

/** By what deadlines can be narrowed down: also by what no filing follows. */
export const deadlineFilterFields = {
  ...filterFields,
  kind: z
    .enum(DEADLINE_KINDS.map(deadlineRoute))
    .transform((route): DeadlineKind | undefined => DEADLINE_KINDS.find((kind) => deadlineRoute(kind) === route))
    .optional(),
};

/** Several stages with commas between them. */
export const StagesSchema = z
  .string()
  .transform((stages) => stages.split(','))
  .pipe(z.array(StageSchema))
  .openapi({ type: 'string', example: 'WORK_IN_PROGRESS,QUERIES_PENDING' });

/** The filing that a row of a report is about. */
const filingFields = {
  kind: KindSchema,
  filingId: z.string(),
  period: z.string(),
  clientId: z.string(),
  clientCode: z.string(),
  companyName: z.string(),
};

/** Who has it. */
const assigneeFields = {
  assignedUserId: z.string().nullable(),
  assignedUserName: z.string().nullable(),
};

export const WorkloadSchema = z
  .object({
    kind: KindSchema,
    userId: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    count: z.int(),
    overdue: z.int(),
  })
  .openapi('Workload');

const DeadlineSchema = z
  .object({
    ...filingFields,
    kind: z.enum(DEADLINE_KINDS),
    /** Null where no filing follows it: it is the client's. */
    filingId: z.string().nullable(),
    ...assigneeFields,
    deadline: z.string(),
    label: z.string(),
    date: z.string(),
    daysLeft: z.int(),
    isMet: z.boolean(),
    colour: z.enum(DEADLINE_COLOURS),
    stage: StageSchema.nullable(),
  })
  .openapi('Deadline');

export const DeadlineDaySchema = z.object({ date: z.string(), deadlines: z.array(DeadlineSchema) }).openapi('DeadlineDay');

export const OverdueSchema = z
  .object({
    ...filingFields,
    ...assigneeFields,
    dueDate: z.string(),
    daysOverdue: z.int(),
    stage: StageSchema,
    waitingFor: z.enum(WAITING_FOR),
    daysInStage: z.int(),
    remindersSent: z.int(),
  })
  .openapi('OverdueFiling');

export const StageCountSchema = z
  .object({ kind: KindSchema, stage: StageSchema, count: z.int(), overdue: z.int() })
  .openapi('StageCount');

export const TimeInStageSchema = z
  .object({
    kind: KindSchema,
    stage: StageSchema,
    userId: z.string().nullable(),
    userName: z.string().nullable(),
    moves: z.int(),
    medianDays: z.number(),
    percentile90Days: z.number(),
  })
  .openapi('TimeInStage');

const ChaseSchema = z
  .object({
    id: z.string(),
    ...filingFields,
    ...assigneeFields,
    reminder: z.enum(REMINDER_KINDS),
    deadline: z.string(),
    number: z.int().nullable(),
    recipient: z.enum(REMINDER_RECIPIENTS),
    plannedFor: z.string(),
    plannedAt: InstantSchema,
    policyVersion: z.int(),
    status: z.enum(REMINDER_OUTCOMES),
    reason: z.string().nullable(),
    explanation: z.string().nullable(),
    sentAt: InstantSchema.nullable(),
    emailId: z.string().nullable(),
  })
  .openapi('Chase');

export const ChasesSchema = z
  .object({
    date: z.string(),
    totals: z.object({ planned: z.int(), sent: z.int(), suppressed: z.int(), outstanding: z.int() }),
    items: z.array(ChaseSchema),
  })
  .openapi('ChasesOfDay');

export const EffectivenessSchema = z
  .object({
    kind: KindSchema,
    paperwork: z.enum(PAPERWORK_STATES),
    reminders: z.int(),
    filings: z.int(),
    medianDays: z.number().nullable(),
  })
  .openapi('ChaseEffectiveness');
