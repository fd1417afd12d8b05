import type { FilingKind } from '../../domain/filings/stages';
import { FILING_TABLES } from './filingTables';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import { approvalStatement, REVOKED_LINK } from './approvalStatement';
import { COMMITTED_ASSIGNEE, COMMITTED_CLIENT } from '../queries/filingResult';
import { OUTCOMES_CHANNEL } from './outcomesChannel';
import { workflowColumns } from './filingColumns';

/** Told of every filing that a person changed or that moved, as `KIND:id`; of alerts and reminders alone it is silent, to spare commits. */
export const FILING_CHANGES_CHANNEL = 'filing_changes';

/** PostgreSQL refuses longer notifications: who waits for an outcome too long for one is told its request's id, and reads it. */
const TOLD = `CASE WHEN octet_length(answer.told) < 8000 THEN answer.told ELSE answer.id END`;

/** What most decisions do not do: their statement is without the parts for it, which take time though they find nothing to do. */
export interface RecordParts {
  /** Somebody of the practice is told. */
  notifies: boolean;
  /** The filing is sent to its client for approval. */
  sends: boolean;
}

/**
 * The one statement that commits a decision of a filing's workflow: row, history, activity log, chase ledger,
 * notifications, what is sent to the client for approval and the request's outcome, or nothing. One statement is one transaction and one round trip.
 *
 * Parameter $1 is JSON: see RecordParameters in recordDecision.ts. The row changes only under the guard: the same run
 * records the next revision; another run (continued, reopened or reset) takes over when it decided later. A request that a
 * reset replays has its history row already, so the repeated one carries its run's id, and its log row says that it repeats.
 * Gives one row when the decision was committed, with the client's name as it is now; none when the guard refused it.
 */
export function recordStatement(kind: FilingKind, { notifies, sends }: RecordParts): string {
  const { table, historyTable, stageType } = FILING_TABLES[kind];
  const columns = workflowColumns(kind);
  return `
WITH input AS (
  SELECT $1::jsonb AS j
),
new AS (
  -- In FROM the record is made once; (…).* would make it for each of its columns.
  SELECT made.* FROM input, jsonb_populate_record(NULL::${table}, j->'row') AS made
),
filing AS (
  UPDATE ${table} f
  SET ${columns.map((column) => `${column} = new.${column}`).join(', ')},
      is_assigned_by_hand = f.is_assigned_by_hand OR (j->>'assignedByHand')::boolean,
      cancelled_date = CASE WHEN new.is_cancelled THEN coalesce(f.cancelled_date, new.decided_at) END,
      cancelled_by_user_id = CASE WHEN new.is_cancelled THEN coalesce(f.cancelled_by_user_id, j#>>'{actor,userId}') END,
      cancelled_by_user_name = CASE WHEN new.is_cancelled THEN coalesce(f.cancelled_by_user_name, j#>>'{actor,name}') END,
      cancel_reason = CASE WHEN new.is_cancelled THEN coalesce(f.cancel_reason, (SELECT notes FROM filing_requests WHERE id = j->>'requestId'), j->>'notes') END,
      updated_at = clock_timestamp()
  FROM new, input
  WHERE f.id = j->>'filingId'
    AND (
      (f.run_id = new.run_id AND f.revision = new.revision - 1)
      OR (f.run_id IS DISTINCT FROM new.run_id AND (f.decided_at IS NULL OR f.decided_at <= new.decided_at)
          AND f.revision = new.revision - 1)
    )
  RETURNING f.*
),
request AS (
  UPDATE filing_requests r
  SET status = 'APPLIED', decided_at = clock_timestamp(), result = to_jsonb(filing) - 'workflow_state'
  FROM filing, input
  WHERE r.id = j->>'requestId' AND r.status = 'PENDING'
  RETURNING r.id, r.status, r.result
),
answer AS (
  SELECT request.id, json_build_object('id', request.id, 'status', request.status, 'code', NULL, 'reason', NULL,
    'result', json_build_object('row', request.result, 'client', ${COMMITTED_CLIENT}, 'assignedUser', ${COMMITTED_ASSIGNEE}))::text AS told
  FROM request CROSS JOIN filing JOIN clients c ON c.id = filing.client_id LEFT JOIN users u ON u.id = filing.assigned_user_id
),
asked AS (
  SELECT id, notes, status, approval FROM filing_requests, input WHERE id = j->>'requestId'
),
history AS (
  INSERT INTO ${historyTable} (id, filing_id, from_stage, to_stage, stage_changed_at, days_in_previous_stage, user_id, user_name,
    user_role, notes, source, transition_id, sequence, filed_to, rejected_by)
  SELECT j->>'historyId', filing.id, (j#>>'{transition,fromStage}')::${stageType}, (j#>>'{transition,toStage}')::${stageType},
    filing.decided_at, (j#>>'{transition,daysInPreviousStage}')::int, j#>>'{actor,userId}', j#>>'{actor,name}', j#>>'{actor,role}',
    coalesce(asked.notes, j->>'notes'),
    coalesce(j->>'source', CASE WHEN asked.id IS NULL THEN 'TEMPORAL' ELSE 'API' END)::history_source,
    CASE WHEN EXISTS (SELECT FROM ${historyTable} h WHERE h.transition_id = j->>'decisionKey')
      THEN (j->>'decisionKey') || ':' || filing.run_id ELSE j->>'decisionKey' END,
    filing.sequence,
    ARRAY(SELECT jsonb_array_elements_text(j#>'{transition,filedTo}')),
    ARRAY(SELECT jsonb_array_elements_text(j#>'{transition,rejectedBy}'))
  FROM filing CROSS JOIN input LEFT JOIN asked ON true
  WHERE j->'transition' <> 'null'::jsonb
),
activity AS (
  INSERT INTO activity_logs (id, action, timestamp, user_id, client_id, details)
  SELECT j->>'activityId', j->>'action', filing.decided_at, j#>>'{actor,userId}', filing.client_id,
    CASE WHEN asked.status = 'APPLIED' THEN (j->'details') || jsonb_build_object('repeatedBy', filing.run_id) ELSE j->'details' END
  FROM filing CROSS JOIN input LEFT JOIN asked ON true
  WHERE j->>'action' IS NOT NULL
),
settled AS (
  UPDATE chase_reminders c
  SET status = s.status::reminder_status, reason = s.reason, updated_at = clock_timestamp(),
      sent_at = CASE WHEN s.status = 'SENT' THEN filing.decided_at END
  FROM filing, input, jsonb_to_recordset(j->'settle') AS s(kind text, deadline text, "plannedFor" date, status text, reason text)
  WHERE c.filing_id = filing.id AND c.status = 'PLANNED' AND c.email_id IS NULL
    AND c.kind = s.kind::reminder_kind AND c.deadline = s.deadline AND c.planned_for = s."plannedFor"
),
planned AS (
  INSERT INTO chase_reminders (id, filing_kind, filing_id, client_id, kind, deadline, planned_for, planned_at, recipient, number,
    policy_version)
  SELECT a.id, '${kind}', filing.id, filing.client_id, a.kind::reminder_kind, a.deadline, a."plannedFor",
    to_timestamp(a."plannedAt" / 1000), a.recipient::reminder_recipient, a.number, (j->>'policyVersion')::int
  FROM filing, input,
    jsonb_to_recordset(j->'add') AS a(id text, kind text, deadline text, "plannedFor" date, "plannedAt" float8, recipient text, number int)
  ON CONFLICT (filing_id, kind, deadline, planned_for) WHERE status = 'PLANNED'
  DO UPDATE SET planned_at = excluded.planned_at, number = excluded.number, policy_version = excluded.policy_version
),
${notifies ? notificationsOf(kind) : ''}${sends ? approvalStatement(kind, FILING_DEFINITIONS[kind].workflowType) : ''}${REVOKED_LINK}${kind === 'LTD_ACCOUNTS' ? CORPORATION_TAX : ''}
SELECT filing.id, (SELECT company_name FROM clients WHERE id = filing.client_id) AS "clientName",
  (SELECT pg_notify('${OUTCOMES_CHANNEL}', ${TOLD}) FROM answer)::text AS notified,
  CASE WHEN j->>'requestId' IS NOT NULL OR j->'transition' <> 'null'::jsonb
    THEN pg_notify('${FILING_CHANGES_CHANNEL}', '${kind}:' || filing.id)::text END AS told
FROM filing, input`;
}

