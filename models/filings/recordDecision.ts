import type { ClientBase, Pool, QueryConfig } from 'pg';
import { DatabaseError } from 'pg';
import { sendsToClient } from '../../domain/approvals/approval';
import { carriedCorporationTax } from '../../domain/clients/corporationTax';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingRecord, RecordResult } from '../../domain/filings/record';
import type { FilingKind } from '../../domain/filings/stages';
import type { FilingState } from '../../domain/filings/state';
import { SYSTEM_USER_ID } from '../../domain/people';
import { newId } from '../ids';
import { filingRow } from './filingColumns';
import { FILING_TABLES } from './filingTables';
import { recordNotifications } from './recordNotifications';
import { recordStatement } from './recordStatement';

const STATEMENTS: Partial<Record<string, string>> = {};

/** What became of an attempt to commit a decision, before e-mails are looked for. */
export type CommitResult =
  | Exclude<RecordResult, { status: 'RECORDED' }>
  | { status: 'RECORDED'; state?: FilingState; decidedAt?: number; clientName?: string };

/**
 * Commits one decision of a filing's workflow; safe to repeat. Everything it changes is in one transaction: that of the
 * connection, or one of its own on a pool. Throws what PostgreSQL throws, but for a user that does not exist.
 */
export async function recordDecision(db: Pool | ClientBase, runId: string, record: FilingRecord): Promise<CommitResult> {
  const { kind } = record.state;
  const parameters = await recordParameters(db, runId, record);
  try {
    const values = [JSON.stringify(parameters)];
    const [row] = (await db.query<{ clientName: string }>({ ...statementFor(kind, parameters), values })).rows;
    if (!row) return await explainRefusal(db, runId, record);
    const { clientName } = record.state;
    // Null where names are not to be shown to Temporal.
    const isRenamed = clientName !== null && clientName !== row.clientName;
    return { status: 'RECORDED', ...(isRenamed ? { clientName: row.clientName } : {}) };
  } catch (error) {
    const who = unknownUser(error);
    if (who) return { status: 'UNKNOWN_USER', who };
    if (error instanceof DatabaseError && error.constraint?.endsWith('_client_start')) return { status: 'PERIOD_TAKEN' };
    throw error;
  }
}

/** The statement for a decision's parameters. Named, so that each connection plans it once: planning takes several times as long as carrying it out. */
function statementFor(kind: FilingKind, { notifications, sending }: RecordParameters): Pick<QueryConfig, 'name' | 'text'> {
  const [notifies, sends] = [notifications.length > 0, sending !== null];
  const name = ['record-decision', kind, ...(notifies ? ['notifies'] : []), ...(sends ? ['sends'] : [])].join('-');
  return { name, text: (STATEMENTS[name] ??= recordStatement(kind, { notifies, sends })) };
}

type RecordParameters = Awaited<ReturnType<typeof recordParameters>>;

async function recordParameters(db: Pool | ClientBase, runId: string, record: FilingRecord) {
  const { state, ledger } = record;
  return {
    filingId: state.filingId,
    requestId: record.requestId,
    decisionKey: record.decisionKey,
    actor: record.actor,
    action: record.action,
    details: activityDetails(record),
    notes: record.notes,
    source: record.source,
    transition: record.transition,
    assignedByHand: record.action === 'FILING_REASSIGNED' && record.actor.role !== 'SYSTEM',
    policyVersion: record.policyVersion,
    row: filingRow(state.kind, runId, record),
    settle: ledger.settle,
    add: ledger.add.map((row) => ({ ...row, id: newId() })),
    corporationTax: carriedCorporationTax(record),
    notifications: await recordNotifications(db, record),
    sending: sendsToClient(FILING_DEFINITIONS[state.kind], record)
      ? { linkId: newId(), emailId: newId(), systemUserId: SYSTEM_USER_ID }
      : null,
    historyId: newId(),
    activityId: newId(),
  };
}

function activityDetails({ state, requestId, actor, transition, details }: FilingRecord): Record<string, unknown> {
  return {
    ...details,
    filingKind: state.kind,
    filingId: state.filingId,
    period: state.period,
    actorName: actor.name,
    actorRole: actor.role,
    ...(requestId ? { requestId } : {}),
    ...(transition ? { sequence: transition.sequence } : {}),
    ...(transition?.filedTo.length ? { filedTo: transition.filedTo } : {}),
    ...(transition?.rejectedBy.length ? { rejectedBy: transition.rejectedBy } : {}),
  };
}

interface RecordedRow {
  run_id: string | null;
  revision: number;
  sequence: number;
  decision_key: string | null;
  decided_at: Date;
  is_later: boolean;
  workflow_state: FilingState;
}

/** The guard refused: says whether the decision is there already, or who was first. */
async function explainRefusal(db: Pool | ClientBase, runId: string, record: FilingRecord): Promise<CommitResult> {
  const { kind, filingId, revision } = record.state;
  const { rows } = await db.query<RecordedRow>(
    `SELECT run_id, revision, sequence, decision_key, decided_at, decided_at > $2::timestamptz AS is_later, workflow_state
     FROM ${FILING_TABLES[kind].table} WHERE id = $1`,
    [filingId, new Date(record.decidedAt).toISOString()],
  );
  const [row] = rows;
  if (!row) throw new Error(`${FILING_DEFINITIONS[kind].label} filing ${filingId} is not in the database`);
  if (row.run_id !== runId) {
    return row.is_later ? { status: 'OVERTAKEN' } : { status: 'RENUMBER', revision: row.revision, sequence: row.sequence };
  }
  if (row.revision === revision && row.decision_key === record.decisionKey)
    return { status: 'RECORDED', state: row.workflow_state, decidedAt: row.decided_at.getTime() };
  if (row.revision >= revision) return { status: 'BEHIND', state: row.workflow_state, emailIds: [] };
  throw new Error(`${filingId} is at revision ${row.revision}, ${revision - row.revision} behind its workflow: run db:reconcile`);
}

/** Which foreign key to users refused the row, if one did. */
function unknownUser(error: unknown): 'actor' | 'assignee' | undefined {
  const constraint = error instanceof DatabaseError ? error.constraint : undefined;
  if (!constraint?.includes('user_id')) return undefined;
  return constraint.includes('assigned_user_id') ? 'assignee' : 'actor';
}
