import type { FilingKind } from '../../domain/filings/stages';
import type { UserRole } from '../../domain/people';
import { FILING_TABLES } from '../filings/filingTables';
import { Values } from './statement';

/** For whom something is read: a staff member sees what is their own, a manager or partner everything. */
export interface Viewer {
  userId: string;
  role: UserRole;
}

/** Which clients a person may see, as conditions over the alias of `clients`; none for those who see all. */
export function visibleClients(viewer: Viewer, values: Values, alias: string): string[] {
  if (viewer.role !== 'STAFF') return [];
  const user = values.add(viewer.userId);
  return [
    `${alias}.assigned_user_id = ${user} OR ${alias}.ltd_company_assigned_user_id = ${user}
      OR ${alias}.non_ltd_company_assigned_user_id = ${user} OR ${alias}.vat_assigned_user_id = ${user}
      OR ${alias}.chase_team_user_ids @> ARRAY[${user}]`,
  ];
}

/**
 * Which entries about clients a person may see, as conditions over the columns that name who made one and its client: those about
 * clients who are theirs; of their own making also those about no client, and about clients of filings that are assigned to them. None
 * for those who see all.
 */
export function visibleEntries(viewer: Viewer, values: Values, { user, client }: { user: string; client: string }): string[] {
  const [visible] = visibleClients(viewer, values, 'own');
  if (visible === undefined) return [];
  const viewerId = values.add(viewer.userId);
  const assigned = Object.values(FILING_TABLES).map(
    ({ table }) => `SELECT client_id FROM ${table} WHERE assigned_user_id = ${viewerId}`,
  );
  return [
    `${client} = ANY (ARRAY(SELECT own.id FROM clients own WHERE ${visible}))
      OR ${user} = ${viewerId} AND (${client} IS NULL OR ${client} = ANY (ARRAY(${assigned.join(' UNION ')})))`,
  ];
}

/**
 * Which filings of a kind a person may see, as conditions over the alias of their table: those assigned to them, and those of
 * clients whom they look after for this kind of work, in general or as chase team; none for those who see all.
 */
export function visibleFilings(kind: FilingKind, viewer: Viewer, values: Values, alias: string): string[] {
  if (viewer.role !== 'STAFF') return [];
  const user = values.add(viewer.userId);
  // As an array the clients are looked up once, and each side of the OR can use its index.
  return [
    `${alias}.assigned_user_id = ${user} OR ${alias}.client_id = ANY (ARRAY(
      SELECT own.id FROM clients own WHERE ${lookedAfter(kind, user, 'own')}))`,
  ];
}

/** Which clients a person may see the work of a kind of, filed or not, as conditions over the alias of `clients`; none for those who see all. */
export function visibleWork(kind: FilingKind, viewer: Viewer, values: Values, alias: string): string[] {
  return viewer.role === 'STAFF' ? [lookedAfter(kind, values.add(viewer.userId), alias)] : [];
}

function lookedAfter(kind: FilingKind, user: string, alias: string): string {
  return `${alias}.${FILING_TABLES[kind].clientAssignment} = ${user} OR ${alias}.assigned_user_id = ${user}
        OR ${alias}.chase_team_user_ids @> ARRAY[${user}]`;
}
