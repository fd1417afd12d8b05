import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { londonInstant } from '../domain/calendar/london';
import type { FilingDefinition } from '../domain/filings/definition';
import type { FilingState } from '../domain/filings/state';
import { dueDate, isOverdue, waitingFor } from '../domain/filings/state';

const FILING_KIND = defineSearchAttributeKey('FilingKind', SearchAttributeType.KEYWORD);
const CLIENT_CODE = defineSearchAttributeKey('ClientCode', SearchAttributeType.KEYWORD);
const CLIENT_NAME = defineSearchAttributeKey('ClientName', SearchAttributeType.KEYWORD);
const PERIOD = defineSearchAttributeKey('Period', SearchAttributeType.KEYWORD);
const STAGE = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);
const ASSIGNED_TO = defineSearchAttributeKey('AssignedTo', SearchAttributeType.KEYWORD);
const WAITING_FOR = defineSearchAttributeKey('WaitingFor', SearchAttributeType.KEYWORD);
const DUE_DATE = defineSearchAttributeKey('DueDate', SearchAttributeType.DATETIME);
const OVERDUE = defineSearchAttributeKey('Overdue', SearchAttributeType.BOOL);
const REMINDERS_SENT = defineSearchAttributeKey('RemindersSent', SearchAttributeType.INT);

/** Every search attribute of a filing; each must be registered in the namespace before a worker starts. */
export const SEARCH_ATTRIBUTES = [
  FILING_KIND,
  CLIENT_CODE,
  CLIENT_NAME,
  PERIOD,
  STAGE,
  ASSIGNED_TO,
  WAITING_FOR,
  DUE_DATE,
  OVERDUE,
  REMINDERS_SENT,
];

/** What the workflow list shows of a filing at this instant (epoch ms); an attribute without a value is null. */
export function searchAttributesOf(definition: FilingDefinition, state: FilingState, now: number): SearchAttributeUpdatePair[] {
  return [
    { key: FILING_KIND, value: definition.kind },
    { key: CLIENT_CODE, value: state.clientCode },
    { key: CLIENT_NAME, value: state.clientName },
    { key: PERIOD, value: state.period },
    { key: STAGE, value: state.stage },
    { key: ASSIGNED_TO, value: state.assignee?.name ?? null },
    { key: WAITING_FOR, value: waitingFor(definition, state, now) },
    { key: DUE_DATE, value: new Date(londonInstant(dueDate(definition, state.dates, state.milestones), '00:00')) },
    { key: OVERDUE, value: isOverdue(definition, state, now) },
    { key: REMINDERS_SENT, value: state.chase.remindersSent },
  ];
}
