import { z } from 'zod';
import type { AuditHead } from '../../../domain/audit';
import type { AuditedSystem, Finding, Violation } from './violation';

const INVARIANT = 'the audit chain still holds what earlier days anchored';
const MOST_ANCHORS = 400;

const WithHead = z.looseObject({ auditHead: z.object({ position: z.int(), hash: z.string() }).nullable().optional() });

/** Where the chain ended at a time. */
interface Anchor {
  record: string;
  at: number;
  head: AuditHead | null;
}

/**
 * Each day's sweep left the chain's head in its own history, out of reach of whoever can write to the database: a tail that was cut
 * off, or a chain that was made anew, does not fit it. Only a restore may cut it, and says in Temporal where it did.
 */
export async function auditAnchorsHold(system: AuditedSystem): Promise<Finding> {
  const violations: Violation[] = [];
  const restores = await readAnchors(system, 'databaseRestoredWorkflow');
  const anchors = [...(await readAnchors(system, 'openDueFilingsWorkflow')), ...restores];
  let checked = 0;
  for (const { record, at, head } of anchors) {
    const isCut = restores.some((restore) => restore.at > at && (restore.head?.position ?? 0) < (head?.position ?? 0));
    if (!head || isCut) continue;
    checked += 1;
    const { rowCount } = await system.db.query('SELECT FROM audit_chain WHERE position = $1 AND hash = $2', [
      head.position,
      head.hash,
    ]);
    if (rowCount === 0) {
      const message = `link ${head.position} is not the one that was there: the chain was cut or made anew`;
      violations.push({ invariant: INVARIANT, record, message });
    }
  }
  return { checked, violations };
}

async function readAnchors({ temporal }: AuditedSystem, workflowType: string): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  const query = `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Completed'`;
  for await (const { workflowId, runId, closeTime } of temporal.workflow.list({ query })) {
    if (anchors.length === MOST_ANCHORS) break;
    const result: unknown = await temporal.workflow.getHandle(workflowId, runId).result();
    anchors.push({ record: workflowId, at: closeTime?.getTime() ?? 0, head: WithHead.safeParse(result).data?.auditHead ?? null });
  }
  return anchors;
}
