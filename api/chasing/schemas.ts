import { z } from '@hono/zod-openapi';
import { MAX_CLOSER_STEPS, MAX_WARNINGS, POLICY_LIMITS, TIME_OF_DAY } from '../../domain/chasing/policy';

const MOST_DAYS = 365;

const days = z.int().min(0).max(MOST_DAYS);
const within = ({ min, max }: { min: number; max: number }) => z.int().min(min).max(max);
const time = z.string().regex(TIME_OF_DAY, 'Must be a time like 09:00');

const PolicySchema = z
  .strictObject({
    firstReminderAfterDays: within(POLICY_LIMITS.firstReminderAfterDays),
    reminderEveryDays: within(POLICY_LIMITS.reminderEveryDays),
    closer: z.array(z.strictObject({ withinDays: days, everyDays: days.min(1) })).max(MAX_CLOSER_STEPS),
    afterDeadlineEveryDays: within(POLICY_LIMITS.afterDeadlineEveryDays),
    escalateToManagersAfterReminders: within(POLICY_LIMITS.escalateToManagersAfterReminders),
    escalateToPartnersDaysBefore: within(POLICY_LIMITS.escalateToPartnersDaysBefore),
    clientReminderEveryWorkingDays: within(POLICY_LIMITS.clientReminderEveryWorkingDays),
    stuckAfterDays: within(POLICY_LIMITS.stuckAfterDays),
    warningDaysBefore: z.array(days).max(MAX_WARNINGS),
    sendTime: time,
    lastSendTime: time,
    workingDaysOnly: z.boolean(),
  })
  .openapi('ChasePolicy');

/** A change of a policy: fields that are left out stay as they are. */
export const PolicyChangeBody = PolicySchema.partial()
  .extend({ dryRun: z.boolean().optional() })
  .refine((change) => Object.keys(change).some((field) => field !== 'dryRun'), 'Name at least one field');

const NextReminderSchema = z.object({ kind: z.string(), plannedFor: z.string(), plannedAt: z.string() }).openapi('NextReminder');

const PreviewSchema = z
  .object({
    filings: z.array(
      z.object({
        filingId: z.string(),
        clientId: z.string(),
        clientCode: z.string(),
        companyName: z.string().nullable(),
        period: z.string(),
        nextReminderBefore: NextReminderSchema.nullable(),
        nextReminderAfter: NextReminderSchema.nullable(),
        dropped: z.int(),
        added: z.int(),
      }),
    ),
    unchanged: z.int(),
  })
  .openapi('ChasePolicyPreview');

/** The policy in force, or as it would be with what that would do to the filings in flight. */
export const PolicyAnswerSchema = PolicySchema.extend({
  version: z.int(),
  isClientsOwn: z.boolean(),
  preview: PreviewSchema.optional(),
}).openapi('VersionedChasePolicy');
