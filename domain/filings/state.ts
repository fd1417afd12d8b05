import type { IsoDate } from '../calendar/dates';
import { londonDateOf } from '../calendar/london';
import type { PlannedReminder } from '../chasing/reminderKinds';
import type { FilingDates, FilingDefinition } from './definition';
import { stageDefinition, stageIndex } from './definitions';
import type { FilingKind, Stage, WaitingFor } from './stages';

/** A milestone as reached: when (epoch ms) and by whom. `userId` is null for someone the database does not know. */
export interface Milestone {
  at: number;
  userId: string | null;
  userName: string;
}

export interface Assignee {
  userId: string;
  name: string;
}

/** What chasing has done so far; the plan of what comes next is derived from it. */
export interface ChaseProgress {
  remindersSent: number;
  /** Date for which the last paperwork reminder was planned; the next one is counted from it. */
  lastReminderOn: IsoDate | null;
  /** The same for reminders about queries or approval, since the stage was entered. */
  lastClientReminderOn: IsoDate | null;
  /** Reminders about queries or approval since the stage was entered. */
  clientRemindersSent?: number;
  /** The client had its one e-mail of the day: nothing goes to it before this date. */
  noClientEmailBefore: IsoDate | null;
  /** Last date of each staff alert, by kind and deadline: one that went out is not planned again. */
  lastAlertOn: Record<string, IsoDate>;
}

/** Everything a filing's workflow knows of its filing, as JSON; a snapshot is kept in the row with every recorded change. */
export interface FilingState {
  kind: FilingKind;
  filingId: string;
  clientId: string;
  clientCode: string;
  /** Null where the practice keeps client names out of Temporal. */
  clientName: string | null;
  period: string;
  stage: Stage;
  /** Epoch ms. */
  stageEnteredAt: number;
  milestones: Record<string, Milestone>;
  assignee: Assignee | null;
  dates: FilingDates;
  /** Counts history rows. */
  sequence: number;
  /** Counts recorded changes of the row. */
  revision: number;
  paused: { until: IsoDate | null } | null;
  chase: ChaseProgress;
  plan: PlannedReminder[];
  outcome: 'FILED' | 'CANCELLED' | null;
  /** The ids of the last requests that were decided, so that a signal that arrives twice has one effect. */
  decidedRequestIds: string[];
}

/** A pause holds until its date, exclusive; without one until it is resumed. */
export function isPaused(state: FilingState, today: IsoDate): boolean {
  return state.paused !== null && (state.paused.until === null || today < state.paused.until);
}

/** The earliest filing deadline that is not yet met; the last one when all are. */
export function dueDate(definition: FilingDefinition, dates: FilingDates, milestones: Record<string, Milestone>): IsoDate {
  const dated = definition.deadlines
    .filter((deadline) => deadline.isFilingDeadline && (dates.corporationTaxRequired || !deadline.forCorporationTax))
    .flatMap((deadline) => {
      const date = dates.deadlines[deadline.name];
      return date === undefined ? [] : [{ date, met: milestones[deadline.metBy] !== undefined }];
    })
    .toSorted((a, b) => a.date.localeCompare(b.date));
  const next = dated.find((deadline) => !deadline.met) ?? dated[dated.length - 1];
  if (!next) throw new RangeError(`${definition.label} filing has no deadline`);
  return next.date;
}

/** Whom the filing waits for at this instant (epoch ms). */
export function waitingFor(definition: FilingDefinition, state: FilingState, now: number): WaitingFor {
  if (state.outcome !== null) return 'NOBODY';
  const stage = stageDefinition(definition, state.stage);
  if (stage.chases === 'PAPERWORK' && londonDateOf(now) <= state.dates.periodEnd) return 'PERIOD_END';
  return stage.waitingFor;
}

/** Whether the filing's due date has passed in London at this instant (epoch ms) and it is still open. */
export function isOverdue(definition: FilingDefinition, state: FilingState, now: number): boolean {
  return state.outcome === null && londonDateOf(now) > dueDate(definition, state.dates, state.milestones);
}

/** Whether chase team members count a filing at this stage as theirs: while its paperwork is being gathered. */
export function isPaperworkStage(definition: FilingDefinition, stage: Stage): boolean {
  return stageIndex(definition, stage) <= stageIndex(definition, 'PAPERWORK_RECEIVED');
}

const KEPT_REQUEST_IDS = 500;

/** Adds a decided request to those that are known; the oldest are forgotten in the end. */
export function withDecided(decidedRequestIds: readonly string[], requestId: string): string[] {
  return [...decidedRequestIds, requestId].slice(-KEPT_REQUEST_IDS);
}
