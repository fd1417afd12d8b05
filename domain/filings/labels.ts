import type { FiledTo, Stage, WaitingFor } from './stages';
import { STAGES } from './stages';

/** What people call a stage. */
export const STAGE_LABELS: Record<Stage, string> = {
  PAPERWORK_PENDING_CHASE: 'Records to chase',
  PAPERWORK_CHASED: 'Records chased',
  PAPERWORK_RECEIVED: 'Records received',
  WORK_IN_PROGRESS: 'In progress',
  QUERIES_PENDING: 'Queries with client',
  REVIEW_PENDING_MANAGER: 'Manager review',
  REVIEW_PENDING_PARTNER: 'Partner review',
  EMAILED_TO_PARTNER: 'Emailed to partner',
  EMAILED_TO_CLIENT: 'Emailed to client',
  CLIENT_APPROVED: 'Client approved',
  FILED_TO_HMRC: 'Filed to HMRC',
  MANAGER_DISCUSSION: 'Manager discussion',
  PARTNER_REVIEW: 'Partner review',
  REVIEW_COMPLETED: 'Review completed',
  SENT_TO_CLIENT: 'Sent to client',
  PARTNER_APPROVED: 'Partner approved',
  FILED: 'Filed',
};

export const WAITING_FOR_LABELS: Record<WaitingFor, string> = {
  PERIOD_END: 'Period end',
  CLIENT: 'Client',
  STAFF: 'Staff',
  MANAGER: 'Manager',
  PARTNER: 'Partner',
  NOBODY: 'Nobody',
};

export const FILED_TO_LABELS: Record<FiledTo, string> = {
  COMPANIES_HOUSE: 'Companies House',
  HMRC: 'HMRC',
  CLIENT_SELF_FILING: 'The client files it',
};

/** Receipts in words: "Filed with Companies House and HMRC". */
export function filedWords(filedTo: readonly FiledTo[]): string {
  if (filedTo.includes('CLIENT_SELF_FILING')) return FILED_TO_LABELS.CLIENT_SELF_FILING;
  return `Filed with ${filedTo.map((receipt) => FILED_TO_LABELS[receipt]).join(' and ')}`;
}

/** The milestones of every kind, by the names that their definitions give them. */
const MILESTONE_LABELS: Record<string, string> = {
  chaseStarted: 'chase started',
  paperworkReceived: 'records received',
  workStarted: 'work started',
  workFinished: 'work finished',
  managerDiscussion: 'manager discussion',
  partnerReview: 'partner review',
  reviewCompleted: 'review completed',
  sentToClient: 'sent to client',
  clientApproved: 'client approved',
  partnerApproved: 'partner approved',
  filed: 'filed',
  filedToCompaniesHouse: 'filed to Companies House',
  filedToHMRC: 'filed to HMRC',
  clientSelfFiling: 'the client files it',
};

export function milestoneLabel(name: string): string {
  return MILESTONE_LABELS[name] ?? name;
}

/** What people call a stage, for a text that may be one; anything else stays as it is. */
export function stageLabel(stage: string): string {
  const known = STAGES.find((candidate) => candidate === stage);
  return known ? STAGE_LABELS[known] : stage;
}

const CODES = /\b[A-Z]+(?:_[A-Z]+)*\b/g;

/** A sentence that names stages by their codes, with what people call them instead. */
export function withStageLabels(sentence: string): string {
  return sentence.replaceAll(CODES, (code) => (code.includes('_') || code === 'FILED' ? stageLabel(code) : code));
}
