import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import { SYSTEM_USER_ID } from '../../domain/people';
import type { HistoryEntry } from '../../domain/filings/historyEntry';
import type { EndedFiling } from '../../models/filings/historyExports';
import { filingsToExport, keepHistory } from '../../models/filings/historyExports';
import { inTransaction } from '../../models/transaction';
import type { Logger } from '../../settings/logger';
import { logActivity } from '../audit/logActivity';
import { describeEvents } from './describeEvents';
import { chained, headOf } from './historyChain';
import type { ReadEvent } from './readEvents';
import { readEvents } from './readEvents';

interface Dependencies {
  db: Pool;
  /** Of the filings' namespace. */
  temporal: Client;
  logger: Logger;
}

/** How many histories were kept, and how many filings that have ended are left for the next time. */
export interface ExportResult {
  kept: number;
  left: number;
}

/**
 * Keeps the histories of filings that have ended, in plain language and chained, at most so many. Safe to repeat and to stop at any
 * line: a filing counts as done in the transaction that keeps its history.
 */
export async function exportHistories({ db, temporal, logger }: Dependencies, limit: number): Promise<ExportResult> {
  const filings = await filingsToExport(db, limit);
  let kept = 0;
  for (const filing of filings) {
    try {
      if (await exportHistory(db, temporal, filing)) kept += 1;
    } catch (error) {
      logger.warn({ workflowId: filing.workflowId, cause: String(error) }, 'A history was not kept: it is tried again');
    }
  }
  return { kept, left: filings.length - kept };
}

/** Keeps the history of one filing; false while its last run has not closed. */
async function exportHistory(db: Pool, temporal: Client, filing: EndedFiling): Promise<boolean> {
  const entries = await readHistory(temporal, filing);
  if (entries === null) return false;
  const headHash = headOf(entries);
  await inTransaction(db, async (client) => {
    if (!(await keepHistory(client, filing, entries, headHash))) return;
    const { kind, filingId, clientId, workflowId, runId } = filing;
    await logActivity(client, {
      action: 'FILING_HISTORY_EXPORTED',
      userId: SYSTEM_USER_ID,
      clientId,
      details: { filingKind: kind, filingId, workflowId, runId, entries: entries.length, headHash },
    });
  });
  return true;
}

/** Every run of the filing's workflow up to the one that ended it, oldest first; null while that one has not closed. */
async function readHistory(temporal: Client, { workflowId, runId }: EndedFiling): Promise<HistoryEntry[] | null> {
  const last = await readEvents(temporal, workflowId, runId);
  if (last && !hasClosed(last)) return null;
  const earlier: ReadEvent[][] = [];
  for (const earlierRunId of await runsBefore(temporal, workflowId, runId)) {
    earlier.push((await readEvents(temporal, workflowId, earlierRunId)) ?? []);
  }
  return chained([...earlier, last ?? []].flatMap(describeEvents));
}

async function runsBefore(temporal: Client, workflowId: string, runId: string): Promise<string[]> {
  const runs: { runId: string; startTime: Date }[] = [];
  for await (const run of temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(run);
  const ordered = runs.toSorted((a, b) => a.startTime.getTime() - b.startTime.getTime()).map((run) => run.runId);
  const last = ordered.indexOf(runId);
  return last === -1 ? ordered : ordered.slice(0, last);
}

function hasClosed(events: readonly ReadEvent[]): boolean {
  const { event } = events[events.length - 1] ?? {};
  return Boolean(
    event?.workflowExecutionCompletedEventAttributes ??
    event?.workflowExecutionFailedEventAttributes ??
    event?.workflowExecutionTerminatedEventAttributes ??
    event?.workflowExecutionCanceledEventAttributes ??
    event?.workflowExecutionTimedOutEventAttributes,
  );
}
