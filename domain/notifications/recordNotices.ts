import { sendsToClient } from '../approvals/approval';
import { formatDate } from '../calendar/dates';
import type { PlannedReminder, ReminderKind, ReminderRecipient } from '../chasing/reminderKinds';
import type { FilingDefinition } from '../filings/definition';
import { filingName, stageDefinition } from '../filings/definitions';
import { STAGE_LABELS } from '../filings/labels';
import type { FilingRecord } from '../filings/record';
import type { UserRole } from '../people';

/** Who can be told of a filing, all of them active; `assigned` falls back to the client's assignees and is empty without one. */
export interface FilingPeople {
  companyName: string;
  assigned: { id: string; role: UserRole } | null;
  managers: string[];
  partners: string[];
  /** Whose the filing was before it was reassigned by hand. */
  former: string | null;
  /** Whether the client can be written to. */
  canBeMailed: boolean;
  /** What the client wrote with an answer. */
  comment: string | null;
}

/** Something that people are told of a filing; the same thing, by its key, is told each of them once. */
export interface Notice {
  type: string;
  title: string;
  message: string;
  key: string;
  userIds: string[];
}

/** Whether a decision is one that somebody is told of: most are not, and need no look at the people. */
export function isNoticed(definition: FilingDefinition, record: FilingRecord): boolean {
  const { alerts } = record;
  return (
    alerts.length > 0 ||
    isHandedOver(record) ||
    formerAssigneeId(record) !== null ||
    isHandOff(definition, record) ||
    sendsToClient(definition, record)
  );
}

/** Everything that people are told of a decision: alerts that are due, and who has to go on from here. */
export function recordNotices(definition: FilingDefinition, record: FilingRecord, people: FilingPeople): Notice[] {
  const { state, actor, decisionKey, alerts } = record;
  const subject = `${people.companyName} · ${filingName(definition.label, state.period)}`;
  const alertNotices = alerts.map((alert) => ({
    type: alert.kind,
    title: alertTitle(definition, record, alert),
    message: `${subject}: ${alertMessage(record, alert)}`,
    key: [state.filingId, alert.kind, alert.deadline, alert.plannedFor].join('/'),
    userIds: alertRecipients(alert.recipient, people),
  }));
  const moved = [
    ...(isHandedOver(record) ? [handOver(record, subject)] : []),
    ...(people.former === null ? [] : [takenOver(record, subject, people.former)]),
    ...(isHandOff(definition, record) ? [handOff(definition, record, people, subject)] : []),
    ...(sendsToClient(definition, record) && !people.canBeMailed ? [notSent(record, people, subject)] : []),
  ].map((notice) => ({ ...notice, key: [state.filingId, notice.type, decisionKey].join('/') }));
  // Nobody is told what they did themselves, nor twice that the filing is theirs now.
  const handedTo = moved.find(({ type }) => type === 'ASSIGNMENT')?.userIds ?? [];
  const others = moved.map((notice) => ({
    ...notice,
    userIds: notice.userIds.filter(
      (id) =>
        (notice.type === 'APPROVAL_NOT_SENT' || id !== actor.userId) && (notice.type !== 'HAND_OFF' || !handedTo.includes(id)),
    ),
  }));
  return [...alertNotices, ...others].filter(({ userIds }) => userIds.length > 0);
}

type MoveNotice = Omit<Notice, 'key'>;

/** What SYSTEM asks for follows from a change of clients or people, which tells of all that follows at once. */
function isHandedOver({ state, actor, details, action }: FilingRecord): boolean {
  if (actor.role === 'SYSTEM') return false;
  const isAssignment = action === 'FILING_REASSIGNED' || details['assignedUserId'] !== undefined;
  return isAssignment && state.assignee !== null && state.assignee.userId !== actor.userId;
}

function handOver({ state, dueDate, actor }: FilingRecord, subject: string): MoveNotice {
  return {
    type: 'ASSIGNMENT',
    title: 'A filing was assigned to you',
    message: `${subject}, at ${STAGE_LABELS[state.stage]}, due ${formatDate(dueDate)}, was assigned to you by ${actor.name}`,
    userIds: state.assignee ? [state.assignee.userId] : [],
  };
}

/** Whose a filing was that somebody reassigns by hand; null where it was nobody's, or is told with all else that changes. */
export function formerAssigneeId({ action, actor, details }: FilingRecord): string | null {
  if (action !== 'FILING_REASSIGNED' || actor.role === 'SYSTEM') return null;
  const { before } = details;
  if (typeof before !== 'object' || before === null || !('assignedUserId' in before)) return null;
  return typeof before.assignedUserId === 'string' ? before.assignedUserId : null;
}

