import type { IsoDate } from '../calendar/dates';
import type { PolicyKind } from '../chasing/policy';
import type { Authority, FiledTo, FilingKind, Stage, WaitingFor } from './stages';

/** The least powerful role that may make a move; whose own the filing must be is decided in permissions.ts. */
export type Mover = 'STAFF' | 'MANAGER' | 'PARTNER';

export interface Move {
  to: Stage;
  by: Mover;
}

/** What is chased while a filing is in a stage: the records for the work, or the client's answer. */
export type ChaseTopic = 'PAPERWORK' | 'QUERIES' | 'APPROVAL';

export interface StageDefinition {
  stage: Stage;
  /** Who works on the stage: may move it on, and alone may correct it when it is a partner's. */
  mover: Mover;
  moves: readonly Move[];
  waitingFor: WaitingFor;
  chases?: ChaseTopic;
}

/** A point of a filing's life whose first time is kept in the row (date, user id, user name). */
export interface MilestoneDefinition {
  name: string;
  /** The stages that reach it, earliest first; empty where only `filedTo` reaches it. */
  reachedBy: readonly Stage[];
  /** The receipt that reaches it, in a move to the last stage. */
  filedTo?: FiledTo;
  /** What an authority has received is cleared only when that authority rejected it. */
  keptUntilRejectedBy?: Authority;
}

export interface DeadlineDefinition {
  /** Key in FilingDates.deadlines; also the column's camelCase name. */
  name: string;
  label: string;
  /** The milestone that meets it. */
  metBy: string;
  /** Whether it makes the filing's due date, or is only warned of beside it. */
  isFilingDeadline: boolean;
  /** Falls away where Corporation Tax is NOT_REQUIRED. */
  forCorporationTax?: boolean;
  /** Falls away where the period has twelve months or fewer. */
  ofLongPeriods?: boolean;
}

/** A kind of filing, as data: what the engine, the schema, the API and the pages derive everything from. */
export interface FilingDefinition {
  kind: FilingKind;
  label: string;
  /** What the pages call many of them. */
  title: string;
  /** What a client calls it. */
  clientLabel: string;
  /** Path segment of the API and prefix of search. */
  route: string;
  /** The function of workflows/index that runs it. */
  workflowType: string;
  workflowIdPrefix: string;
  /** The chase policy that applies; each kind has its own. */
  policyKind: PolicyKind;
  stages: readonly StageDefinition[];
  milestones: readonly MilestoneDefinition[];
  /** The milestones whose user did the work that is reviewed; of each group the first one that is reached. */
  workMilestones: readonly (readonly string[])[];
  deadlines: readonly DeadlineDefinition[];
  /** Which receipts the move to the last stage may name; the move needs them only when `filedToRequired`. */
  receipts: readonly FiledTo[];
  filedToRequired: boolean;
}

/** The dates of one filing, all calendar dates. */
export interface FilingDates {
  periodStart: IsoDate;
  periodEnd: IsoDate;
  deadlines: Record<string, IsoDate>;
  corporationTaxRequired: boolean;
}
