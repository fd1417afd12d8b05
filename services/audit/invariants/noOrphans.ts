import { setTimeout as delay } from 'node:timers/promises';
import { FILING_DEFINITIONS } from '../../../domain/filings/definitions';
import { FILING_KINDS } from '../../../domain/filings/stages';
import { FILING_TABLES } from '../../../models/filings/filingTables';
import type { AuditedSystem, Finding, Violation } from './violation';

const INVARIANT = 'every open filing has one running workflow, and every running one a filing';
/** What Temporal lists lags behind what it does. */
const LOOK_AGAIN_MS = 10_000;
const JUST_OPENED = '1 minute';

/** Compares the open filings with the workflows that Temporal lists as running. */
export async function noOrphans(system: AuditedSystem): Promise<Finding> {
  const first = await compare(system);
  if (first.violations.length === 0) return first;
  await delay(LOOK_AGAIN_MS);
  const second = await compare(system);
  const seen = new Set(first.violations.map(({ record }) => record));
  return { checked: second.checked, violations: second.violations.filter(({ record }) => seen.has(record)) };
}

async function compare({ db, temporal }: AuditedSystem): Promise<Finding> {
  const violations: Violation[] = [];
  let checked = 0;
  for (const kind of FILING_KINDS) {
    const { rows } = await db.query<{ workflow_id: string; is_new: boolean }>(
      `SELECT workflow_id, created_at > clock_timestamp() - interval '${JUST_OPENED}' AS is_new
       FROM ${FILING_TABLES[kind].table} WHERE NOT is_completed AND NOT is_cancelled`,
    );
    checked += rows.length;
    const open = new Set(rows.map(({ workflow_id }) => workflow_id));
    const running = new Map<string, number>();
    const query = `WorkflowType = '${FILING_DEFINITIONS[kind].workflowType}' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of temporal.workflow.list({ query })) {
      running.set(workflowId, (running.get(workflowId) ?? 0) + 1);
    }
    for (const { workflow_id: record, is_new: isNew } of rows) {
      const runs = running.get(record) ?? 0;
      if (runs !== 1 && !isNew) violations.push({ invariant: INVARIANT, record, message: `${runs} workflows run for it` });
    }
    for (const record of running.keys()) {
      if (!open.has(record)) violations.push({ invariant: INVARIANT, record, message: 'it runs without an open filing' });
    }
  }
  return { checked, violations };
}
