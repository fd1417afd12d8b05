import type { ClientBase, Pool } from 'pg';
import { formatDate } from '../../domain/calendar/dates';
import type { PlannedReminder } from '../../domain/chasing/plan';
import type { ReminderKind, ReminderRecipient } from '../../domain/chasing/reminderKinds';
import type { FilingDefinition } from '../../domain/filings/definition';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingRecord } from '../../domain/filings/record';
import { newId } from '../ids';
import { FILING_TABLES } from './filingTables';

interface NotificationRow {
  id: string;
  userId: string;
  type: string;
  title: string;
  message: string;
  dedupeKey: string;
}

interface People {
  company_name: string;
  assigned: string[];
  managers: string[];
  partners: string[];
}

/** The notifications that a record makes: one per alert and person, and one for somebody who is handed the filing. */
export async function alertNotifications(db: Pool | ClientBase, record: FilingRecord): Promise<NotificationRow[]> {
  const handedTo = newAssignee(record);
  if (record.alerts.length === 0 && handedTo === null) return [];
  const people = await readPeople(db, record);
  const definition = FILING_DEFINITIONS[record.state.kind];
  const subject = `${people.company_name} · ${definition.label} ${record.state.period}`;
  const alerts = record.alerts.flatMap((alert) =>
    recipients(alert.recipient, people).map((userId) => ({
      id: newId(),
      userId,
      type: alert.kind,
      title: alertTitle(definition, record, alert),
      message: `${subject}: ${alertMessage(record, alert)}`,
      dedupeKey: [record.state.filingId, alert.kind, alert.deadline, alert.plannedFor, userId].join('/'),
    })),
  );
  if (handedTo === null) return alerts;
  const handOver = {
    id: newId(),
    userId: handedTo,
    type: 'ASSIGNMENT',
    title: 'A filing was assigned to you',
    message: `${subject}, in ${record.state.stage}, due ${formatDate(record.dueDate)}, was assigned to you by ${record.actor.name}`,
    dedupeKey: [record.state.filingId, 'ASSIGNMENT', record.decisionKey].join('/'),
  };
  return [...alerts, handOver];
}

function newAssignee({ state, actor, details, action }: FilingRecord): string | null {
  const isHandedOver = action === 'FILING_REASSIGNED' || details['assignedUserId'] !== undefined;
  const userId = state.assignee?.userId ?? null;
  return isHandedOver && userId !== null && userId !== actor.userId ? userId : null;
}

/** Active people only; "assigned" falls back to the client's assignee for the kind, its general one, managers, partners. */
async function readPeople(db: Pool | ClientBase, { state }: FilingRecord): Promise<People> {
  const assignment = FILING_TABLES[state.kind].clientAssignment;
  const { rows } = await db.query<People>(
    `WITH staff AS (SELECT id, role FROM users WHERE is_active AND NOT is_system)
     SELECT c.company_name,
       ARRAY(SELECT id FROM staff WHERE id = coalesce(
         (SELECT id FROM staff WHERE id = $2),
         (SELECT id FROM staff WHERE id = c.${assignment}),
         (SELECT id FROM staff WHERE id = c.assigned_user_id))) AS assigned,
       ARRAY(SELECT id FROM staff WHERE role = 'MANAGER') AS managers,
       ARRAY(SELECT id FROM staff WHERE role = 'PARTNER') AS partners
     FROM clients c WHERE c.id = $1`,
    [state.clientId, state.assignee?.userId ?? null],
  );
  const [people] = rows;
  if (!people) throw new Error(`Client ${state.clientId} of filing ${state.filingId} is not in the database`);
  return people;
}

function recipients(recipient: ReminderRecipient, { assigned, managers, partners }: People): string[] {
  const [first = []] = [assigned, managers, partners].filter((group) => group.length > 0);
  switch (recipient) {
    case 'PARTNERS':
      return partners;
    case 'ASSIGNED_AND_MANAGERS':
      return [...new Set([...first, ...managers])];
    default:
      return first;
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
  const where = `it is in ${state.stage} and due ${formatDate(dueDate)}`;
  if (kind === 'ESCALATE_TO_MANAGERS') return `${state.chase.remindersSent} reminders were sent without an answer; ${where}`;
  if (kind === 'ESCALATE_TO_PARTNERS') return `no records have come; ${where}`;
  if (kind === 'OVERDUE_ASSIGNED' || kind === 'OVERDUE_PARTNERS')
    return `it was due ${formatDate(dueDate)} and is in ${state.stage}`;
  return where;
}
