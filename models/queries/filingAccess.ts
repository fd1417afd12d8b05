import type { ClientBase, Pool } from 'pg';
import type { Relation } from '../../domain/filings/messages';
import type { FilingKind } from '../../domain/filings/stages';
import type { Database } from '../database';
import { FILING_TABLES } from '../filings/filingTables';
import { OPEN } from './filingRow';
import { Values, allOf } from './statement';
import { visibleFilings } from './visibility';
import type { Viewer } from './visibility';

/** What a request to a filing needs to know of it. */
export interface FilingAccess {
  id: string;
  workflowId: string;
  clientId: string;
  clientCode: string;
  companyName: string;
  period: string;
  dueDate: string;
  isOpen: boolean;
  assignedUserId: string | null;
  /** How the filing is the viewer's own; 'none' where it is not. */
  relation: Relation;
}

/** The filing as a person may act on it, in one statement; undefined where there is none that they may see. */
export async function filingAccess(
  db: Database,
  kind: FilingKind,
  viewer: Viewer,
  filingId: string,
  connection: Pool | ClientBase = db.pool,
): Promise<FilingAccess | undefined> {
  const { table, clientAssignment, periodLabel } = FILING_TABLES[kind];
  const values = new Values();
  const user = values.add(viewer.userId);
  const conditions = [`f.id = ${values.add(filingId)}`, ...visibleFilings(kind, viewer, values, 'f')];
  const { rows } = await connection.query<FilingAccess>({
    name: `filing-access-${kind}-${viewer.role === 'STAFF' ? 'own' : 'all'}`,
    text: `SELECT f.id, f.workflow_id AS "workflowId", f.client_id AS "clientId", c.client_code AS "clientCode",
        c.company_name AS "companyName", ${periodLabel} AS period, f.filing_due_date AS "dueDate", ${OPEN} AS "isOpen", f.assigned_user_id AS "assignedUserId",
        CASE
          WHEN f.assigned_user_id = ${user} THEN 'assigned'
          WHEN ${user} IN (c.${clientAssignment}, c.assigned_user_id) THEN 'clientAssignee'
          WHEN c.chase_team_user_ids @> ARRAY[${user}] THEN 'chaseTeam'
          ELSE 'none'
        END AS relation
      FROM ${table} f JOIN clients c ON c.id = f.client_id WHERE ${allOf(conditions)}`,
    values: values.list,
  });
  return rows[0];
}

/** Which of some filings a person may see. */
export async function visibleFilingIds(
  db: Database,
  kind: FilingKind,
  viewer: Viewer,
  filingIds: readonly string[],
): Promise<string[]> {
  const values = new Values();
  const conditions = [`f.id = ANY (${values.add(filingIds)})`, ...visibleFilings(kind, viewer, values, 'f')];
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT f.id FROM ${FILING_TABLES[kind].table} f WHERE ${allOf(conditions)}`,
    values.list,
  );
  return rows.map(({ id }) => id);
}
