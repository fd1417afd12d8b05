import type { Pool } from 'pg';
import type { PlannedReminder } from '../../domain/chasing/reminderKinds';
import { reminderKey } from '../../domain/chasing/plan';
import type { KeptRecord } from '../../domain/filings/keptRecord';
import type { FilingRecord } from '../../domain/filings/record';
import { quietRecord } from '../../domain/filings/records';
import type { RecordContext } from '../../domain/filings/records';
import type { FilingState } from '../../domain/filings/state';
import { outstandingReminders } from '../../models/filings/outstandingReminders';
import { recordDecision } from '../../models/filings/recordDecision';
import { skipRecords } from '../../models/filings/skipRecords';
import { withKnownUsers } from './knownUsers';

/** A decision that a run of a filing's workflow had committed. */
export interface RememberedRecord {
  runId: string;
  record: KeptRecord;
}

/** Where a filing's row is to be brought. */
export interface LiveFiling {
  runId: string;
  state: FilingState;
  context: Pick<RecordContext, 'definition' | 'rules'>;
}

/**
 * Commits again, in their order and under the guard of every recording, the decisions that a row has lost; gives how many. The last
 * one carries the plan of now. A reminder whose fate was lost is suppressed, for it may have been sent; nobody is told a second time.
 */
export async function bringForward(
  db: Pool,
  revision: number,
  remembered: readonly RememberedRecord[],
  live: LiveFiling,
): Promise<number> {
  const { kind, filingId } = live.state;
  const outstanding = await outstandingReminders(db, filingId);
  const missing = inOrder(remembered, revision, live.state.revision);
  let at = revision;
  for (const { runId, record } of missing) {
    const { sequence, stage } = record.state;
    const before = record.transition ? { sequence: sequence - 1, stage: record.transition.fromStage } : { sequence, stage };
    if (record.state.revision > at + 1) await skipRecords(db, kind, filingId, { ...before, revision: record.state.revision - 1 });
    at = record.state.revision;
    const isLast = at === live.state.revision;
    await commit(db, runId, isLast ? settled(record, live, outstanding) : passing(record, live, outstanding));
  }
  if (at < live.state.revision) await commitLiveState(db, live, outstanding);
  return missing.length;
}

/** Later runs repeat what a reset took over from earlier ones: the first that committed a revision counts. */
function inOrder(remembered: readonly RememberedRecord[], after: number, upTo: number): RememberedRecord[] {
  const byRevision = new Map<number, RememberedRecord>();
  for (const one of remembered) {
    const { revision } = one.record.state;
    if (revision > after && revision <= upTo && !byRevision.has(revision)) byRevision.set(revision, one);
  }
  return [...byRevision.values()].toSorted((a, b) => a.record.state.revision - b.record.state.revision);
}

function passing(record: KeptRecord, { state }: LiveFiling, plan: PlannedReminder[]): FilingRecord {
  const { decidedRequestIds } = state;
  return { ...record, state: { ...record.state, plan, decidedRequestIds }, ledger: { settle: [], add: [] }, alerts: [] };
}

function settled(record: KeptRecord, { state }: LiveFiling, outstanding: readonly PlannedReminder[]): FilingRecord {
  return { ...record, state, ledger: ledgerTo(state, outstanding), alerts: [] };
}

/** The last decision is remembered by nobody: the row takes the workflow's state over as it is. */
async function commitLiveState(db: Pool, { runId, state, context }: LiveFiling, outstanding: PlannedReminder[]): Promise<void> {
  const { kind, filingId, revision, sequence, stage } = state;
  await skipRecords(db, kind, filingId, { revision: revision - 1, sequence, stage });
  const before = { ...state, revision: revision - 1 };
  const record = quietRecord({ ...context, before, now: Date.now() }, 'reconciled', {});
  await commit(db, runId, { ...record, state, ledger: ledgerTo(state, outstanding), alerts: [] });
}

function ledgerTo({ plan }: FilingState, outstanding: readonly PlannedReminder[]): FilingRecord['ledger'] {
  const [planned, known] = [new Set(plan.map(reminderKey)), new Set(outstanding.map(reminderKey))];
  const lost = outstanding.filter((row) => !planned.has(reminderKey(row)));
  return {
    settle: lost.map(({ kind, deadline, plannedFor }) => ({
      kind,
      deadline,
      plannedFor,
      status: 'SUPPRESSED',
      reason: 'LOST_IN_RESTORE',
    })),
    add: plan.filter((row) => !known.has(reminderKey(row))),
  };
}

async function commit(db: Pool, runId: string, record: FilingRecord): Promise<void> {
  const { status } = await recordDecision(db, runId, await withKnownUsers(db, record));
  if (status === 'RECORDED') return;
  const { filingId, revision } = record.state;
  throw new Error(`${filingId} could not be brought to revision ${revision} (${status}): run db:reconcile again`);
}
