import { addDays, endOfMonth } from '../../domain/calendar/dates';
import type { IsoDate } from '../../domain/calendar/dates';
import type { FilingKind, Stage, WaitingFor } from '../../domain/filings/stages';
import type { Database } from '../database';
import { FILING_TABLES } from '../filings/filingTables';
import { clientSearch } from './clientSearch';
import { FILING_ROW_JOINS, OPEN, filingRowColumns } from './filingRow';
import type { FilingRows } from './filingRow';
import { offsetOf } from './page';
import type { Page, PageRequest, SortOrder } from './page';
import { Values, allOf } from './statement';
import { visibleFilings } from './visibility';
import type { Viewer } from './visibility';

export const FILING_SORTS = [
  'filingDueDate',
  'periodEnd',
  'companyName',
  'clientCode',
  'currentStage',
  'stageEnteredAt',
  'assignedUser',
  'nextReminderAt',
  'remindersSent',
  'createdAt',
  'updatedAt',
] as const;
export type FilingSort = (typeof FILING_SORTS)[number];

export interface FilingFilter {
  stage?: Stage | undefined;
  clientId?: string | undefined;
  /** Null finds those that nobody is assigned to. */
  assignedUserId?: string | null | undefined;
  /** Open filings whose due date is today or within so many days. */
  dueWithinDays?: number | undefined;
  /** Open filings whose due date has passed, or all others. */
  overdue?: boolean | undefined;
  /** Due in this month, `YYYY-MM`. */
  dueMonth?: string | undefined;
  waitingFor?: WaitingFor | undefined;
  /** Open filings that the viewer must do something about: theirs and with the staff, or with the viewer's role. */
  waitsForMe?: boolean | undefined;
  /** Open filings whose assignee was told that they are stuck in their stage. */
  stuck?: boolean | undefined;
  isCompleted?: boolean | undefined;
  isCancelled?: boolean | undefined;
  /** Any part of the client's name, company number, contact's e-mail or code, in upper or lower case. */
  search?: string | undefined;
}

export interface FilingListRequest extends FilingFilter, PageRequest {
  sortBy?: FilingSort | undefined;
  sortOrder?: SortOrder | undefined;
}

/** SQL over the filing `f`, and what it needs joined; one that may be null puts such rows last. */
interface Order {
  expression: string;
  nullable?: true;
  join?: string;
}

const CLIENT_JOIN = 'JOIN clients c ON c.id = f.client_id';

function ordersOf(kind: FilingKind): Record<FilingSort, Order> {
  return {
    filingDueDate: { expression: 'f.filing_due_date' },
    periodEnd: { expression: `f.${FILING_TABLES[kind].periodEnd}` },
    companyName: { expression: 'c.company_name', join: CLIENT_JOIN },
    // By the number, so that NZ-2 comes before NZ-10.
    clientCode: { expression: 'substr(c.client_code, 4)::bigint', join: CLIENT_JOIN },
    currentStage: { expression: 'f.current_stage' },
    stageEnteredAt: { expression: 'f.stage_entered_at' },
    assignedUser: { expression: 'u.name', nullable: true, join: 'LEFT JOIN users u ON u.id = f.assigned_user_id' },
    nextReminderAt: { expression: 'f.next_reminder_at', nullable: true },
    remindersSent: { expression: 'f.reminders_sent' },
    createdAt: { expression: 'f.created_at' },
    updatedAt: { expression: 'f.updated_at' },
  };
}

/**
 * One page of the filings of a kind that a person may see, by default the soonest due first, and how many there are in all.
 * `today` is the date in London, from which days left and overdue are told.
 */
export async function listFilings<Kind extends FilingKind>(
  db: Database,
  kind: Kind,
  viewer: Viewer,
  request: FilingListRequest,
  today: IsoDate,
): Promise<Page<FilingRows[Kind]>> {
  const offset = offsetOf(request);
  const values = new Values();
  const order = ordersOf(kind)[request.sortBy ?? 'filingDueDate'];
  const direction = request.sortOrder === 'desc' ? 'DESC' : 'ASC';
  const keyDirection = order.nullable && request.sortOrder === 'desc' ? 'DESC NULLS LAST' : direction;
  const conditions = filingConditions(kind, viewer, request, today, values);
  // The ids of the page first, then only their rows: a deep page must not join all that comes before it.
  const { rows } = await db.pool.query<FilingRows[Kind]>(
    `SELECT ${filingRowColumns(db, kind, values.add(today))}
     FROM (
       SELECT f.id, ${order.expression} AS key FROM ${FILING_TABLES[kind].table} f ${order.join ?? ''}
       WHERE ${allOf(conditions)}
       ORDER BY ${order.expression} ${keyDirection}, f.id ${direction} LIMIT ${request.limit} OFFSET ${offset}
     ) page
     JOIN ${FILING_TABLES[kind].table} f ON f.id = page.id ${FILING_ROW_JOINS}
     ORDER BY page.key ${keyDirection}, page.id ${direction}`,
    values.list,
  );
  if (rows.length < request.limit && (rows.length > 0 || offset === 0)) return { rows, totalCount: offset + rows.length };
  return { rows, totalCount: await countFilings(db, kind, viewer, request, today) };
}

