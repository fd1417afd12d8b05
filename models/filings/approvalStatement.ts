import { APPROVAL_VALID_DAYS } from '../../domain/approvals/approval';
import type { FilingKind } from '../../domain/filings/stages';
import { isMailable } from '../emails/mailable';

/**
 * The part of a decision's statement (see recordStatement) that sends a filing to its client: the link, and the e-mail that carries it.
 * `j.sending` has the ids of both rows. A decision that another run records again finds its link and e-mail there, and a link that was
 * revoked by what the reset undid counts again.
 */
export function approvalStatement(kind: FilingKind, workflowType: string): string {
  return `
approval_email AS (
  INSERT INTO email_logs (id, recipient_email, recipient_name, subject, content, email_type, template, client_id, workflow_type,
    workflow_id, filing_kind, filing_id, triggered_by, idempotency_key)
  SELECT j#>>'{sending,emailId}', c.contact_email, c.contact_name, 'Please approve', '', 'WORKFLOW', 'approval-request', c.id,
    '${workflowType}', filing.workflow_id, '${kind}', filing.id, coalesce(j#>>'{actor,userId}', j#>>'{sending,systemUserId}'),
    'approval:' || (j->>'decisionKey')
  FROM filing, input, clients c
  WHERE c.id = filing.client_id AND ${isMailable('c.contact_email')}
  ON CONFLICT (idempotency_key) DO NOTHING
  RETURNING id
),
approval_link AS (
  INSERT INTO approval_links (id, decision_key, filing_kind, filing_id, client_id, sequence, content, sent_by_user_id, sent_by_name,
    sent_at, email_id, expires_at)
  SELECT j#>>'{sending,linkId}', j->>'decisionKey', '${kind}', filing.id, filing.client_id, filing.sequence,
    coalesce((SELECT approval FROM asked), CASE WHEN j->'transition' = 'null'::jsonb THEN (
      SELECT content FROM approval_links before WHERE before.filing_id = filing.id ORDER BY created_at DESC LIMIT 1) END),
    j#>>'{actor,userId}', j#>>'{actor,name}', filing.decided_at, (SELECT id FROM approval_email),
    filing.decided_at + interval '${APPROVAL_VALID_DAYS} days'
  FROM filing, input
  ON CONFLICT (decision_key) DO UPDATE SET revoked_at = NULL, sequence = excluded.sequence
),`;
}

/** The part of a decision's statement that ends the link before, as every move away does. */
export const REVOKED_LINK = `
revoked_link AS (
  UPDATE approval_links l SET revoked_at = filing.decided_at
  FROM filing, input
  WHERE l.filing_id = filing.id AND l.revoked_at IS NULL AND l.answered_at IS NULL AND l.decision_key <> j->>'decisionKey'
    AND (j->'transition' <> 'null'::jsonb OR filing.is_cancelled)
)`;
