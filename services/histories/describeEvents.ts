import { explainSuppression } from '../../domain/chasing/suppression';
import { FILING_MESSAGE_NAMES, MESSAGE_DESCRIPTIONS } from '../../domain/filings/messages';
import type { HistoryEntry } from '../../domain/filings/historyEntry';
import { temporal } from '@temporalio/proto';
import type { ReadEvent } from './readEvents';

const { EventType } = temporal.api.enums.v1;
const SYSTEM = 'System';
const LOCAL_ACTIVITY = 'core_local_activity';

type Described = Pick<HistoryEntry, 'who' | 'what'>;

/** What a run's events mean to a reader who knows nothing of Temporal; what only drives the engine is left out. */
export function describeEvents(events: readonly ReadEvent[]): Omit<HistoryEntry, 'hash'>[] {
  const summaries = new Map(events.map(({ eventId, summary }) => [eventId, summary]));
  return events.flatMap((read) => {
    const described = describe(read, (eventId) => summaries.get(Number(eventId)) ?? 'a task');
    if (!described) return [];
    const { runId, eventId, at } = read;
    return [{ runId, eventId, at, ...described }];
  });
}

function describe(read: ReadEvent, summaryOf: (eventId: unknown) => string): Described | null {
  const { event, values, summary } = read;
  const bySystem = (what: string): Described => ({ who: SYSTEM, what });
  switch (event.eventType) {
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
      return bySystem(
        event.workflowExecutionStartedEventAttributes?.continuedExecutionRunId
          ? 'The history had grown long: it goes on in a new run'
          : `The filing was taken up: ${summary ?? 'no summary'}`,
      );
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
      return describeSignal(event.workflowExecutionSignaledEventAttributes?.signalName ?? '', values[0]);
    case EventType.EVENT_TYPE_MARKER_RECORDED:
      return describeMarker(read);
    case EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
      return null;
    case EventType.EVENT_TYPE_TIMER_STARTED:
      return bySystem(`Waits until ${endOfTimer(read)} for: ${summary ?? 'a timer'}`);
    case EventType.EVENT_TYPE_TIMER_FIRED:
      return bySystem(`The time has come for: ${summaryOf(event.timerFiredEventAttributes?.startedEventId)}`);
    case EventType.EVENT_TYPE_TIMER_CANCELED:
      return bySystem(`No longer waits for: ${summaryOf(event.timerCanceledEventAttributes?.startedEventId)}`);
    case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
      return bySystem(`Begins: ${summary ?? 'a task'}`);
    case EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
      return bySystem(`Done: ${summaryOf(event.activityTaskCompletedEventAttributes?.scheduledEventId)}${outcomeOf(values[0])}`);
    case EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED: {
      const { scheduledEventId, failure } = event.activityTaskFailedEventAttributes ?? {};
      return bySystem(`Failed: ${summaryOf(scheduledEventId)}: ${failure?.message ?? 'no reason given'}`);
    }
    case EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT:
      return bySystem(`Ran out of time: ${summaryOf(event.activityTaskTimedOutEventAttributes?.scheduledEventId)}`);
    case EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
      return bySystem(
        `A worker could not go on: ${event.workflowTaskFailedEventAttributes?.failure?.message ?? 'the workflow was reset'}`,
      );
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED:
      return {
        who: 'Temporal UI',
        what: `Asked to cancel the filing${reasonOf(event.workflowExecutionCancelRequestedEventAttributes?.cause)}`,
      };
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
      return bySystem(`The filing ended: ${endingOf(values[0])}`);
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:
      return bySystem(
        `The workflow failed: ${event.workflowExecutionFailedEventAttributes?.failure?.message ?? 'no reason given'}`,
      );
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED: {
      const { identity, reason } = event.workflowExecutionTerminatedEventAttributes ?? {};
      return { who: identity ?? 'unknown', what: `Terminated the workflow${reasonOf(reason)}` };
    }
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
      return bySystem('The history had grown long: a new run takes over');
    default:
      return null;
  }
}

function describeSignal(name: string, body: unknown): Described {
  const actor = field(body, 'actor');
  const who = `${text(field(actor, 'name')) ?? (name === 'chasePolicyChanged' ? SYSTEM : 'unknown')}${roleOf(field(actor, 'role'))}`;
  if (name === 'stageTransition') {
    const note = field(body, 'hasNote') === true ? ', with a note' : '';
    return { who, what: `Asked to move the filing to ${text(field(body, 'stage')) ?? 'an unreadable stage'}${note}` };
  }
  const known = FILING_MESSAGE_NAMES.find((message) => message === name);
  return { who, what: known ? `Asked: ${MESSAGE_DESCRIPTIONS[known]}` : 'Sent a message that the filing does not know' };
}

function describeMarker({ event, values, summary }: ReadEvent): Described | null {
  const { markerName, failure } = event.markerRecordedEventAttributes ?? {};
  if (markerName !== LOCAL_ACTIVITY) return null;
  if (failure) return { who: SYSTEM, what: `Failed: ${summary ?? 'a task'}: ${failure.message ?? 'no reason given'}` };
  const isLeft = text(field(values[0], 'status')) === 'LATER';
  return {
    who: SYSTEM,
    what: isLeft ? `Left for later: ${summary ?? 'a task'}` : `Done: ${summary ?? 'a task'}${outcomeOf(values[0])}`,
  };
}

/** An instant in the words of the list: UTC, to the minute. */
function endOfTimer({ at, event }: ReadEvent): string {
  const seconds = Number(event.timerStartedEventAttributes?.startToFireTimeout?.seconds ?? 0);
  return `${new Date(Date.parse(at) + seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What a task gave: its status, unless that goes without saying, why a reminder was not sent, and how e-mails ended that were tried with it. */
function outcomeOf(result: unknown): string {
  const status = text(field(result, 'status'));
  if (status === 'NOT_SENT') return ` (not sent: ${whyUnsent(result)})`;
  const emails = field(result, 'emails');
  const ended = Array.isArray(emails) ? emails.map((email: unknown) => text(field(email, 'status')) ?? 'unknown') : [];
  const told = ended.map((email) => `, e-mail to the client (${email})`).join('');
  return `${status === undefined || status === 'RECORDED' ? '' : ` (${status})`}${told}`;
}

/** A reminder by hand does not move to another day where one of that day is on its way, so this is not what the ledger says of others. */
function whyUnsent(result: unknown): string {
  if (text(field(result, 'outcome')) === 'dayTaken') return 'An e-mail to the client was made already that day';
  return explainSuppression(text(field(result, 'reason')) ?? 'no reason given');
}

function endingOf(result: unknown): string {
  return `${text(field(result, 'outcome')) ?? 'unknown'} at ${text(field(result, 'stage')) ?? 'an unknown stage'}`;
}

function reasonOf(reason: string | null | undefined): string {
  return reason ? `: ${reason}` : '';
}

function roleOf(role: unknown): string {
  return typeof role === 'string' && role !== 'SYSTEM' ? ` (${role.toLowerCase()})` : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
