import * as fc from 'fast-check';
import { addDays, addMonths, dayOfWeek } from '../../../domain/calendar/dates';
import { londonInstant } from '../../../domain/calendar/london';
import { planChasing, reminderKey } from '../../../domain/chasing/plan';
import type { ChasePolicy, ChaseRules } from '../../../domain/chasing/policy';
import { isChasePolicy } from '../../../domain/chasing/policy';
import { afterAlerts, afterClientEmail, dueReminders, nextReminder, replan } from '../../../domain/chasing/reminders';
import { sendInstant } from '../../../domain/chasing/sendWindow';
import type { FilingDefinition } from '../../../domain/filings/definition';
import { finalStage, stageDefinition } from '../../../domain/filings/definitions';
import type { FilingState } from '../../../domain/filings/state';
import { dates, timesOfDay } from '../arbitraries';
import { LTD, makeState, VAT } from '../filings/exampleFilings';
import { BANK_HOLIDAYS, isOnItsDate, rulesOf } from './exampleChasing';

const days = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

const policies: fc.Arbitrary<ChasePolicy> = fc.record({
  firstReminderAfterDays: days(0, 60),
  reminderEveryDays: days(1, 60),
  closer: fc.array(fc.record({ withinDays: days(0, 90), everyDays: days(1, 30) }), { maxLength: 4 }),
  afterDeadlineEveryDays: days(1, 30),
  escalateToManagersAfterReminders: days(1, 10),
  escalateToPartnersDaysBefore: days(0, 90),
  clientReminderEveryWorkingDays: days(1, 20),
  stuckAfterDays: days(1, 60),
  warningDaysBefore: fc.array(days(0, 120), { maxLength: 8 }),
  sendTime: timesOfDay(),
  lastSendTime: timesOfDay(),
  workingDaysOnly: fc.boolean(),
});

interface Case {
  definition: FilingDefinition;
  state: FilingState;
  rules: ChaseRules;
  now: number;
}

/** Any filing of 2024 under any policy, looked at at any time of that year and the next. */
const cases: fc.Arbitrary<Case> = fc.constantFrom(VAT, LTD).chain((definition) => {
  const stages = definition.stages.map(({ stage }) => stage).filter((stage) => stage !== finalStage(definition));
  return fc
    .record({
      stage: fc.constantFrom(...stages),
      periodEnd: dates('2024-01-01', '2024-12-31'),
      policy: policies,
      today: dates('2024-01-01', '2025-08-31'),
      time: timesOfDay(),
      enteredDaysAgo: days(0, 200),
      remindersSent: days(0, 12),
      lastReminderOn: fc.option(dates('2024-01-01', '2025-06-30')),
      paused: fc.option(fc.record({ until: fc.option(dates('2024-01-01', '2025-12-31')) })),
    })
    .map(({ stage, periodEnd, policy, today, time, enteredDaysAgo, remindersSent, lastReminderOn, paused }) => {
      const base = makeState(definition);
      const deadlines = Object.fromEntries(
        definition.deadlines.map(({ name }, index) => [name, addMonths(periodEnd, definition === VAT ? 1 : 9 + index)]),
      );
      const state: FilingState = {
        ...base,
        stage,
        stageEnteredAt: londonInstant(addDays(today, -enteredDaysAgo), '12:00'),
        dates: { ...base.dates, periodEnd, deadlines },
        chase: { ...base.chase, remindersSent, lastReminderOn },
        paused,
      };
      return { definition, state, rules: { policy, version: 1, bankHolidays: BANK_HOLIDAYS }, now: londonInstant(today, time) };
    });
});

it('policies that are tried are policies', () => {
  fc.assert(fc.property(policies, (policy) => isChasePolicy(policy)));
});

it('nothing is planned for a day off, nor in the past, nor away from its date', () => {
  fc.assert(
    fc.property(cases, ({ definition, state, rules, now }) => {
      for (const row of planChasing(definition, state, rules, now)) {
        const isDayOff = dayOfWeek(row.plannedFor) > 5 || BANK_HOLIDAYS.includes(row.plannedFor);
        expect(rules.policy.workingDaysOnly && isDayOff).toBe(false);
        expect(row.plannedAt).toBe(sendInstant(rules, row.plannedFor));
        expect(isOnItsDate(row)).toBe(true);
        // Planned for today or later, or late today and going at once.
        expect(nextReminder([row], rules, now)?.at).toBeGreaterThanOrEqual(now);
      }
    }),
    { numRuns: 200 },
  );
});

it('a plan is in order, names no row twice and has an end', () => {
  fc.assert(
    fc.property(cases, ({ definition, state, rules, now }) => {
      const plan = planChasing(definition, state, rules, now);
      expect(plan.map(({ plannedAt }) => plannedAt)).toEqual(plan.map(({ plannedAt }) => plannedAt).toSorted((a, b) => a - b));
      expect(new Set(plan.map(reminderKey)).size).toBe(plan.length);
      expect(plan.length).toBeLessThan(800);
    }),
    { numRuns: 200 },
  );
});

it('the client hears of a filing only where something is awaited from it, and not while chasing is paused', () => {
  fc.assert(
    fc.property(cases, ({ definition, state, rules, now }) => {
      const plan = planChasing(definition, state, rules, now);
      const toClient = plan.filter(({ recipient }) => recipient === 'CLIENT');
      const { chases } = stageDefinition(definition, state.stage);
      if (chases === undefined || (state.paused && state.paused.until === null)) expect(toClient).toEqual([]);
      else expect(toClient.length).toBeGreaterThan(0);
      const until = state.paused?.until;
      for (const { plannedFor } of toClient) expect(plannedFor >= (until ?? plannedFor)).toBe(true);
      const numbers = toClient.map(({ number }) => number ?? 0);
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    }),
    { numRuns: 200 },
  );
});

it('planning again changes nothing', () => {
  fc.assert(
    fc.property(cases, ({ definition, state, rules, now }) => {
      const once = replan(definition, state, rules, now);
      expect(replan(definition, once, rules, now)).toEqual(once);
    }),
    { numRuns: 150 },
  );
});

it('a year of timers sends nothing twice, nothing on a day off, and one e-mail a day to the client', () => {
  const defaults = fc.constantFrom({ definition: VAT, rules: rulesOf('VAT') }, { definition: LTD, rules: rulesOf('LTD') });
  fc.assert(
    fc.property(defaults, dates('2024-01-01', '2024-12-31'), ({ definition, rules }, today) => {
      let now = londonInstant(today, '10:30');
      let state = replan(definition, makeState(definition), rules, now);
      const sent = new Set<string>();
      const clientDays = new Set<string>();
      for (let step = 0; step < 60; step += 1) {
        const next = nextReminder(state.plan, rules, now);
        if (!next) throw new Error('an open filing always has something planned');
        now = Math.max(next.at, now + 1);
        const { clientEmail, alerts } = dueReminders(state.plan, rules, now);
        for (const row of [...(clientEmail ? [clientEmail] : []), ...alerts]) {
          expect(sent).not.toContain(reminderKey(row));
          sent.add(reminderKey(row));
          expect(dayOfWeek(row.plannedFor)).toBeLessThan(6);
        }
        if (clientEmail) {
          const day = new Date(now).toISOString().slice(0, 10);
          expect(clientDays).not.toContain(day);
          clientDays.add(day);
          state = afterClientEmail(definition, state, rules, clientEmail.plannedFor, now).state;
        }
        state = replan(definition, afterAlerts(state, alerts, now), rules, now);
      }
      expect(clientDays.size).toBeGreaterThan(0);
    }),
    { numRuns: 20 },
  );
});
