import type { EmailStatus } from '../../domain/email';
import type { IsoDate } from '../../domain/calendar/dates';
import { addDays } from '../../domain/calendar/dates';
import { startOfLondonDay } from '../../domain/calendar/london';
import type { Database } from '../database';
import { ACTIVITY_JOINS, activityColumns } from './activity';
import { clientSearch } from './clientSearch';
import type { Page, PageRequest } from './page';
import { readPage } from './readPage';
import { Values, columnsOf } from './statement';
import { visibleEntries } from './visibility';
import type { Viewer } from './visibility';

type Row = Record<string, unknown>;

export interface ActivityFilter extends PageRequest {
  clientId?: string | undefined;
  userId?: string | undefined;
  action?: string | undefined;
  /** What the client is known by: any part of its code or name. */
  client?: string | undefined;
  /** The first day in London, and the last. */
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
}

export interface EmailFilter extends PageRequest {
  emailId?: string | undefined;
  clientId?: string | undefined;
  filingId?: string | undefined;
  status?: EmailStatus | undefined;
}

/** The activity log, newest first: a staff member's own entries, and those of clients who are theirs. */
export async function listActivity(db: Database, viewer: Viewer, filter: ActivityFilter): Promise<Page<Row>> {
  const values = new Values();
  const conditions = visibleEntries(viewer, values, { user: 'a.user_id', client: 'a.client_id' });
  if (filter.clientId !== undefined) conditions.push(`a.client_id = ${values.add(filter.clientId)}`);
  if (filter.userId !== undefined) conditions.push(`a.user_id = ${values.add(filter.userId)}`);
  if (filter.action !== undefined) conditions.push(`a.action = ${values.add(filter.action)}`);
  if (filter.client !== undefined) {
    // As an array the clients are looked up once.
    conditions.push(
      `a.client_id = ANY (ARRAY(SELECT named.id FROM clients named WHERE ${clientSearch(filter.client, values, 'named')}))`,
    );
  }
  if (filter.from !== undefined) conditions.push(`a.timestamp >= ${values.add(new Date(startOfLondonDay(filter.from)))}`);
  if (filter.to !== undefined) {
    conditions.push(`a.timestamp < ${values.add(new Date(startOfLondonDay(addDays(filter.to, 1))))}`);
  }
  return await readPage(db, {
    columns: activityColumns(db),
    table: 'activity_logs a',
    joins: ACTIVITY_JOINS,
    conditions,
    order: 'a.timestamp DESC, a.id DESC',
    values,
    page: filter,
  });
}

/** The e-mails of the practice, newest first; of a staff member those to clients who are theirs. */
export async function listEmails(db: Database, viewer: Viewer, filter: EmailFilter): Promise<Page<Row>> {
  const values = new Values();
  const conditions = visibleEntries(viewer, values, { user: 'e.triggered_by', client: 'e.client_id' });
  if (filter.emailId !== undefined) conditions.push(`e.id = ${values.add(filter.emailId)}`);
  if (filter.clientId !== undefined) conditions.push(`e.client_id = ${values.add(filter.clientId)}`);
  if (filter.filingId !== undefined) conditions.push(`e.filing_id = ${values.add(filter.filingId)}`);
  if (filter.status !== undefined) conditions.push(`e.status = ${values.add(filter.status)}::email_status`);
  return await readPage(db, {
    columns: columnsOf(db.EmailLog, 'e'),
    table: 'email_logs e',
    joins: '',
    conditions,
    order: 'e.created_at DESC, e.id DESC',
    values,
    page: filter,
  });
}

/** What a person was told, newest first. */
export async function listNotifications(
  db: Database,
  userId: string,
  filter: PageRequest & { unreadOnly?: boolean | undefined },
): Promise<Page<Row>> {
  const values = new Values();
  const conditions = [`n.user_id = ${values.add(userId)}`, ...(filter.unreadOnly ? ['NOT n.is_read'] : [])];
  return await readPage(db, {
    columns: columnsOf(db.Notification, 'n', ['userId', 'dedupeKey', 'emailChoice', 'emailId']),
    table: 'notifications n',
    joins: '',
    conditions,
    order: 'n.created_at DESC, n.id DESC',
    values,
    page: filter,
  });
}

/** How many notifications a person has not read. */
export async function countUnread(db: Database, userId: string): Promise<number> {
  const { rows } = await db.pool.query<{ unread: number }>({
    name: 'count-unread',
    text: 'SELECT count(*) AS unread FROM notifications WHERE user_id = $1 AND NOT is_read',
    values: [userId],
  });
  return rows[0]?.unread ?? 0;
}
