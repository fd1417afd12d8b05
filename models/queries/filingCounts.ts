import type { IsoDate } from '../../domain/calendar/dates';
import type { FilingKind, Stage } from '../../domain/filings/stages';
import type { Database } from '../database';
import { FILING_TABLES } from '../filings/filingTables';
import { filingConditions } from './filingList';
import type { FilingFilter } from './filingList';
import { OPEN } from './filingRow';
import { Values, allOf } from './statement';
import type { Viewer } from './visibility';

/** How many filings a list would show, and how many under each other choice of one of its filters. */
export interface FilingCounts {
  total: number;
  /** Whatever the chips say. */
  all: number;
  mine: number;
  unassigned: number;
  overdue: number;
  byStage: { stage: Stage; count: number }[];
  /** By the month of the due date, `YYYY-MM`, the earliest first. */
  byMonth: { month: string; count: number }[];
}

interface Group {
  stage: Stage;
  month: string;
  assignedUserId: string | null;
  isOverdue: boolean;
  count: number;
}

/** Counts in one pass over the filings that the rest of the filter leaves; `today` is the date in London. */
export async function filingCounts(
  db: Database,
  kind: FilingKind,
  viewer: Viewer,
  filter: FilingFilter,
  today: IsoDate,
): Promise<FilingCounts> {
  const { stage, dueMonth, assignedUserId, overdue, ...rest } = filter;
  const values = new Values();
  const conditions = filingConditions(kind, viewer, rest, today, values);
  const { rows } = await db.pool.query<Group>(
    `SELECT f.current_stage::text AS stage, to_char(f.filing_due_date, 'YYYY-MM') AS month, f.assigned_user_id AS "assignedUserId",
       ${OPEN} AND f.filing_due_date < ${values.add(today)} AS "isOverdue", count(*) AS count
     FROM ${FILING_TABLES[kind].table} f WHERE ${allOf(conditions)} GROUP BY 1, 2, 3, 4`,
    values.list,
  );
  const isOfStage = (group: Group): boolean => stage === undefined || group.stage === stage;
  const isOfMonth = (group: Group): boolean => dueMonth === undefined || group.month === dueMonth;
  const isOfPerson = (group: Group): boolean => assignedUserId === undefined || group.assignedUserId === assignedUserId;
  const isOfDue = (group: Group): boolean => overdue === undefined || group.isOverdue === overdue;
  const placed = rows.filter((group) => isOfStage(group) && isOfMonth(group));
  const chosen = rows.filter((group) => isOfPerson(group) && isOfDue(group));
  return {
    total: sum(placed.filter((group) => isOfPerson(group) && isOfDue(group))),
    all: sum(placed),
    mine: sum(placed.filter((group) => group.assignedUserId === viewer.userId)),
    unassigned: sum(placed.filter((group) => group.assignedUserId === null)),
    overdue: sum(placed.filter((group) => group.isOverdue)),
    byStage: totals(chosen.filter(isOfMonth), ({ stage }) => stage).map(([stage, count]) => ({ stage, count })),
    byMonth: totals(chosen.filter(isOfStage), ({ month }) => month)
      .map(([month, count]) => ({ month, count }))
      .toSorted((a, b) => a.month.localeCompare(b.month)),
  };
}

function sum(groups: readonly Group[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}

function totals<Key>(groups: readonly Group[], keyOf: (group: Group) => Key): [Key, number][] {
  const counts = new Map<Key, number>();
  for (const group of groups) counts.set(keyOf(group), (counts.get(keyOf(group)) ?? 0) + group.count);
  return [...counts];
}
