import type { InferAttributes, Model, ModelStatic } from 'sequelize';
import type { FilingKind } from '../../domain/filings/stages';
import type { Database } from '../database';
import { FILING_TABLES } from '../filings/filingTables';
import type { LtdAccountsWorkflow } from '../ltdAccountsWorkflow';
import type { VATQuarter } from '../vatQuarter';
import { assignedUser, columnsOf, modelOf } from './statement';
import type { AssignedUser } from './statement';

/** What lists show of a filing's client. */
export interface FilingClient {
  id: string;
  clientCode: string;
  companyName: string;
  contactName: string;
  contactEmail: string;
}

interface FilingExtras {
  client: FilingClient;
  assignedUser: AssignedUser | null;
  /** Until the due date, negative once it has passed; null when the filing is no longer open. */
  daysLeft: number | null;
  /** Whole days of London since the stage was entered. */
  daysInStage: number;
  isOverdue: boolean;
}

/** A filing with its client and assignee; the workflow's snapshot stays in the database. */
export type VATQuarterRow = Omit<InferAttributes<VATQuarter>, 'workflowState'> & FilingExtras;
export type LtdAccountsRow = Omit<InferAttributes<LtdAccountsWorkflow>, 'workflowState'> & FilingExtras;

export interface FilingRows {
  VAT_QUARTER: VATQuarterRow;
  LTD_ACCOUNTS: LtdAccountsRow;
}

/** A filing that is neither filed nor cancelled. */
export const OPEN = 'NOT f.is_completed AND NOT f.is_cancelled';

/** What to select of the filing `f`, its client `c` and its assignee `assignee` for a row of its kind; `today` is a placeholder. */
export function filingRowColumns(db: Database, kind: FilingKind, today: string): string {
  return [
    columnsOf(filingModel(db, kind), 'f', ['workflowState']),
    `json_build_object('id', c.id, 'clientCode', c.client_code, 'companyName', c.company_name,
      'contactName', c.contact_name, 'contactEmail', c.contact_email) AS client`,
    assignedUser('assignee', 'assignedUser'),
    `CASE WHEN ${OPEN} THEN f.filing_due_date - ${today}::date END AS "daysLeft"`,
    `greatest(${today}::date - (f.stage_entered_at AT TIME ZONE 'Europe/London')::date, 0) AS "daysInStage"`,
    `${OPEN} AND f.filing_due_date < ${today}::date AS "isOverdue"`,
  ].join(', ');
}

/** The joins that go with it. */
export const FILING_ROW_JOINS = `
  JOIN clients c ON c.id = f.client_id
  LEFT JOIN users assignee ON assignee.id = f.assigned_user_id`;

/** The model of a kind's rows. */
export function filingModel(db: Database, kind: FilingKind): ModelStatic<Model> {
  return modelOf(db, FILING_TABLES[kind].table);
}
