import { londonDateOf, londonInstant } from '../../../domain/calendar/london';
import type { PlannedReminder } from '../../../domain/chasing/reminderKinds';
import { planChasing } from '../../../domain/chasing/plan';
import type { ChasePolicy, ChaseRules, PolicyKind } from '../../../domain/chasing/policy';
import { DEFAULT_POLICIES } from '../../../domain/chasing/policy';
import { FILING_DEFINITIONS } from '../../../domain/filings/definitions';
import type { FilingState } from '../../../domain/filings/state';

/** England and Wales, as gov.uk lists them. */
export const BANK_HOLIDAYS = [
  '2023-12-25 2023-12-26 2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26',
  '2024-12-25 2024-12-26 2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25',
].flatMap((line) => line.split(' '));

/** The default policy of a kind, or one that differs from it. */
export function rulesOf(kind: PolicyKind, changes: Partial<ChasePolicy> = {}): ChaseRules {
  return { policy: { ...DEFAULT_POLICIES[kind], ...changes }, version: 1, bankHolidays: BANK_HOLIDAYS };
}

/** The plan of a filing as of a date and time of day in London. */
export function planAt(state: FilingState, rules: ChaseRules, when: string): PlannedReminder[] {
  return planChasing(FILING_DEFINITIONS[state.kind], state, rules, at(when));
}

/** Epoch ms of `YYYY-MM-DD HH:MM` in London. */
export function at(when: string): number {
  const [date = '', time = '00:00'] = when.split(' ');
  return londonInstant(date, time);
}

/** The dates of the rows of a kind: of warnings those about one deadline. */
export function datesOf(plan: readonly PlannedReminder[], kind: string, deadline = ''): string[] {
  return plan.filter((row) => row.kind === kind && row.deadline === deadline).map(({ plannedFor }) => plannedFor);
}

/** Whether an instant lies on the date for which its row is planned. */
export function isOnItsDate({ plannedFor, plannedAt }: PlannedReminder): boolean {
  return londonDateOf(plannedAt) === plannedFor;
}
