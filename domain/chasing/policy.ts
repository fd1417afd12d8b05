import type { IsoDate } from '../calendar/dates';

/** How a kind of filing is chased; every field can be set per practice and per client. Days are calendar days unless named otherwise. */
export interface ChasePolicy {
  /** After the period's end. */
  firstReminderAfterDays: number;
  reminderEveryDays: number;
  /** Shorter intervals nearer the deadline, both ends inclusive. */
  closer: { withinDays: number; everyDays: number }[];
  afterDeadlineEveryDays: number;
  escalateToManagersAfterReminders: number;
  escalateToPartnersDaysBefore: number;
  /** While queries or approval wait for the client. */
  clientReminderEveryWorkingDays: number;
  stuckAfterDays: number;
  warningDaysBefore: number[];
  /** London, HH:MM. */
  sendTime: string;
  /** Until when a late message still goes out the same day; a time that is not after sendTime means the end of the day. */
  lastSendTime: string;
  workingDaysOnly: boolean;
}

export const POLICY_KINDS = ['VAT', 'LTD'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

export const DEFAULT_POLICIES: Record<PolicyKind, ChasePolicy> = {
  VAT: {
    firstReminderAfterDays: 1,
    reminderEveryDays: 7,
    closer: [
      { withinDays: 14, everyDays: 3 },
      { withinDays: 7, everyDays: 1 },
    ],
    afterDeadlineEveryDays: 7,
    escalateToManagersAfterReminders: 3,
    escalateToPartnersDaysBefore: 7,
    clientReminderEveryWorkingDays: 3,
    stuckAfterDays: 5,
    warningDaysBefore: [30, 14, 7, 3, 1, 0],
    sendTime: '09:00',
    lastSendTime: '18:00',
    workingDaysOnly: true,
  },
  LTD: {
    firstReminderAfterDays: 7,
    reminderEveryDays: 14,
    closer: [
      { withinDays: 60, everyDays: 7 },
      { withinDays: 21, everyDays: 2 },
    ],
    afterDeadlineEveryDays: 7,
    escalateToManagersAfterReminders: 4,
    escalateToPartnersDaysBefore: 30,
    clientReminderEveryWorkingDays: 5,
    stuckAfterDays: 14,
    warningDaysBefore: [90, 60, 30, 14, 7, 3, 1, 0],
    sendTime: '09:00',
    lastSendTime: '18:00',
    workingDaysOnly: true,
  },
};

/** The policy in force for a filing, with what the plan needs beside it. */
export interface ChaseRules {
  policy: ChasePolicy;
  version: number;
  /** England and Wales, around the filing's period. */
  bankHolidays: IsoDate[];
}

/** Which policy changed: a practice's, or the one of a client. */
export interface ChasePolicyRollout {
  policyKind: PolicyKind;
  clientId: string | null;
  version: number;
}

/** Limits of the policy's numbers; the API's schema and the workflow's own check derive from them. */
export const POLICY_LIMITS = {
  firstReminderAfterDays: { min: 0, max: 365 },
  reminderEveryDays: { min: 1, max: 365 },
  afterDeadlineEveryDays: { min: 1, max: 365 },
  escalateToManagersAfterReminders: { min: 1, max: 100 },
  escalateToPartnersDaysBefore: { min: 0, max: 365 },
  clientReminderEveryWorkingDays: { min: 1, max: 60 },
  stuckAfterDays: { min: 1, max: 365 },
} as const satisfies Partial<Record<keyof ChasePolicy, { min: number; max: number }>>;

export const MAX_WARNINGS = 20;
export const MAX_CLOSER_STEPS = 10;
export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

type NumericField = keyof typeof POLICY_LIMITS;

/** Whether a value from outside is a whole policy within its limits: a signal sent by hand may carry anything. */
export function isChasePolicy(value: unknown): value is ChasePolicy {
  if (typeof value !== 'object' || value === null) return false;
  const policy: Partial<Record<keyof ChasePolicy, unknown>> = value;
  const numericFields = Object.keys(POLICY_LIMITS).filter((field): field is NumericField => field in POLICY_LIMITS);
  return (
    numericFields.every((field) => isWithin(policy[field], POLICY_LIMITS[field])) &&
    Array.isArray(policy.closer) &&
    policy.closer.length <= MAX_CLOSER_STEPS &&
    policy.closer.every(isCloserStep) &&
    Array.isArray(policy.warningDaysBefore) &&
    policy.warningDaysBefore.length <= MAX_WARNINGS &&
    policy.warningDaysBefore.every((days) => isWithin(days, { min: 0, max: 365 })) &&
    isTimeOfDay(policy.sendTime) &&
    isTimeOfDay(policy.lastSendTime) &&
    typeof policy.workingDaysOnly === 'boolean'
  );
}

function isCloserStep(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const step: { withinDays?: unknown; everyDays?: unknown } = value;
  return isWithin(step.withinDays, { min: 0, max: 365 }) && isWithin(step.everyDays, { min: 1, max: 365 });
}

function isWithin(value: unknown, limits: { min: number; max: number }): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= limits.min && value <= limits.max;
}

function isTimeOfDay(value: unknown): boolean {
  return typeof value === 'string' && TIME_OF_DAY.test(value);
}
