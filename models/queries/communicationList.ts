import type { CommunicationStatus } from '../../domain/communications/communication';
import type { CommunicationType } from '../../domain/email';
import type { Database } from '../database';
import type { Page, PageRequest } from './page';
import { readPage } from './readPage';
import { Values, allOf, assignedUser, columnsOf } from './statement';
import { visibleClients } from './visibility';
import type { Viewer } from './visibility';

type Row = Record<string, unknown>;

export interface CommunicationFilter extends PageRequest {
  clientId?: string | undefined;
  type?: CommunicationType | undefined;
  status?: CommunicationStatus | undefined;
}

/** SQL: how a communication stands, over `communications m` and its e-mail `e`. */
export const COMMUNICATION_STATUS = `CASE
  WHEN m.cancelled_at IS NOT NULL THEN 'CANCELLED'
  WHEN m.failure_reason IS NOT NULL OR e.status IN ('FAILED', 'SUPPRESSED') THEN 'FAILED'
  WHEN m.sent_at IS NOT NULL THEN 'SENT'
  WHEN m.email_id IS NOT NULL THEN 'SENDING'
  ELSE 'SCHEDULED' END`;

const TABLE = 'communications m JOIN clients c ON c.id = m.client_id LEFT JOIN email_logs e ON e.id = m.email_id';

/** Communications with clients, newest first; a staff member sees those with clients who are theirs. */
export async function listCommunications(db: Database, viewer: Viewer, filter: CommunicationFilter): Promise<Page<Row>> {
  const values = new Values();
  const conditions = visibleClients(viewer, values, 'c');
  if (filter.clientId !== undefined) conditions.push(`m.client_id = ${values.add(filter.clientId)}`);
  if (filter.type !== undefined) conditions.push(`m.type = ${values.add(filter.type)}::communication_type`);
  if (filter.status !== undefined) conditions.push(`${COMMUNICATION_STATUS} = ${values.add(filter.status)}`);
  return await readPage<Row>(db, { ...selected(db), conditions, order: 'm.created_at DESC, m.id DESC', values, page: filter });
}

/** One communication; undefined where there is none that the viewer may see. */
export async function findCommunication(db: Database, viewer: Viewer, id: string): Promise<Row | undefined> {
  const values = new Values();
  const conditions = [`m.id = ${values.add(id)}`, ...visibleClients(viewer, values, 'c')];
  const { columns, table, joins } = selected(db);
  const { rows } = await db.pool.query<Row>(`SELECT ${columns} FROM ${table} ${joins} WHERE ${allOf(conditions)}`, values.list);
  return rows[0];
}

function selected(db: Database): { columns: string; table: string; joins: string } {
  const client = `json_build_object('id', c.id, 'clientCode', c.client_code, 'companyName', c.company_name) AS client`;
  const failure = `coalesce(m.failure_reason, CASE WHEN e.status IN ('FAILED', 'SUPPRESSED') THEN e.failure_reason END) AS "failureReason"`;
  const columns = columnsOf(db.Communication, 'm', ['timerSetAt', 'failureReason']);
  return {
    columns: `${columns}, ${failure}, ${COMMUNICATION_STATUS} AS status, e.status AS "emailStatus", ${client}, ${assignedUser('u', 'sentBy')}`,
    table: TABLE,
    joins: 'LEFT JOIN users u ON u.id = m.sent_by_user_id',
  };
}
