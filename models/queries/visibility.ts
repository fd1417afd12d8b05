import type { Relation } from '../../domain/filings/messages';
import type { FilingKind } from '../../domain/filings/stages';
import type { UserRole } from '../../domain/people';
import type { Database } from '../database';
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
 * Which filings of a kind a person may see, as conditions over the alias of their table: those assigned to them, and those of
 * clients whom they look after for this kind of work, in general or as chase team; none for those who see all.
 */
export function visibleFilings(kind: FilingKind, viewer: Viewer, values: Values, alias: string): string[] {
  if (viewer.role !== 'STAFF') return [];
  const user = values.add(viewer.userId);
  const { clientAssignment } = FILING_TABLES[kind];
  // As an array the clients are looked up once, and each side of the OR can use its index.
  return [
    `${alias}.assigned_user_id = ${user} OR ${alias}.client_id = ANY (ARRAY(
      SELECT own.id FROM clients own WHERE own.${clientAssignment} = ${user} OR own.assigned_user_id = ${user}
        OR own.chase_team_user_ids @> ARRAY[${user}]))`,
  ];
}

/** How a filing is a person's own; 'none' where it is not, or where there is no such filing. */
export async function relationToFiling(db: Database, kind: FilingKind, filingId: string, userId: string): Promise<Relation> {
  const { table, clientAssignment } = FILING_TABLES[kind];
  const { rows } = await db.pool.query<{ relation: Relation }>(
    `SELECT CASE
       WHEN f.assigned_user_id = $2 THEN 'assigned'
       WHEN $2 IN (c.${clientAssignment}, c.assigned_user_id) THEN 'clientAssignee'
       WHEN c.chase_team_user_ids @> ARRAY[$2] THEN 'chaseTeam'
       ELSE 'none' END AS relation
     FROM ${table} f JOIN clients c ON c.id = f.client_id WHERE f.id = $1`,
    [filingId, userId],
  );
  return rows[0]?.relation ?? 'none';
}
