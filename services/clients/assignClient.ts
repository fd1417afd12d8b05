import type { ClientBase } from 'pg';
import { ASSIGNMENT_FIELDS } from '../../domain/clients/assignmentColumns';
import type { AssignmentChange } from '../../domain/clients/assignmentNotice';
import type { ClientAssignment } from '../../domain/clients/assignments';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import type { Database } from '../../models';
import { tellOfAssignments } from '../../models/clients/tellOfAssignments';
import { FILING_TABLES } from '../../models/filings/filingTables';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';
import type { AskedFilingRow } from '../filings/storeConsequence';
import { storeConsequence } from '../filings/storeConsequence';
import type { StoredRequest } from '../requests/storeRequest';
import type { UserRecord } from '../users/users';
import { findUser } from '../users/users';
import type { ChangedClients, ClientOutcome, LockedClient } from './changedClients';
import { lockClients, sendWhatFollows } from './changedClients';
import { clientColumns } from './clientColumns';
import type { ClientDependencies, Person } from './clients';

/** The person to assign is unknown or inactive. */
export class UnknownAssigneeError extends Error {}

const NOT_ACTIVE = 'There is no active user with this id';

/** The refusal of a client that is not there, or that has left. */
export function refusalOf(client: Pick<LockedClient, 'isActive'> | undefined): string | null {
  if (!client) return 'there is no such client';
  return client.isActive ? null : 'the client is archived';
}

/**
 * Assigns a client for one kind of work, or to nobody; open filings of that kind that nobody assigned by hand follow, and the people
 * concerned are told. False for an unknown client. Throws UnknownAssigneeError.
 */
export async function assignClient(
  deps: ClientDependencies,
  by: Person,
  clientId: string,
  assignment: ClientAssignment,
  userId: string | null,
): Promise<boolean> {
  if (userId !== null) await requireActiveUser(deps, userId);
  return await changeOne(deps, by, (client) => assignClients(client, deps.db, by, [clientId], assignment, userId, () => null));
}

/** Sets the people who chase a client’s paperwork, and tells those who joined or left. False for an unknown client. Throws UnknownAssigneeError. */
export async function setChaseTeam(
  deps: ClientDependencies,
  by: Person,
  clientId: string,
  userIds: readonly string[],
): Promise<boolean> {
  for (const userId of userIds) await requireActiveUser(deps, userId);
  return await changeOne(deps, by, (client) => setChaseTeams(client, by, [clientId], userIds, () => null));
}

async function changeOne(
  deps: ClientDependencies,
  by: Person,
  change: (client: ClientBase) => Promise<ChangedClients>,
): Promise<boolean> {
  const changed = await inTransaction(deps.db.pool, async (client) => {
    const done = await change(client);
    const changes = done.outcomes.flatMap((outcome) => outcome.changes);
    await tellOfAssignments(client, by.id, changes, newId());
    return done;
  });
  await sendWhatFollows(deps, changed);
  return changed.outcomes.every(({ label }) => label !== null);
}

/**
 * Assigns clients within the caller's transaction, who tells the people concerned and sends what follows. What is so already stays
 * as it is.
 */
export async function assignClients(
  client: ClientBase,
  db: Database,
  by: Person,
  clientIds: readonly string[],
  assignment: ClientAssignment,
  userId: string | null,
  refuse: typeof refusalOf = refusalOf,
): Promise<ChangedClients> {
  const field = ASSIGNMENT_FIELDS[assignment];
  const [column = ''] = clientColumns(db, { [field]: userId }).columns;
  const isActive = userId === null || (await findUser(client, userId))?.isActive === true;
  const locked = await lockClients(client, clientIds, column);
  const outcomes = clientIds.map((clientId): ClientOutcome => {
    const found = locked.get(clientId);
    const from = typeof found?.value === 'string' ? found.value : null;
    const refusal = refuse(found) ?? (isActive ? null : NOT_ACTIVE);
    const isChanged = found !== undefined && refusal === null && from !== userId;
    const changes = isChanged ? [{ subject: subjectOf(found), work: assignment, fromUserId: from, toUserId: userId }] : [];
    return { clientId, label: found?.clientCode ?? null, refusal, changes };
  });
  const changed = outcomes.filter(({ changes }) => changes.length > 0);
  const ids = changed.map(({ clientId }) => clientId);
  if (ids.length === 0) return { outcomes, requests: [], opened: [] };
  await client.query(`UPDATE clients SET ${column} = $2 WHERE id = ANY($1)`, [ids, userId]);
  for (const { clientId, changes } of changed) {
    const details = { before: { [column]: changes[0]?.fromUserId ?? null }, after: { [column]: userId } };
    await logActivity(client, { action: 'USER_ASSIGNED', userId: by.id, clientId, details });
  }
  return { outcomes, requests: await handFilingsOver(client, by, ids), opened: [] };
}

