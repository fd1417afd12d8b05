import type { ClientBase, Pool } from 'pg';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingRecord } from '../../domain/filings/record';
import type { FilingPeople } from '../../domain/notifications/recordNotices';
import { formerAssigneeId, isNoticed, recordNotices } from '../../domain/notifications/recordNotices';
import { isMailable } from '../emails/mailable';
import { newId } from '../ids';
import { FILING_TABLES } from './filingTables';

interface NotificationRow {
  id: string;
  userId: string;
  type: string;
  title: string;
  message: string;
  dedupeKey: string;
}

/** The notifications that a record makes, one for each person and thing. */
export async function recordNotifications(db: Pool | ClientBase, record: FilingRecord): Promise<NotificationRow[]> {
  const definition = FILING_DEFINITIONS[record.state.kind];
  if (!isNoticed(definition, record)) return [];
  const notices = recordNotices(definition, record, await readPeople(db, record));
  const isAssignment = notices.some(({ type }) => type === 'ASSIGNMENT');
  const isTold = isAssignment && (await isToldInSummary(db, record));
  return notices
    .filter(({ type }) => type !== 'ASSIGNMENT' || !isTold)
    .flatMap(({ type, title, message, key, userIds }) =>
      userIds.map((userId) => ({ id: newId(), userId, type, title, message, dedupeKey: `${key}/${userId}` })),
    );
}

/** What belongs to a bulk operation is told once for all its filings. */
async function isToldInSummary(db: Pool | ClientBase, { requestId }: FilingRecord): Promise<boolean> {
  const { rowCount } = await db.query('SELECT FROM bulk_operation_records WHERE request_id = $1', [requestId]);
  return rowCount !== 0;
}

/** Active people only; "assigned" falls back to the client's assignee for the kind, then to its general one. */
async function readPeople(db: Pool | ClientBase, record: FilingRecord): Promise<FilingPeople> {
  const { state, requestId } = record;
  const { rows } = await db.query<FilingPeople>({
    name: `filing-people-${state.kind}`,
    text: `WITH staff AS (SELECT id, role FROM users WHERE is_active AND NOT is_system)
     SELECT c.company_name AS "companyName",
       (SELECT json_build_object('id', id, 'role', role) FROM staff WHERE id = coalesce(
         (SELECT id FROM staff WHERE id = $2),
         (SELECT id FROM staff WHERE id = c.${FILING_TABLES[state.kind].clientAssignment}),
         (SELECT id FROM staff WHERE id = c.assigned_user_id))) AS assigned,
       ARRAY(SELECT id FROM staff WHERE role = 'MANAGER') AS managers,
       ARRAY(SELECT id FROM staff WHERE role = 'PARTNER') AS partners,
       (SELECT id FROM staff WHERE id = $4) AS former,
       ${isMailable('c.contact_email')} AS "canBeMailed",
       (SELECT notes FROM filing_requests WHERE id = $3) AS comment
     FROM clients c WHERE c.id = $1`,
    values: [state.clientId, state.assignee?.userId ?? null, requestId, formerAssigneeId(record)],
  });
  const [people] = rows;
  if (!people) throw new Error(`Client ${state.clientId} of filing ${state.filingId} is not in the database`);
  return people;
}
