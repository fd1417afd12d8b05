import { FILING_DEFINITIONS, filingSubject, stageIndex } from '../../domain/filings/definitions';
import { moveConsequences } from '../../domain/filings/possibleMoves';
import type { BulkActor, BulkWork } from '../../domain/bulk/operations';
import { ASSIGNMENT_FIELDS } from '../../domain/clients/assignmentColumns';
import { FILING_TABLES } from '../../models/filings/filingTables';
import { filingAccess } from '../../models/queries/filingAccess';
import { atOnce } from '../atOnce';
import { findUser } from '../users/users';
import { archiveRefusal, restoreRefusal } from '../clients/archiveClient';
import { refusalOf } from '../clients/assignClient';
import { clientColumns } from '../clients/clientColumns';
import type { ClientDependencies } from '../clients/clients';
import { tryRequest } from '../filings/tryRequest';
import type { ClientWork } from './clientWork';
import type { FilingWork } from './filingWork';

/** What a bulk operation would do to one record. */
export interface PreviewedRecord {
  id: string;
  /** What people know it by; null for an unknown one. */
  label: string | null;
  /** Why it would be refused; null where it would not. */
  refusal: string | null;
  /** What would change, in words; null where nothing would. */
  change: string | null;
  /** Whether a filing would go back. */
  isBack?: boolean;
}

const NOT_ACTIVE = 'There is no active user with this id';
const NOBODY = 'nobody';

/** Says for each record what an operation would do to it now; nothing is stored or sent. */
export async function previewBulk(
  deps: ClientDependencies,
  by: BulkActor,
  work: BulkWork,
  recordIds: readonly string[],
): Promise<PreviewedRecord[]> {
  const ids = [...new Set(recordIds)];
  if (!('filingKind' in work)) return await previewClients(deps, work, ids);
  return await atOnce(ids, (id) => previewFiling(deps, by, work, id));
}

interface PreviewedClient {
  id: string;
  clientCode: string;
  isActive: boolean;
  openFilings: number;
  from: string | null;
}

/** How many open filings of each kind a client has. */
const OPEN_FILINGS = Object.values(FILING_TABLES).map(
  ({ table }) => `(SELECT count(*) FROM ${table} WHERE client_id = c.id AND NOT is_completed AND NOT is_cancelled)`,
);

async function previewClients({ db }: ClientDependencies, work: ClientWork, ids: readonly string[]): Promise<PreviewedRecord[]> {
  const column =
    work.kind === 'ASSIGN_CLIENTS' ? clientColumns(db, { [ASSIGNMENT_FIELDS[work.assignment]]: null }).columns[0] : null;
  const { rows } = await db.pool.query<PreviewedClient>(
    `SELECT c.id, c.client_code AS "clientCode", c.is_active AS "isActive", u.name AS "from",
       ${OPEN_FILINGS.join(' + ')} AS "openFilings"
     FROM clients c LEFT JOIN users u ON u.id = ${column ? `c.${column}` : 'NULL'} WHERE c.id = ANY($1)`,
    [ids],
  );
  const clients = new Map(rows.map((row) => [row.id, row]));
  const userIds = work.kind === 'ASSIGN_CLIENTS' ? [work.userId] : work.kind === 'SET_CHASE_TEAMS' ? work.userIds : [];
  const people = await Promise.all(userIds.map(async (userId) => (userId === null ? null : await findUser(db.pool, userId))));
  const isMissing = people.some((person) => person !== null && !person?.isActive);
  const names = people.map((person) => person?.name ?? NOBODY).join(', ') || NOBODY;
  return ids.map((id) => {
    const client = clients.get(id);
    const refusal = clientRefusal(work, client) ?? (isMissing ? NOT_ACTIVE : null);
    const change = client && refusal === null ? clientChange(work, client, names) : null;
    return { id, label: client?.clientCode ?? null, refusal, change };
  });
}

function clientRefusal({ kind }: ClientWork, client: PreviewedClient | undefined): string | null {
  if (kind === 'ARCHIVE_CLIENTS') return archiveRefusal(client);
  return kind === 'RESTORE_CLIENTS' ? restoreRefusal(client) : refusalOf(client);
}

function clientChange({ kind }: ClientWork, { from, openFilings }: PreviewedClient, names: string): string | null {
  if (kind === 'ARCHIVE_CLIENTS') return `would be archived, ${openFilings} open filings cancelled`;
  if (kind === 'RESTORE_CLIENTS') return 'would be restored, with the filings that archiving cancelled';
  if (kind === 'SET_CHASE_TEAMS') return `would be chased by ${names}`;
  return (from ?? NOBODY) === names ? null : `would go from ${from ?? NOBODY} to ${names}`;
}

async function previewFiling(
  { db, now }: ClientDependencies,
  by: BulkActor,
  work: FilingWork,
  id: string,
): Promise<PreviewedRecord> {
  const access = await filingAccess(db, work.filingKind, { userId: by.id, role: by.role }, id);
  if (!access) return { id, label: null, refusal: 'there is no such filing', change: null };
  const label = filingSubject(work.filingKind, access);
  const actor = { userId: by.id, name: by.name, role: by.role, relation: access.relation };
  const request = { requestId: 'dry-run', actor };
  if (work.kind === 'ASSIGN_FILINGS') {
    const isMissing = work.userId !== null && !(await findUser(db.pool, work.userId))?.isActive;
    if (isMissing) return { id, label, refusal: NOT_ACTIVE, change: null };
    const body = { ...request, assignedUserId: work.userId, name: work.userName };
    const { decision } = await tryRequest(db.pool, work.filingKind, id, { name: 'reassign', body }, now());
    if (!decision.applied) return { id, label, refusal: decision.reason, change: null };
    return { id, label, refusal: null, change: `would go to ${work.userName ?? NOBODY}` };
  }
  const { stage, notes, needsSecondPerson = false } = work;
  const body = { ...request, stage, hasNote: notes !== null, needsSecondPerson };
  const { decision, filing } = await tryRequest(db.pool, work.filingKind, id, { name: 'stageTransition', body }, now());
  if (!decision.applied) return { id, label, refusal: decision.reason, change: null };
  const definition = FILING_DEFINITIONS[work.filingKind];
  const { state, rules } = filing;
  const isBack = stageIndex(definition, decision.state.stage) < stageIndex(definition, state.stage);
  const move = isBack ? `would go back from ${state.stage} to ${stage}` : `would move to ${stage}`;
  const consequences = moveConsequences(definition, state, decision, rules, now());
  return { id, label, refusal: null, change: consequences.length > 0 ? `${move}. ${consequences.join(' ')}` : move, isBack };
}
