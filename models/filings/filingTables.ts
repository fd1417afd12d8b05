import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';

/** Where a kind of filing is kept: its tables, and the columns that differ between the kinds. */
export interface FilingTable {
  table: string;
  historyTable: string;
  stageType: string;
  periodStart: string;
  periodEnd: string;
  /** Column of each deadline that the kind's definition names. */
  deadlines: Record<string, string>;
  /** The client's assignment that makes a filing of this kind somebody's own. */
  clientAssignment: string;
  /** The label of the period, as an SQL expression over the row `f`. */
  periodLabel: string;
  /** Column prefix of each milestone that the kind's definition names. */
  milestones: Record<string, string>;
}

export const FILING_TABLES: Record<FilingKind, FilingTable> = {
  VAT_QUARTER: {
    table: 'vat_quarters',
    historyTable: 'vat_workflow_history',
    stageType: 'vat_workflow_stage',
    periodStart: 'quarter_start_date',
    periodEnd: 'quarter_end_date',
    deadlines: { filingDueDate: 'filing_due_date' },
    clientAssignment: 'vat_assigned_user_id',
    periodLabel: 'f.quarter_period',
    milestones: milestoneColumns('VAT_QUARTER'),
  },
  LTD_ACCOUNTS: {
    table: 'ltd_accounts_workflows',
    historyTable: 'ltd_accounts_workflow_history',
    stageType: 'ltd_accounts_workflow_stage',
    periodStart: 'filing_period_start',
    periodEnd: 'filing_period_end',
    deadlines: {
      accountsDueDate: 'accounts_due_date',
      ctReturnDueDate: 'ct_return_due_date',
      ctDueDate: 'ct_due_date',
      ctSecondDueDate: 'ct_second_due_date',
    },
    clientAssignment: 'ltd_company_assigned_user_id',
    periodLabel: "to_char(f.filing_period_end, 'YYYY-MM-DD')",
    milestones: milestoneColumns('LTD_ACCOUNTS'),
  },
};

/** The tables that keep the moves of filings. */
export const HISTORY_TABLES = Object.values(FILING_TABLES).map(({ historyTable }) => historyTable);

function milestoneColumns(kind: FilingKind): Record<string, string> {
  return Object.fromEntries(FILING_DEFINITIONS[kind].milestones.map(({ name }) => [name, snakeCase(name)]));
}

/** filedToHMRC → filed_to_hmrc */
function snakeCase(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}
