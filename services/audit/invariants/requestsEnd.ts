import type { AuditedDatabase, Finding } from './violation';

const INVARIANT = 'every request ends once';
/** The relay comes every half minute; after so long nothing is on its way any more. */
const LONGEST_WAY = '2 minutes';

interface Mismatch {
  id: string;
  status: string;
  type: string;
  workflow_id: string;
  records: number;
}

/** No request is still pending after minutes; each applied one has its one record in the activity log, and no refused one has a move. */
export async function requestsEnd({ db, isAtRest = false }: AuditedDatabase): Promise<Finding> {
  const counted = await db.query<{ total: number }>('SELECT count(*) AS total FROM filing_requests');
  const { rows } = await db.query<Mismatch>(
    `SELECT r.id, r.status::text, r.type::text, r.workflow_id, coalesce(a.records, 0)::int AS records
     FROM filing_requests r LEFT JOIN (
       SELECT details->>'requestId' AS request_id, count(*) AS records FROM activity_logs
       WHERE details ? 'requestId' AND NOT details ? 'repeatedBy' AND action <> 'FILING_REQUEST_REJECTED' AND action <> 'PERMISSION_REFUSED' GROUP BY 1
     ) a ON a.request_id = r.id
     WHERE (r.status = 'PENDING' AND NOT $1 AND r.created_at < clock_timestamp() - interval '${LONGEST_WAY}')
       OR (r.status = 'APPLIED' AND coalesce(a.records, 0) <> 1)
       OR (r.status = 'REJECTED' AND coalesce(a.records, 0) <> 0)`,
    [isAtRest],
  );
  const violations = rows.map(({ id, status, type, workflow_id, records }) => ({
    invariant: INVARIANT,
    record: `request ${id}`,
    message:
      status === 'PENDING'
        ? `${type} to ${workflow_id} is still PENDING after ${LONGEST_WAY}`
        : `${type} to ${workflow_id} is ${status} and has ${records} records in the activity log`,
  }));
  return { checked: counted.rows[0]?.total ?? 0, violations };
}
