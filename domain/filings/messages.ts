import type { IsoDate } from '../calendar/dates';
import type { UserRole } from '../people';
import type { ChasePolicy } from '../chasing/policy';
import type { Authority, FiledTo } from './stages';

/** How the filing is the actor's own, as the API checked it when the request was made. */
export const RELATIONS = ['assigned', 'clientAssignee', 'chaseTeam', 'none'] as const;
export type Relation = (typeof RELATIONS)[number];

export const ACTOR_ROLES = ['PARTNER', 'MANAGER', 'STAFF', 'SYSTEM', 'CLIENT'] as const;
export type ActorRole = UserRole | 'SYSTEM' | 'CLIENT';

/** Who asks for something. `userId` is null for someone who is not a user. */
export interface Actor {
  userId: string | null;
  name: string;
  role: ActorRole;
  relation: Relation;
}

interface Request {
  /** Id of the stored request, and of the history row that it makes. */
  requestId: string;
  actor: Actor;
}

export interface StageTransition extends Request {
  stage: string;
  expectedStage?: string;
  assignedUserId?: string;
  assignedUserName?: string;
  filedTo?: FiledTo[];
  rejectedBy?: Authority[];
  /** Whether the practice has every review passed by somebody who did not do the work. */
  needsSecondPerson?: boolean;
  /** Whether a note is stored with the request. */
  hasNote?: boolean;
  /** A note given in a signal by hand, which has no stored request. */
  notes?: string;
}

/** How a client answers what was sent for approval. */
export const CLIENT_DECISIONS = ['approved', 'changes'] as const;
export type ClientDecisionName = (typeof CLIENT_DECISIONS)[number];

export interface ClientDecision extends Request {
  sendingId: string;
  /** The sequence that the filing had when it was sent: an answer to an earlier sending no longer counts. */
  sequence?: number;
  decision: ClientDecisionName;
}

export interface Reassign extends Request {
  assignedUserId: string | null;
  name: string | null;
}

export interface PauseChasing extends Request {
  until?: IsoDate;
}

export type ResumeChasing = Request;
export type ChaseNow = Request;
export interface CancelFiling extends Request {
  /** The reason, given in a signal by hand, which has no stored request. */
  notes?: string;
}

export interface Reopen extends Request {
  hasNote?: boolean;
  rejectedBy?: Authority[];
}

export interface DeadlinesChanged extends Request {
  source: string;
  periodStart?: IsoDate;
  periodEnd?: IsoDate;
  deadlines?: Record<string, IsoDate>;
  corporationTaxRequired?: boolean;
}

export interface ChasePolicyChanged {
  version: number;
  policy: ChasePolicy;
}

/** Every message that a person, the client or the practice's own rollout sends to a filing, by its signal's name. */
export interface FilingMessages {
  stageTransition: StageTransition;
  clientDecision: ClientDecision;
  reassign: Reassign;
  pauseChasing: PauseChasing;
  resumeChasing: ResumeChasing;
  chaseNow: ChaseNow;
  deadlinesChanged: DeadlinesChanged;
  cancelFiling: CancelFiling;
  reopen: Reopen;
  chasePolicyChanged: ChasePolicyChanged;
}

export type FilingMessageName = keyof FilingMessages;

/** What each message does, as the Temporal UI shows it. */
export const MESSAGE_DESCRIPTIONS: Record<FilingMessageName, string> = {
  stageTransition:
    'Moves the filing to another stage: {requestId, stage, expectedStage?, notes?, actor: {userId, name, role, relation}}',
  clientDecision: 'The client approved, or asked for changes',
  reassign: 'Hands the filing to somebody, or to nobody',
  pauseChasing: 'Stops reminders to the client, until a date or until resumed; warnings go on',
  resumeChasing: 'Starts reminders to the client again',
  chaseNow: 'Sends the client a reminder at once',
  deadlinesChanged: 'Moves the period’s end or a deadline, and plans the reminders anew',
  cancelFiling: 'Ends the filing without filing it',
  reopen: 'Opens a filing that has ended again',
  chasePolicyChanged: 'Plans the reminders anew by another policy',
};

export const FILING_MESSAGE_NAMES = Object.keys(MESSAGE_DESCRIPTIONS).filter(isMessageName);

/** Whether a signal is one that a filing knows. */
export function isMessageName(name: string): name is FilingMessageName {
  return Object.hasOwn(MESSAGE_DESCRIPTIONS, name);
}

/** The messages that are stored as filing requests before they are sent. */
export const REQUEST_TYPES = [
  'stageTransition',
  'clientDecision',
  'reassign',
  'pauseChasing',
  'resumeChasing',
  'chaseNow',
  'deadlinesChanged',
  'cancelFiling',
  'reopen',
] as const satisfies readonly FilingMessageName[];
export type RequestType = (typeof REQUEST_TYPES)[number];

export type FilingMessage = { [Name in FilingMessageName]: { name: Name; body: FilingMessages[Name] } }[FilingMessageName];