function notificationsOf(kind: FilingKind): string {
  return `
notified AS (
  INSERT INTO notifications (id, user_id, type, title, message, client_id, filing_kind, filing_id, dedupe_key)
  SELECT n.id, n."userId", n.type, n.title, n.message, filing.client_id, '${kind}', filing.id, n."dedupeKey"
  FROM filing, input,
    jsonb_to_recordset(j->'notifications') AS n(id text, "userId" text, type text, title text, message text, "dedupeKey" text)
  ON CONFLICT (dedupe_key) DO NOTHING
),`;
}

/**
 * The Corporation Tax of the client follows its accounts: those of the period that is tracked, the first, or later ones once the tracked
 * period is filed. What a person said is not required stays so.
 */
const CORPORATION_TAX = `,
corporation_tax AS (
  UPDATE clients c
  SET corporation_tax_status = coalesce((t->>'status')::corporation_tax_status, c.corporation_tax_status),
      corporation_tax_period_start = (t->>'periodStart')::date,
      corporation_tax_period_end = (t->>'periodEnd')::date,
      next_corporation_tax_due = CASE WHEN c.ct_due_source = 'MANUAL' THEN c.next_corporation_tax_due ELSE (t->>'dueDate')::date END,
      last_ct_status_update = CASE WHEN t->>'status' IS NULL THEN c.last_ct_status_update ELSE filing.decided_at END,
      ct_status_updated_by = CASE WHEN t->>'status' IS NULL THEN c.ct_status_updated_by ELSE j#>>'{actor,userId}' END
  FROM filing, input, LATERAL (SELECT j->'corporationTax' AS t) tax
  WHERE c.id = filing.client_id AND t <> 'null'::jsonb AND c.corporation_tax_status <> 'NOT_REQUIRED'
    AND (c.corporation_tax_period_start IS NULL OR c.corporation_tax_period_start = filing.filing_period_start
      OR (c.corporation_tax_status = 'FILED' AND c.corporation_tax_period_start < filing.filing_period_start))
)`;