function takenOver({ state, actor }: FilingRecord, subject: string, former: string): MoveNotice {
  return {
    type: 'ASSIGNMENT',
    title: 'A filing is no longer assigned to you',
    message: `${subject}, at ${STAGE_LABELS[state.stage]}, was assigned to ${state.assignee?.name ?? 'nobody'} by ${actor.name}`,
    userIds: [former],
  };
}

/** A move into a stage in which somebody of the practice has to go on. */
function isHandOff(definition: FilingDefinition, { state, transition }: FilingRecord): boolean {
  if (transition === null || transition.fromStage === transition.toStage || state.outcome !== null) return false;
  const { waitingFor } = stageDefinition(definition, state.stage);
  return waitingFor === 'STAFF' || waitingFor === 'MANAGER' || waitingFor === 'PARTNER';
}

function handOff(definition: FilingDefinition, record: FilingRecord, people: FilingPeople, subject: string): MoveNotice {
  const { state, dueDate, actor, source } = record;
  const userIds = stageRecipients(definition, record, people);
  if (source === 'CLIENT') {
    const isApproved = state.stage === 'CLIENT_APPROVED';
    const comment = people.comment === null ? '' : `: “${people.comment}”`;
    return {
      type: isApproved ? 'CLIENT_APPROVED' : 'CLIENT_ASKED_FOR_CHANGES',
      title: isApproved ? 'The client has approved' : 'The client asks for changes',
      message: `${subject}, due ${formatDate(dueDate)}: ${actor.name} ${isApproved ? 'approved it' : 'asks for changes'}${comment}`,
      userIds,
    };
  }
  return {
    type: 'HAND_OFF',
    title: 'A filing waits for you',
    message: `${subject}, due ${formatDate(dueDate)}, is at ${STAGE_LABELS[state.stage]} now; ${actor.name} moved it`,
    userIds,
  };
}

/** A stage of managers or partners is the assigned person's where they are one; otherwise it is theirs together. */
function stageRecipients(definition: FilingDefinition, { state }: FilingRecord, people: FilingPeople): string[] {
  const { waitingFor } = stageDefinition(definition, state.stage);
  const { assigned, managers, partners } = people;
  if (waitingFor === 'STAFF') return assignedOrElse(people);
  const isTheirs =
    assigned !== null && (assigned.role === 'PARTNER' || (waitingFor === 'MANAGER' && assigned.role === 'MANAGER'));
  if (isTheirs) return [assigned.id];
  return waitingFor === 'MANAGER' && managers.length > 0 ? managers : partners;
}

function notSent({ actor }: FilingRecord, people: FilingPeople, subject: string): MoveNotice {
  return {
    type: 'APPROVAL_NOT_SENT',
    title: 'The client could not be asked for approval',
    message: `${subject}: there is no e-mail address that takes mail. Add or change it, then send the filing to the client again`,
    userIds: [...new Set([...assignedOrElse(people), ...(actor.userId === null ? [] : [actor.userId])])],
  };
}

function assignedOrElse({ assigned, managers, partners }: FilingPeople): string[] {
  if (assigned) return [assigned.id];
  return managers.length > 0 ? managers : partners;
}

function alertRecipients(recipient: ReminderRecipient, people: FilingPeople): string[] {
  switch (recipient) {
    case 'PARTNERS':
      return people.partners;
    case 'ASSIGNED_AND_MANAGERS':
      return [...new Set([...assignedOrElse(people), ...people.managers])];
    default:
      return assignedOrElse(people);
  }
}

const TITLES: Partial<Record<ReminderKind, string>> = {
  ESCALATE_TO_MANAGERS: 'A client does not answer',
  ESCALATE_TO_PARTNERS: 'No records and the deadline is near',
  OVERDUE_ASSIGNED: 'A filing is overdue',
  OVERDUE_PARTNERS: 'A filing is overdue',
  STUCK: 'A filing has not moved',
};

function alertTitle(definition: FilingDefinition, { state }: FilingRecord, { kind, deadline }: PlannedReminder): string {
  if (kind !== 'DEADLINE_WARNING') return TITLES[kind] ?? kind;
  const { label } = definition.deadlines.find(({ name }) => name === deadline) ?? { label: deadline };
  const due = state.dates.deadlines[deadline];
  return `${label} due ${due === undefined ? 'soon' : formatDate(due)}`;
}

function alertMessage({ state, dueDate }: FilingRecord, { kind }: PlannedReminder): string {
  const where = `it is at ${STAGE_LABELS[state.stage]} and due ${formatDate(dueDate)}`;
  if (kind === 'ESCALATE_TO_MANAGERS') return `${state.chase.remindersSent} reminders were sent without an answer; ${where}`;
  if (kind === 'ESCALATE_TO_PARTNERS') return `no records have come; ${where}`;
  if (kind === 'OVERDUE_ASSIGNED' || kind === 'OVERDUE_PARTNERS')
    return `it was due ${formatDate(dueDate)} and is at ${STAGE_LABELS[state.stage]}`;
  return where;
}
