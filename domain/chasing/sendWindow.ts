import type { IsoDate } from '../calendar/dates';
import { addDays } from '../calendar/dates';
import { londonDateOf, londonInstant } from '../calendar/london';
import { isWorkingDay, onOrAfter } from '../calendar/workingDays';
import type { ChaseRules } from './policy';

/** The rules of working days that a policy asks for. */
export function dayRules(rules: ChaseRules): { workingDaysOnly: boolean; bankHolidays: readonly IsoDate[] } {
  return { workingDaysOnly: rules.policy.workingDaysOnly, bankHolidays: rules.bankHolidays };
}

/** The instant (epoch ms) at which messages planned for this date go out. */
export function sendInstant(rules: ChaseRules, date: IsoDate): number {
  return londonInstant(date, rules.policy.sendTime);
}

/** Whether a message that is late may go out at this instant (epoch ms). */
export function isWithinSendWindow(rules: ChaseRules, now: number): boolean {
  const today = londonDateOf(now);
  return isWorkingDay(today, dayRules(rules)) && now >= sendInstant(rules, today) && now <= endOfWindow(rules, today);
}

/** The first date, from this instant (epoch ms) on, on which a message can still go out. */
export function firstSendDate(rules: ChaseRules, now: number): IsoDate {
  const today = londonDateOf(now);
  return onOrAfter(now <= endOfWindow(rules, today) ? today : addDays(today, 1), dayRules(rules));
}

/** When a message planned for this instant (epoch ms) goes out, seen from `now`: late ones at once within the window, else at the next send time. */
export function fireInstant(rules: ChaseRules, plannedAt: number, now: number): number {
  if (plannedAt > now) return plannedAt;
  if (isWithinSendWindow(rules, now)) return now;
  return sendInstant(rules, firstSendDate(rules, now));
}

function endOfWindow(rules: ChaseRules, date: IsoDate): number {
  const { sendTime, lastSendTime } = rules.policy;
  return lastSendTime > sendTime ? londonInstant(date, lastSendTime) : londonInstant(addDays(date, 1), '00:00') - 1;
}
