import type { IsoDate } from '../../domain/calendar/dates';
import { addDays, daysBetween } from '../../domain/calendar/dates';
import { londonInstant } from '../../domain/calendar/london';
import { onOrAfter } from '../../domain/calendar/workingDays';
import { DEFAULT_POLICIES } from '../../domain/chasing/policy';
import { decideTransition, moveTo } from '../../domain/filings/decideTransition';
import type { Decision, Transition } from '../../domain/filings/decision';
import type { FilingDates, FilingDefinition, Move, Mover } from '../../domain/filings/definition';
import { FILING_DEFINITIONS, finalStage, stageDefinition, stageIndex } from '../../domain/filings/definitions';
import type { Actor } from '../../domain/filings/messages';
import { SYSTEM_ACTOR } from '../../domain/filings/records';
import type { FilingState } from '../../domain/filings/state';
import type { Random } from './random';

/** One move of a filing's life as it was made up. */
export interface SeedMove {
  transition: Transition;
  actor: Actor;
  /** Epoch ms. */
  at: number;
}

/** How a filing's life is made up. */
export interface Walk {
  random: Random;
  /** Nothing has happened on this day or later. */
  today: IsoDate;
  bankHolidays: readonly IsoDate[];
  /** Who makes a move that this role may make. */
  moverOf: (mover: Mover) => Actor;
  isFiled?: boolean | undefined;
}

const PERCENT_IN_TIME = 92;
const PERCENT_CHASED = 65;
const PAPERWORK_SHARE = 0.45;
/** Longer than any weekend with bank holidays. */
const DAYS_SINCE_FILED = 8;
const OPENS_MINUTES = 8 * 60;
/** Later stages come later in the day, so that moves of one day are in order. */
const MINUTES_APART = 50;

/** Moves a filing that has just been opened on, as people and reminders would have by now; every move is one that the rules allow. */
export function walkFiling(opened: FilingState, walk: Walk): { state: FilingState; moves: SeedMove[] } {
  const definition = FILING_DEFINITIONS[opened.kind];
  const calendar = calendarOf(definition, opened, walk);
  const isChased = walk.random.chance(PERCENT_CHASED);
  const moves: SeedMove[] = [];
  let state = opened;
  while (state.outcome === null) {
    const move = nextMove(definition, state, isChased, walk.random);
    const date = calendar(move);
    if (date >= walk.today || (walk.isFiled === false && move.to === finalStage(definition))) break;
    const at = instantOf(definition, move, date, walk.random);
    const isReminder = move.to === 'PAPERWORK_CHASED';
    const actor = isReminder ? SYSTEM_ACTOR : walk.moverOf(move.by);
    const decision = isReminder ? moveTo(definition, state, move.to, actor, at) : askFor(definition, state, move, actor, at);
    if (!decision.applied || !decision.transition) throw new Error(`The sample filing may not go to ${move.to}`);
    moves.push({ transition: decision.transition, actor, at });
    state = decision.state;
    if (isReminder)
      state = withReminders(definition, state, date, calendar({ to: 'PAPERWORK_RECEIVED', by: 'STAFF' }), walk.today);
  }
  return { state, moves };
}

function nextMove(definition: FilingDefinition, { stage }: FilingState, isChased: boolean, random: Random): Move {
  const onward = stageDefinition(definition, stage).moves.filter(
    ({ to }) => stageIndex(definition, to) > stageIndex(definition, stage),
  );
  const [first, ...others] = onward;
  if (!first) throw new RangeError(`Nothing comes after ${stage}`);
  if (stage === 'PAPERWORK_PENDING_CHASE') return onward.find(({ to }) => (to === 'PAPERWORK_CHASED') === isChased) ?? first;
  return random.pick([first, ...others]);
}

function askFor(definition: FilingDefinition, state: FilingState, { to }: Move, actor: Actor, at: number): Decision {
  const filedTo =
    to === finalStage(definition) ? { filedTo: definition.receipts.filter((to) => to !== 'CLIENT_SELF_FILING') } : {};
  return decideTransition(definition, state, { requestId: '', stage: to, actor, ...filedTo }, at);
}

/** On which day a move is made: getting the paperwork takes nearly half of the time to the deadline, for some more than that. */
function calendarOf(definition: FilingDefinition, { dates }: FilingState, walk: Walk): (move: Move) => IsoDate {
  const { periodEnd } = dates;
  const days = daysNeeded(dates, walk);
  const firstReminder = addDays(periodEnd, DEFAULT_POLICIES[definition.policyKind].firstReminderAfterDays);
  const rules = { workingDaysOnly: true, bankHolidays: walk.bankHolidays };
  const received = stageIndex(definition, 'PAPERWORK_RECEIVED');
  const last = definition.stages.length - 1;
  return ({ to }) => {
    if (to === 'PAPERWORK_CHASED') return onOrAfter(firstReminder, rules);
    const worked = (stageIndex(definition, to) - received) / (last - received);
    const date = addDays(periodEnd, Math.floor(days * (PAPERWORK_SHARE + (1 - PAPERWORK_SHARE) * worked)));
    return onOrAfter(date > firstReminder ? date : firstReminder, rules);
  };
}

/** How long everything takes, from the end of the period to its being filed. */
function daysNeeded({ periodEnd, deadlines }: FilingDates, { random, today, isFiled }: Walk): number {
  const due = Object.values(deadlines).reduce((a, b) => (a < b ? a : b));
  const percent = random.chance(PERCENT_IN_TIME) ? random.integer(35, 95) : random.integer(110, 250);
  const needed = Math.floor((daysBetween(periodEnd, due) * percent) / 100);
  const passed = daysBetween(periodEnd, today);
  if (isFiled) return Math.min(needed, passed - DAYS_SINCE_FILED);
  const stillToGo = Math.floor((passed * random.integer(105, 300)) / 100);
  return isFiled === false ? Math.max(needed, stillToGo) : needed;
}

function instantOf(definition: FilingDefinition, { to }: Move, date: IsoDate, random: Random): number {
  if (to === 'PAPERWORK_CHASED') return londonInstant(date, DEFAULT_POLICIES[definition.policyKind].sendTime);
  const minutes = OPENS_MINUTES + MINUTES_APART * stageIndex(definition, to) + random.integer(0, MINUTES_APART - 10);
  return Date.parse(`${date}T00:00Z`) + minutes * 60_000;
}

/** The reminders that went out from the first one until the paperwork came, or until today. */
function withReminders(
  { policyKind }: FilingDefinition,
  state: FilingState,
  first: IsoDate,
  received: IsoDate,
  today: IsoDate,
): FilingState {
  const { reminderEveryDays } = DEFAULT_POLICIES[policyKind];
  const until = received < today ? received : today;
  const more = Math.max(Math.ceil(daysBetween(first, until) / reminderEveryDays) - 1, 0);
  const lastReminderOn = addDays(first, more * reminderEveryDays);
  return { ...state, chase: { ...state.chase, remindersSent: more + 1, lastReminderOn } };
}
