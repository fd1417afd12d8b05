import type { ClientBase, Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { RequestType } from '../../domain/filings/messages';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../../models/filings/filingTables';

/** A filing of a client, in brief. */
export interface ClientFiling {
  kind: FilingKind;
  route: string;
  id: string;
  period: string;
  currentStage: string;
  periodStart: IsoDate;
  periodEnd: IsoDate;
  filingDueDate: IsoDate;
  assignedUserId: string | null;
  isAssignedByHand: boolean;
  isCompleted: boolean;
  isCancelled: boolean;
  cancelReason: string | null;
  workflowId: string;
}

/** Whether a filing is neither filed nor cancelled. */
export function isOpen({ isCompleted, isCancelled }: ClientFiling): boolean {
  return !isCompleted && !isCancelled;
}

/** Whether something of these types is asked of a client's filings that is not decided yet. */
export async function areFilingsChanging(db: ClientBase, clientId: string, types: readonly RequestType[]): Promise<boolean> {
  const filings = FILING_KINDS.map((kind) => `SELECT id FROM ${FILING_TABLES[kind].table} WHERE client_id = $1`);
  const { rowCount } = await db.query(
    `SELECT FROM filing_requests WHERE status = 'PENDING' AND type::text = ANY($2)
       AND filing_id = ANY (ARRAY(${filings.join(' UNION ALL ')})) LIMIT 1`,
    [clientId, types],
  );
  return rowCount !== 0;
}

/** All filings of a client, the soonest due first. */
export async function clientFilings(db: Pool | ClientBase, clientId: string): Promise<ClientFiling[]> {
  const selects = FILING_KINDS.map(
    (kind) => `
      SELECT '${kind}' AS kind, '${FILING_DEFINITIONS[kind].route}' AS route, f.id, ${FILING_TABLES[kind].periodLabel} AS period,
        f.${FILING_TABLES[kind].periodStart} AS "periodStart", f.${FILING_TABLES[kind].periodEnd} AS "periodEnd",
        f.assigned_user_id AS "assignedUserId", f.is_assigned_by_hand AS "isAssignedByHand",
        f.current_stage::text AS "currentStage", f.filing_due_date AS "filingDueDate", f.is_completed AS "isCompleted",
        f.is_cancelled AS "isCancelled", f.cancel_reason AS "cancelReason", f.workflow_id AS "workflowId"
      FROM ${FILING_TABLES[kind].table} f WHERE f.client_id = $1`,
  );
  const { rows } = await db.query<ClientFiling>(`${selects.join(' UNION ALL ')} ORDER BY "filingDueDate", id`, [clientId]);
  return rows;
}