/** How many filings of a kind a person may see under a filter. */
export async function countFilings(
  db: Database,
  kind: FilingKind,
  viewer: Viewer,
  filter: FilingFilter,
  today: IsoDate,
): Promise<number> {
  const values = new Values();
  const conditions = filingConditions(kind, viewer, filter, today, values);
  const { rows } = await db.pool.query<{ total: number }>(
    `SELECT count(*) AS total FROM ${FILING_TABLES[kind].table} f WHERE ${allOf(conditions)}`,
    values.list,
  );
  return rows[0]?.total ?? 0;
}

/** The filing with its client and assignee; null where there is none that the person may see. `today` is the date in London. */
export async function findFiling<Kind extends FilingKind>(
  db: Database,
  kind: Kind,
  viewer: Viewer,
  filingId: string,
  today: IsoDate,
): Promise<FilingRows[Kind] | null> {
  const values = new Values();
  const conditions = [`f.id = ${values.add(filingId)}`, ...visibleFilings(kind, viewer, values, 'f')];
  const { rows } = await db.pool.query<FilingRows[Kind]>(
    `SELECT ${filingRowColumns(db, kind, values.add(today))} FROM ${FILING_TABLES[kind].table} f ${FILING_ROW_JOINS}
     WHERE ${allOf(conditions)}`,
    values.list,
  );
  return rows[0] ?? null;
}

/** What a filter asks, as conditions over the filing `f`. */
export function filingConditions(
  kind: FilingKind,
  viewer: Viewer,
  filter: FilingFilter,
  today: IsoDate,
  values: Values,
): string[] {
  const { stageType } = FILING_TABLES[kind];
  const conditions = visibleFilings(kind, viewer, values, 'f');
  if (filter.stage !== undefined) conditions.push(`f.current_stage = ${values.add(filter.stage)}::${stageType}`);
  if (filter.clientId !== undefined) conditions.push(`f.client_id = ${values.add(filter.clientId)}`);
  if (filter.assignedUserId === null) conditions.push('f.assigned_user_id IS NULL');
  else if (filter.assignedUserId !== undefined) conditions.push(`f.assigned_user_id = ${values.add(filter.assignedUserId)}`);
  if (filter.dueWithinDays !== undefined) {
    const until = values.add(addDays(today, filter.dueWithinDays));
    conditions.push(`${OPEN} AND f.filing_due_date BETWEEN ${values.add(today)} AND ${until}`);
  }
  if (filter.overdue !== undefined) {
    const overdue = `${OPEN} AND f.filing_due_date < ${values.add(today)}`;
    conditions.push(filter.overdue ? overdue : `NOT (${overdue})`);
  }
  if (filter.dueMonth !== undefined) {
    const first = `${filter.dueMonth}-01`;
    conditions.push(`f.filing_due_date BETWEEN ${values.add(first)} AND ${values.add(endOfMonth(first))}`);
  }
  if (filter.waitingFor !== undefined) conditions.push(`f.waiting_for = ${values.add(filter.waitingFor)}::waiting_for`);
  if (filter.waitsForMe) conditions.push(waitsFor(viewer, values));
  if (filter.stuck) {
    // What was planned for the day on which it entered the stage, or before, was about the stage that it left.
    conditions.push(
      `${OPEN} AND EXISTS (SELECT FROM chase_reminders r WHERE r.filing_id = f.id AND r.kind = 'STUCK' AND r.status = 'SENT'
         AND r.planned_for > (f.stage_entered_at AT TIME ZONE 'Europe/London')::date)`,
    );
  }
  if (filter.isCompleted !== undefined) conditions.push(filter.isCompleted ? 'f.is_completed' : 'NOT f.is_completed');
  if (filter.isCancelled !== undefined) conditions.push(filter.isCancelled ? 'f.is_cancelled' : 'NOT f.is_cancelled');
  const search = filter.search?.trim();
  if (search) {
    conditions.push(
      `f.client_id = ANY (ARRAY(SELECT sought.id FROM clients sought WHERE ${clientSearch(search, values, 'sought')}))`,
    );
  }
  return conditions;
}

/** Work of the staff waits for its assignee, a review for everybody of the role. */
function waitsFor(viewer: Viewer, values: Values): string {
  const own = `f.assigned_user_id = ${values.add(viewer.userId)} AND f.waiting_for = 'STAFF'`;
  return viewer.role === 'STAFF' ? `${OPEN} AND ${own}` : `${OPEN} AND (${own} OR f.waiting_for = '${viewer.role}')`;
}