/** Sets the chase team of clients within the caller's transaction, who tells the people concerned. */
export async function setChaseTeams(
  client: ClientBase,
  by: Person,
  clientIds: readonly string[],
  userIds: readonly string[],
  refuse: typeof refusalOf = refusalOf,
): Promise<ChangedClients> {
  const team = [...new Set(userIds)];
  const { rows } = await client.query<{ active: number }>(
    'SELECT count(*) AS active FROM users WHERE id = ANY($1) AND is_active AND NOT is_system',
    [team],
  );
  const areActive = rows[0]?.active === team.length;
  const locked = await lockClients(client, clientIds, 'chase_team_user_ids');
  const outcomes: ClientOutcome[] = [];
  for (const clientId of clientIds) {
    const found = locked.get(clientId);
    const refusal = refuse(found) ?? (areActive ? null : NOT_ACTIVE);
    const changes = found && refusal === null ? teamChanges(found, team) : [];
    if (changes.length > 0) {
      await client.query('UPDATE clients SET chase_team_user_ids = $2 WHERE id = $1', [clientId, team]);
      const details = { before: { chase_team_user_ids: found?.value }, after: { chase_team_user_ids: team } };
      await logActivity(client, { action: 'CHASE_TEAM_CHANGED', userId: by.id, clientId, details });
    }
    outcomes.push({ clientId, label: found?.clientCode ?? null, refusal, changes });
  }
  return { outcomes, requests: [], opened: [] };
}

function teamChanges(client: LockedClient, team: readonly string[]): AssignmentChange[] {
  const before = Array.isArray(client.value) ? client.value.map(String) : [];
  const change = { subject: subjectOf(client), work: 'chaseTeam' as const };
  return [
    ...team.filter((id) => !before.includes(id)).map((toUserId) => ({ ...change, fromUserId: null, toUserId })),
    ...before.filter((id) => !team.includes(id)).map((fromUserId) => ({ ...change, fromUserId, toUserId: null })),
  ];
}

function subjectOf({ clientCode, companyName }: LockedClient): string {
  return `${clientCode} ${companyName}`;
}

/** The active user with this id. Throws UnknownAssigneeError. */
export async function requireActiveUser({ db }: Pick<ClientDependencies, 'db'>, userId: string): Promise<UserRecord> {
  const user = await findUser(db.pool, userId);
  if (!user?.isActive) throw new UnknownAssigneeError(NOT_ACTIVE);
  return user;
}

interface FilingToHandOver extends AskedFilingRow {
  assigneeId: string | null;
  assigneeName: string | null;
}

/**
 * Asks the open filings of clients to follow their clients' assignments, those excepted that somebody assigned by hand: for that kind
 * of work, or in general.
 */
export async function handFilingsOver(db: ClientBase, by: Person, clientIds: readonly string[]): Promise<StoredRequest[]> {
  const selects = FILING_KINDS.map((kind) => filingsToHandOver(kind));
  const { rows } = await db.query<FilingToHandOver>(selects.join(' UNION ALL '), [clientIds]);
  const requests: StoredRequest[] = [];
  for (const filing of rows) {
    const payload = { assignedUserId: filing.assigneeId, name: filing.assigneeName };
    const notes = `The client was assigned by ${by.name}`;
    requests.push(await storeConsequence(db, by, filing, { type: 'reassign', payload, notes }));
  }
  return requests;
}

function filingsToHandOver(kind: FilingKind): string {
  const { table, clientAssignment } = FILING_TABLES[kind];
  return `
    SELECT '${kind}' AS kind, '${FILING_DEFINITIONS[kind].route}' AS route, f.id, f.workflow_id AS "workflowId", u.id AS "assigneeId",
      u.name AS "assigneeName"
    FROM ${table} f JOIN clients c ON c.id = f.client_id
    LEFT JOIN users u ON u.id = coalesce(c.${clientAssignment}, c.assigned_user_id) AND u.is_active
    WHERE f.client_id = ANY($1) AND NOT f.is_completed AND NOT f.is_cancelled AND NOT f.is_assigned_by_hand
      AND f.assigned_user_id IS DISTINCT FROM u.id`;
}
