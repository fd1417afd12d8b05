import { WorkflowNotFoundError } from '@temporalio/client';
import { setTimeout as delay } from 'node:timers/promises';
import { FILING_KINDS } from '../../../domain/filings/stages';
import { FILING_TABLES } from '../../../models/filings/filingTables';
import { askState, isTaskFailing } from '../../filings/askState';
import { eachOf } from './eachOf';
import type { AuditedSystem, Finding, Violation } from './violation';

const INVARIANT = 'a filing’s row equals its workflow';
/** A move that was under way while both were read has landed by then, and a task that lost its worker has found another one. */
const LOOK_AGAIN_AFTER_MS = [10_000, 20_000];
const AT_ONCE = 16;

interface FilingRow {
  id: string;
  workflow_id: string;
  is_open: boolean;
  facts: string;
}

/** What row and workflow must agree on. */
interface Facts {
  stage: string;
  sequence: number;
  assignee: string | null;
  /** Epoch ms. */
  milestones: Record<string, number>;
}

/**
 * Compares each open filing's row with the `filingState` answer, and each closed one's with the workflow's result; those that differ are
 * looked at again after each of the pauses, in ms.
 */
export async function filingsMatchWorkflows(system: AuditedSystem, lookAgainAfter = LOOK_AGAIN_AFTER_MS): Promise<Finding> {
  const rows = await readRows(system);
  let found = await mismatches(system, rows);
  for (const pause of lookAgainAfter) {
    if (found.length === 0) break;
    await delay(pause);
    const suspects = new Set(found.map(({ row }) => row.id));
    found = await mismatches(
      system,
      (await readRows(system)).filter(({ id }) => suspects.has(id)),
    );
  }
  return { checked: rows.length, violations: found.map(({ violation }) => violation) };
}

async function mismatches(
  system: AuditedSystem,
  rows: readonly FilingRow[],
): Promise<{ row: FilingRow; violation: Violation }[]> {
  const found: { row: FilingRow; violation: Violation }[] = [];
  await eachOf(rows, AT_ONCE, async (row) => {
    const message = await mismatch(system, row);
    if (message) found.push({ row, violation: { invariant: INVARIANT, record: row.workflow_id, message } });
  });
  return found;
}

async function mismatch({ temporal }: AuditedSystem, row: FilingRow): Promise<string | undefined> {
  const handle = temporal.workflow.getHandle(row.workflow_id);
  try {
    if (!row.is_open) {
      const status = (await handle.describe()).status.name;
      if (status !== 'COMPLETED') return `the row says that it has ended, its workflow is ${status}`;
    }
    const { stage, sequence, assignee, milestones } = await askState(handle);
    const facts = factsText({
      stage,
      sequence,
      assignee: assignee?.userId ?? null,
      milestones: Object.fromEntries(Object.entries(milestones).map(([name, { at }]) => [name, at])),
    });
    return facts === row.facts ? undefined : `the row says ${row.facts}, the workflow ${facts}`;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'it has no workflow';
    if (isTaskFailing(error))
      return 'its workflow task keeps failing, so it does not move: read why in its history in the Temporal UI';
    throw error;
  }
}

async function readRows({ db }: AuditedSystem): Promise<FilingRow[]> {
  const all: FilingRow[] = [];
  for (const kind of FILING_KINDS) {
    const { table, milestones } = FILING_TABLES[kind];
    const dates = Object.entries(milestones).map(([name, prefix]) => `'${name}', extract(epoch FROM ${prefix}_date) * 1000`);
    const { rows } = await db.query<Omit<FilingRow, 'facts'> & Facts>(
      `SELECT id, workflow_id, NOT is_completed AND NOT is_cancelled AS is_open, current_stage::text AS stage, sequence,
         assigned_user_id AS assignee, jsonb_strip_nulls(jsonb_build_object(${dates.join(', ')})) AS milestones
       FROM ${table} WHERE run_id IS NOT NULL ORDER BY id`,
    );
    for (const { id, workflow_id, is_open, ...facts } of rows) all.push({ id, workflow_id, is_open, facts: factsText(facts) });
  }
  return all;
}

function factsText({ stage, sequence, assignee, milestones }: Facts): string {
  const sorted = Object.entries(milestones)
    .map(([name, at]) => `${name} ${new Date(at).toISOString()}`)
    .toSorted();
  return `${stage}, ${sequence} moves, assigned to ${assignee ?? 'nobody'}, milestones: ${sorted.join(', ') || 'none'}`;
}
