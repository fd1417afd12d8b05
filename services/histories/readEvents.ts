import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** An event of a run, with its payloads read. */
export interface ReadEvent {
  runId: string;
  eventId: number;
  /** ISO instant. */
  at: string;
  event: HistoryEvent;
  /** The one line that the workflow gave to a timer or an activity. */
  summary: string | null;
  /** What came with it: a signal's or a workflow's arguments, an activity's or a workflow's result. */
  values: unknown[];
}

/** The events of a run, oldest first; null where Temporal has it no more. */
export async function readEvents(client: Client, workflowId: string, runId: string): Promise<ReadEvent[] | null> {
  try {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    return await Promise.all((events ?? []).map((event) => readEvent(client, runId, event)));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

async function readEvent(client: Client, runId: string, event: HistoryEvent): Promise<ReadEvent> {
  const [summary] = await readPayloads(client, event.userMetadata?.summary ? [event.userMetadata.summary] : []);
  return {
    runId,
    eventId: Number(event.eventId ?? 0),
    at: new Date(event.eventTime ? tsToMs(event.eventTime) : 0).toISOString(),
    event,
    summary: typeof summary === 'string' ? summary : null,
    values: await readPayloads(client, payloadsOf(event)),
  };
}

function payloadsOf(event: HistoryEvent): Payload[] {
  const payloads =
    event.workflowExecutionSignaledEventAttributes?.input?.payloads ??
    event.activityTaskCompletedEventAttributes?.result?.payloads ??
    event.workflowExecutionCompletedEventAttributes?.result?.payloads ??
    event.markerRecordedEventAttributes?.details?.['result']?.payloads ??
    [];
  return payloads;
}

async function readPayloads(client: Client, payloads: Payload[]): Promise<unknown[]> {
  const { payloadCodecs, payloadConverter } = client.options.loadedDataConverter;
  let decoded = payloads;
  for (const codec of payloadCodecs) decoded = await codec.decode(decoded);
  return decoded.map((payload) => {
    try {
      return payloadConverter.fromPayload(payload);
    } catch {
      // A signal that was sent by hand may hold anything.
      return undefined;
    }
  });
}
