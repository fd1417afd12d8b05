import { createHash } from 'node:crypto';
import type { IsoDate } from '../../domain/calendar/dates';
import type { TypedFilter } from '../../domain/clients/advancedFilter';
import type { CompanyType } from '../../domain/clients/clientFields';
import type { Database } from '../database';
import { CLIENT_ROW_JOINS, clientRowColumns } from './clientRow';
import type { ClientRow } from './clientRow';
import { clientFilter } from './clientFilter';
import { clientSearch } from './clientSearch';
import { ListMemory } from './listMemory';
import type { Bookmark } from './listMemory';
import { offsetOf } from './page';
import type { Page, PageRequest, SortOrder } from './page';
import { Values, allOf } from './statement';
import { visibleClients } from './visibility';
import type { Viewer } from './visibility';

export const CLIENT_SORTS = [
  'companyName',
  'clientCode',
  'companyNumber',
  'companyType',
  'companyStatus',
  'contactName',
  'contactEmail',
  'nextYearEnd',
  'nextAccountsDue',
  'nextConfirmationDue',
  'nextCorporationTaxDue',
  'corporationTaxStatus',
  'vatQuarterGroup',
  'createdAt',
  'updatedAt',
] as const;
export type ClientSort = (typeof CLIENT_SORTS)[number];

export interface ClientFilter {
  /** Any part of the name, company number, contact's e-mail or client code, in upper or lower case. */
  search?: string | undefined;
  companyType?: CompanyType | undefined;
  active?: boolean | undefined;
  /** Whom the client is assigned to in general. */
  assignedUserId?: string | undefined;
  /** Clients whose accounts were due before this date. */
  accountsDueBefore?: IsoDate | undefined;
  advanced?: TypedFilter | undefined;
}

export interface ClientListRequest extends ClientFilter, PageRequest {
  sortBy?: ClientSort | undefined;
  sortOrder?: SortOrder | undefined;
}

interface Order {
  /** SQL over the client `c`. */
  expression: string;
  /** Whether the expression may be null; such rows come last. */
  nullable?: true;
  /** Reads the expression's value off a row, where the list is ordered by an index and far pages are worth a bookmark. */
  keyOf?: (row: ClientRow) => string | number | Date;
}

const ORDERS: Record<ClientSort, Order> = {
  companyName: { expression: 'c.company_name', keyOf: (row) => row.companyName },
  // By the number, so that NZ-2 comes before NZ-10.
  clientCode: { expression: 'substr(c.client_code, 4)::bigint', keyOf: (row) => Number(row.clientCode.slice('NZ-'.length)) },
  companyNumber: { expression: 'c.company_number', nullable: true },
  companyType: { expression: 'c.company_type' },
  companyStatus: { expression: 'c.company_status', nullable: true },
  contactName: { expression: 'c.contact_name' },
  contactEmail: { expression: 'c.contact_email' },
  nextYearEnd: { expression: 'c.next_year_end', nullable: true },
  nextAccountsDue: { expression: 'c.next_accounts_due', nullable: true },
  nextConfirmationDue: { expression: 'c.next_confirmation_due', nullable: true },
  nextCorporationTaxDue: { expression: 'c.next_corporation_tax_due', nullable: true },
  corporationTaxStatus: { expression: 'c.corporation_tax_status' },
  vatQuarterGroup: { expression: 'c.vat_quarter_group', nullable: true },
  createdAt: { expression: 'c.created_at', keyOf: (row) => row.createdAt },
  updatedAt: { expression: 'c.updated_at' },
};

/** Moves with every change of which clients there are; the transaction number tells a restored database from the one before. */
const LIST_VERSION = `(SELECT sum(version) || '/' || max(xmin::text::bigint) FROM client_list_versions)`;

/** One page of the clients that a person may see, with the people of the four assignments, and how many there are in all. */
export async function listClients(db: Database, viewer: Viewer, request: ClientListRequest): Promise<Page<ClientRow>> {
  const offset = offsetOf(request);
  const memory = ListMemory.of(db);
  const order = ORDERS[request.sortBy ?? 'companyName'];
  const sortOrder = request.sortOrder ?? 'asc';
  const list = JSON.stringify([request.sortBy ?? 'companyName', sortOrder, filterKey(viewer, request)]);
  const isRemembered = isMemorable(request);

  const near = isRemembered && order.keyOf ? memory.bookmarkBefore(list, offset) : undefined;
  let page = await readPage(db, viewer, request, offset, near?.bookmark);
  // The bookmark was of another time: walk there from the beginning.
  if (near && page.version !== near.version) page = await readPage(db, viewer, request, offset);

  const [first] = page.rows;
  if (isRemembered && first && order.keyOf && page.version !== undefined) {
    memory.rememberBookmark(list, page.version, { offset, key: order.keyOf(first), id: first.id });
  }
  return { rows: page.rows, totalCount: await totalCount(db, viewer, request, page, offset) };
}

