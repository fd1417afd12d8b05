import type { IsoDate } from '../../../domain/calendar/dates';
import type { FilingKind, Stage } from '../../../domain/filings/stages';
import { FILING_KINDS } from '../../../domain/filings/stages';
import type { DeadlineKind } from '../../../domain/reports/deadlineKinds';
import { FILING_TABLES } from '../../filings/filingTables';
import type { Values } from '../statement';
import { visibleFilings } from '../visibility';
import type { Viewer } from '../visibility';

/** By what every report can be narrowed down. */
export interface ReportFilter {
  kind?: FilingKind | undefined;
  clientId?: string | undefined;
  /** To whom the filing is assigned. */
  assignedUserId?: string | undefined;
}

/** The filing that a row of a report is about. */
export interface ReportedFiling {
  kind: FilingKind;
  filingId: string;
  period: string;
  clientId: string;
  clientCode: string;
  companyName: string;
}

/** Who has it. */
export interface ReportedAssignee {
  assignedUserId: string | null;
  assignedUserName: string | null;
}

/** By what deadlines can be narrowed down. */
export type DeadlineFilter = Omit<ReportFilter, 'kind'> & { kind?: DeadlineKind | undefined };

/** One deadline of a filing, or of a client where no filing follows it: those have neither filing nor stage. */
export interface ReportedDeadline extends Omit<ReportedFiling, 'kind' | 'filingId'>, ReportedAssignee {
  kind: DeadlineKind;
  filingId: string | null;
  /** As the filing's definition names it, or the field of the client. */
  deadline: string;
  label: string;
  date: IsoDate;
  /** Negative once it has passed. */
  daysLeft: number;
  /** Whether what it asks for was done. */
  isMet: boolean;
  stage: Stage | null;
}

/** The kinds that a report is about. */
export function kindsOf({ kind }: ReportFilter): readonly FilingKind[] {
  return kind === undefined ? FILING_KINDS : [kind];
}

/** Which filings `f` of a kind a report counts: those that the viewer may see and the filter asks for. */
export function reportedFilings(kind: FilingKind, viewer: Viewer, filter: ReportFilter, values: Values): string[] {
  const conditions = visibleFilings(kind, viewer, values, 'f');
  if (filter.clientId !== undefined) conditions.push(`f.client_id = ${values.add(filter.clientId)}`);
  if (filter.assignedUserId !== undefined) conditions.push(`f.assigned_user_id = ${values.add(filter.assignedUserId)}`);
  return conditions;
}

/** What to select of a filing `f` and its client `c` for ReportedFiling. */
export function reportedColumns(kind: FilingKind): string {
  return `'${kind}' AS kind, f.id AS "filingId", ${FILING_TABLES[kind].periodLabel} AS period,
    c.id AS "clientId", c.client_code AS "clientCode", c.company_name AS "companyName"`;
}

/** What to select of its assignee `u` for ReportedAssignee. */
export const ASSIGNEE_COLUMNS = 'f.assigned_user_id AS "assignedUserId", u.name AS "assignedUserName"';

/** The joins that go with both. */
export const REPORT_JOINS = 'JOIN clients c ON c.id = f.client_id LEFT JOIN users u ON u.id = f.assigned_user_id';
