import type { ClientBase, Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import type { StatutoryDate } from '../../domain/companiesHouse/company';
import type { ProposalStatus } from '../../domain/companiesHouse/proposal';
import { newId } from '../ids';
import { offsetOf } from '../queries/page';
import type { Page, PageRequest } from '../queries/page';
import { allOf, Values } from '../queries/statement';
import type { Viewer } from '../queries/visibility';
import { visibleClients } from '../queries/visibility';
import type { OfficialDateRow } from './officialDates';

/** A date that an authority changed, and what became of it. */
export interface ProposalRow extends Pick<OfficialDateRow, 'field' | 'source' | 'readAt'> {
  id: string;
  clientId: string;
  oldDate: IsoDate;
  newDate: IsoDate;
  status: ProposalStatus;
  decidedBy: { id: string; name: string } | null;
  decidedAt: Date | null;
  createdAt: Date;
  client: { id: string; clientCode: string; companyName: string };
}

export interface ProposalFilter {
  status?: ProposalStatus | undefined;
  clientId?: string | undefined;
  ids?: readonly string[] | undefined;
}

const COLUMNS = `p.id, p.client_id AS "clientId", p.field::text, p.old_date AS "oldDate", p.new_date AS "newDate", p.source,
  p.read_at AS "readAt", p.status::text, p.decided_at AS "decidedAt", p.created_at AS "createdAt",
  CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS "decidedBy",
  json_build_object('id', c.id, 'clientCode', c.client_code, 'companyName', c.company_name) AS client`;
const JOINS = 'JOIN clients c ON c.id = p.client_id LEFT JOIN users u ON u.id = p.decided_by_user_id';

/** A page of the proposals that a person may see, the newest first. */
export async function listProposals(
  db: Pool,
  viewer: Viewer,
  filter: ProposalFilter,
  page: PageRequest,
): Promise<Page<ProposalRow>> {
  const values = new Values();
  const conditions = visibleClients(viewer, values, 'c');
  if (filter.status) conditions.push(`p.status = ${values.add(filter.status)}::date_proposal_status`);
  if (filter.clientId !== undefined) conditions.push(`p.client_id = ${values.add(filter.clientId)}`);
  if (filter.ids) conditions.push(`p.id = ANY(${values.add(filter.ids)})`);
  const from = `FROM date_proposals p ${JOINS} WHERE ${allOf(conditions)}`;
  const counted = await db.query<{ count: number }>(`SELECT count(*) ${from}`, values.list);
  const part = `LIMIT ${values.add(page.limit)} OFFSET ${values.add(offsetOf(page))}`;
  const { rows } = await db.query<ProposalRow>(`SELECT ${COLUMNS} ${from} ORDER BY p.created_at DESC, p.id ${part}`, values.list);
  return { rows, totalCount: counted.rows[0]?.count ?? 0 };
}

/** A proposal that a person may see; undefined where there is none. */
export async function findProposal(db: Pool, viewer: Viewer, id: string): Promise<ProposalRow | undefined> {
  return (await listProposals(db, viewer, { ids: [id] }, { page: 1, limit: 1 })).rows[0];
}

/**
 * Proposes a date to people, in place of what is proposed for the field now. Nothing where the same date is proposed already, or was
 * rejected last: the authority has told nothing new. Says whether it is to be decided.
 */
export async function proposeDate(
  db: ClientBase,
  clientId: string,
  { field, oldDate, newDate }: { field: StatutoryDate; oldDate: IsoDate; newDate: IsoDate },
  { source, readAt }: Pick<OfficialDateRow, 'source' | 'readAt'>,
): Promise<boolean> {
  const { rows } = await db.query<{ status: ProposalStatus }>(
    `SELECT status::text FROM date_proposals
     WHERE client_id = $1 AND field = $2::statutory_date AND new_date = $3 AND old_date = $4 AND status IN ('PENDING', 'REJECTED')
     ORDER BY created_at DESC, id DESC LIMIT 1`,
    [clientId, field, newDate, oldDate],
  );
  const [known] = rows;
  if (known) return known.status === 'PENDING';
  await supersedeProposals(db, clientId, [field]);
  await db.query(
    `INSERT INTO date_proposals (id, client_id, field, old_date, new_date, source, read_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), clientId, field, oldDate, newDate, source, readAt],
  );
  return true;
}

/** What is proposed for these fields is no longer to be decided. */
export async function supersedeProposals(db: ClientBase, clientId: string, fields: readonly StatutoryDate[]): Promise<void> {
  await db.query(
    `UPDATE date_proposals SET status = 'SUPERSEDED', decided_at = clock_timestamp()
     WHERE client_id = $1 AND field = ANY($2::statutory_date[]) AND status = 'PENDING'`,
    [clientId, fields],
  );
}

/** Decides what of these is still to be decided; gives what was. */
export async function decideProposals(
  db: ClientBase,
  clientId: string,
  ids: readonly string[],
  status: 'ACCEPTED' | 'REJECTED',
  userId: string,
): Promise<{ id: string; field: StatutoryDate; oldDate: IsoDate; newDate: IsoDate; source: string }[]> {
  const { rows } = await db.query<{ id: string; field: StatutoryDate; oldDate: IsoDate; newDate: IsoDate; source: string }>(
    `UPDATE date_proposals SET status = $3::date_proposal_status, decided_by_user_id = $4, decided_at = clock_timestamp()
     WHERE client_id = $1 AND id = ANY($2) AND status = 'PENDING'
     RETURNING id, field::text, old_date AS "oldDate", new_date AS "newDate", source`,
    [clientId, ids, status, userId],
  );
  return rows;
}