/** Counts only when the page itself, or an earlier count of the same list, does not tell. */
async function totalCount(
  db: Database,
  viewer: Viewer,
  request: ClientListRequest,
  page: { rows: ClientRow[]; version: string | undefined },
  offset: number,
): Promise<number> {
  const seen = page.rows.length;
  if (seen < request.limit && (seen > 0 || offset === 0)) return offset + seen;
  const known = page.version && isMemorable(request) && ListMemory.of(db).totalCount(filterKey(viewer, request), page.version);
  return known || countClients(db, viewer, request);
}

/** How many clients a person may see under a filter. */
export async function countClients(db: Database, viewer: Viewer, filter: ClientFilter): Promise<number> {
  const values = new Values();
  const { rows } = await db.pool.query<{ total: number; version: string }>(
    `SELECT count(*) AS total, ${LIST_VERSION} AS version FROM clients c WHERE ${allOf(clientConditions(db, viewer, filter, values))}`,
    values.list,
  );
  const [counted] = rows;
  if (!counted) throw new Error('A count gave no row');
  if (isMemorable(filter)) ListMemory.of(db).rememberTotal(filterKey(viewer, filter), counted.version, counted.total);
  return counted.total;
}

/** The client with the people of its assignments; null where there is none that the person may see. */
export async function findClient(db: Database, viewer: Viewer, clientId: string): Promise<ClientRow | null> {
  const values = new Values();
  const conditions = [`c.id = ${values.add(clientId)}`, ...visibleClients(viewer, values, 'c')];
  const { rows } = await db.pool.query<ClientRow>(
    `SELECT ${clientRowColumns(db)} FROM clients c ${CLIENT_ROW_JOINS} WHERE ${allOf(conditions)}`,
    values.list,
  );
  return rows[0] ?? null;
}

/** Reads the ids of the page first and joins only those: a deep page must not join all that comes before it. */
async function readPage(
  db: Database,
  viewer: Viewer,
  request: ClientListRequest,
  offset: number,
  from?: Bookmark,
): Promise<{ rows: ClientRow[]; version: string | undefined }> {
  const values = new Values();
  const conditions = clientConditions(db, viewer, request, values);
  const order = ORDERS[request.sortBy ?? 'companyName'];
  const descending = request.sortOrder === 'desc';
  if (from) {
    conditions.push(`(${order.expression}, c.id) ${descending ? '<=' : '>='} (${values.add(from.key)}, ${values.add(from.id)})`);
  }
  const skip = offset - (from?.offset ?? 0);
  const direction = descending ? 'DESC' : 'ASC';
  const keyDirection = order.nullable && descending ? 'DESC NULLS LAST' : direction;
  const text = `
    SELECT ${clientRowColumns(db)}, ${LIST_VERSION} AS "listVersion"
    FROM (
      SELECT c.id, ${order.expression} AS key FROM clients c WHERE ${allOf(conditions)}
      ORDER BY ${order.expression} ${keyDirection}, c.id ${direction} LIMIT ${request.limit} OFFSET ${skip}
    ) page
    JOIN clients c ON c.id = page.id ${CLIENT_ROW_JOINS}
    ORDER BY page.key ${keyDirection}, page.id ${direction}`;
  const result = await db.pool.query<ClientRow & { listVersion: string }>({
    text,
    values: values.list,
    ...(isOftenAsked(request, skip) && { name: statementName(text) }),
  });
  const version = result.rows[0]?.listVersion;
  return { rows: result.rows.map(({ listVersion: _version, ...row }) => row), version };
}

/** What a client must be under a filter, as conditions over the alias `c`. */
export function clientConditions(db: Database, viewer: Viewer, filter: ClientFilter, values: Values): string[] {
  const conditions = visibleClients(viewer, values, 'c');
  if (filter.active !== undefined) conditions.push(filter.active ? 'c.is_active' : 'NOT c.is_active');
  if (filter.companyType !== undefined) conditions.push(`c.company_type = ${values.add(filter.companyType)}`);
  if (filter.assignedUserId !== undefined) conditions.push(`c.assigned_user_id = ${values.add(filter.assignedUserId)}`);
  if (filter.accountsDueBefore !== undefined) conditions.push(`c.next_accounts_due < ${values.add(filter.accountsDueBefore)}`);
  const search = filter.search?.trim();
  if (search) conditions.push(clientSearch(search, values, 'c'));
  if (filter.advanced) conditions.push(clientFilter(db, filter.advanced, values, 'c'));
  return conditions;
}

/** The version of the list moves with the fields that the plain filters ask about; of others nothing may be remembered. */
function isMemorable({ advanced, accountsDueBefore }: ClientFilter): boolean {
  return advanced === undefined && accountsDueBefore === undefined;
}

function filterKey(viewer: Viewer, filter: ClientFilter): string {
  const whose = viewer.role === 'STAFF' ? viewer.userId : null;
  const { search, companyType, active, assignedUserId } = filter;
  return JSON.stringify([whose, search?.trim(), companyType, active, assignedUserId]);
}

/** The pages that every visit begins with are planned once for each connection; of the rest there are too many kinds to keep. */
function isOftenAsked(request: ClientListRequest, skip: number): boolean {
  return (
    skip === 0 &&
    request.limit === 50 &&
    !request.search &&
    !request.advanced &&
    (request.sortBy ?? 'companyName') === 'companyName'
  );
}

function statementName(text: string): string {
  return `clients-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
