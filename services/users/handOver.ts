import type { ClientBase } from 'pg';
import { ASSIGNMENT_FIELDS } from '../../domain/clients/assignmentColumns';
import type { AssignmentChange } from '../../domain/clients/assignmentNotice';
import { CLIENT_ASSIGNMENTS } from '../../domain/clients/assignments';
import { FILING_DEFINITIONS, filingSubject } from '../../domain/filings/definitions';
import { FILING_KINDS } from '../../domain/filings/stages';
import type { Database } from '../../models';
import { tellOfAssignments } from '../../models/clients/tellOfAssignments';
import { FILING_TABLES } from '../../models/filings/filingTables';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { changedFields, logActivities } from '../audit/logActivity';
import { sendWhatFollows } from '../clients/changedClients';
import { clientColumns } from '../clients/clientColumns';
import type { ClientDependencies, Person } from '../clients/clients';
import type { AskedFilingRow } from '../filings/storeConsequence';
import { storeConsequence } from '../filings/storeConsequence';
import type { StoredRequest } from '../requests/storeRequest';

/** So many filings are asked at once; the others the relay asks. */
const MOST_SENT = 100;

/**
 * Hands every assignment and chase team membership of a person to another one and asks their open filings to follow, all together or
 * not at all; whoever gains or loses is told of it once.
 */
export async function handOverAssignments(
  deps: ClientDependencies,
  by: Person,
  from: Person,
  to: Person,
): Promise<{ clients: number; filings: number }> {
  const { clients, requests } = await inTransaction(deps.db.pool, async (client) => {
    // Somebody may have had thousands of them.
    await client.query(`SET LOCAL statement_timeout = '5min'`);
    const handedOver = await handOverClients(client, deps.db, by, from, to);
    const filings = await handOverFilings(client, by, from, to);
    await tellOfAssignments(client, by.id, [...handedOver.changes, ...filings.changes], newId());
    return { clients: handedOver.clients, requests: filings.requests };
  });
  await sendWhatFollows(deps, { requests: requests.slice(0, MOST_SENT), opened: [] });
  return { clients, filings: requests.length };
}

/** The columns of a client that name people, as they were or are. */
type Assignments = Record<string, string | string[] | null>;

interface HandedOverClient {
  id: string;
  subject: string;
  before: Assignments;
  after: Assignments;
}

async function handOverClients(
  client: ClientBase,
  db: Database,
  by: Person,
  from: Person,
  to: Person,
): Promise<{ clients: number; changes: AssignmentChange[] }> {
  const { columns } = clientColumns(db, Object.fromEntries(CLIENT_ASSIGNMENTS.map((name) => [ASSIGNMENT_FIELDS[name], from.id])));
  const sets = columns.map((column) => `${column} = CASE WHEN c.${column} = $1 THEN $2 ELSE c.${column} END`);
  const fieldsOf = (alias: string): string =>
    `jsonb_build_object(${[...columns, TEAM].map((column) => `'${column}', ${alias}.${column}`).join(', ')})`;
  const { rows } = await client.query<HandedOverClient>(
    `WITH theirs AS (
       SELECT * FROM clients WHERE ${columns.map((column) => `${column} = $1`).join(' OR ')} OR ${TEAM} @> ARRAY[$1]
       ORDER BY id FOR NO KEY UPDATE
     ), handed AS (
       UPDATE clients c SET ${sets.join(', ')},
         ${TEAM} = CASE WHEN $2 = ANY (c.${TEAM}) THEN array_remove(c.${TEAM}, $1) ELSE array_replace(c.${TEAM}, $1, $2) END
       FROM theirs WHERE c.id = theirs.id
       RETURNING c.id, c.client_code || ' ' || c.company_name AS subject, c.client_code AS code,
         ${fieldsOf('theirs')} AS before, ${fieldsOf('c')} AS after
     )
     SELECT id, subject, before, after FROM handed ORDER BY length(code), code`,
    [from.id, to.id],
  );
  const activities = rows.map(({ id, before, after }) => ({
    action: 'LEAVER_HANDED_OVER' as const,
    userId: by.id,
    clientId: id,
    details: { fromUserId: from.id, toUserId: to.id, ...changedFields(before, after) },
  }));
  if (activities.length > 0) await logActivities(client, activities);
  const works = CLIENT_ASSIGNMENTS.map((work, index) => ({ work, column: columns[index] ?? '' }));
  const changes = rows.flatMap(({ subject, before }) => [
    ...works
      .filter(({ column }) => before[column] === from.id)
      .map(({ work }) => ({ subject, work, fromUserId: from.id, toUserId: to.id })),
    ...teamChanges(subject, before[TEAM], from, to),
  ]);
  return { clients: rows.length, changes };
}

const TEAM = 'chase_team_user_ids';

/** Somebody who chases beside the leaver does so already. */
function teamChanges(subject: string, before: Assignments[string] | undefined, from: Person, to: Person): AssignmentChange[] {
  const team = Array.isArray(before) ? before : [];
  const toUserId = team.includes(to.id) ? null : to.id;
  return team.includes(from.id) ? [{ subject, work: 'chaseTeam', fromUserId: from.id, toUserId }] : [];
}

async function handOverFilings(
  client: ClientBase,
  by: Person,
  from: Person,
  to: Person,
): Promise<{ requests: StoredRequest[]; changes: AssignmentChange[] }> {
  const requests: StoredRequest[] = [];
  const changes: AssignmentChange[] = [];
  for (const filing of await openFilingsOf(client, from)) {
    const payload = { assignedUserId: to.id, name: to.name };
    const notes = `${from.name} handed over to ${to.name}`;
    requests.push(await storeConsequence(client, by, filing, { type: 'reassign', payload, notes }));
    changes.push({ subject: filingSubject(filing.kind, filing), work: 'filing', fromUserId: from.id, toUserId: to.id });
  }
  return { requests, changes };
}

type OpenFiling = AskedFilingRow & { period: string; clientCode: string };

async function openFilingsOf(client: ClientBase, person: Person): Promise<OpenFiling[]> {
  const selects = FILING_KINDS.map(
    (kind) => `SELECT '${kind}' AS kind, '${FILING_DEFINITIONS[kind].route}' AS route, f.id, f.workflow_id AS "workflowId",
        ${FILING_TABLES[kind].periodLabel} AS period, c.client_code AS "clientCode", f.filing_due_date AS due
      FROM ${FILING_TABLES[kind].table} f JOIN clients c ON c.id = f.client_id
      WHERE f.assigned_user_id = $1 AND NOT f.is_completed AND NOT f.is_cancelled`,
  );
  const { rows } = await client.query<OpenFiling>(`${selects.join(' UNION ALL ')} ORDER BY due, id`, [person.id]);
  return rows;
}
