import type { ClientBase, Pool } from 'pg';
import type { ApprovalContent } from '../../domain/approvals/approval';
import type { IsoDate } from '../../domain/calendar/dates';
import type { ClientDecisionName } from '../../domain/filings/messages';
import type { RequestStatus } from '../../domain/filings/requestStatuses';
import type { FilingKind } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../filings/filingTables';

/** A sending to a client, with its client, filing and answer. */
export interface SentApproval {
  id: string;
  filingKind: FilingKind;
  filingId: string;
  workflowId: string;
  sequence: number;
  companyName: string;
  contactName: string;
  period: string;
  periodStart: IsoDate;
  periodEnd: IsoDate;
  dueDate: IsoDate;
  content: ApprovalContent | null;
  sentByName: string;
  sentAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  answeredAt: Date | null;
  decision: ClientDecisionName | null;
  comment: string | null;
  requestId: string | null;
  requestStatus: RequestStatus | null;
}

/** Column by which sendings are looked up. */
type Key = 'id' | 'email_id' | 'filing_id';

const SELECTS = (key: Key): string =>
  FILING_KINDS.map((kind) => {
    const { table, periodLabel, periodStart, periodEnd } = FILING_TABLES[kind];
    return `
    SELECT l.id, l.filing_kind::text AS "filingKind", f.id AS "filingId", f.workflow_id AS "workflowId", l.sequence,
      c.company_name AS "companyName", c.contact_name AS "contactName", ${periodLabel} AS period, f.${periodStart} AS "periodStart",
      f.${periodEnd} AS "periodEnd", f.filing_due_date AS "dueDate", l.content, l.sent_by_name AS "sentByName", l.sent_at AS "sentAt",
      l.expires_at AS "expiresAt", l.revoked_at AS "revokedAt", l.answered_at AS "answeredAt", r.payload->>'decision' AS decision,
      r.notes AS comment, r.id AS "requestId", r.status::text AS "requestStatus"
    FROM approval_links l JOIN ${table} f ON f.id = l.filing_id JOIN clients c ON c.id = l.client_id
      LEFT JOIN filing_requests r ON r.id = l.request_id
    WHERE l.${key} = $1 AND l.filing_kind = '${kind}'`;
  }).join(' UNION ALL ');

const BY_ID = SELECTS('id');
const BY_EMAIL = SELECTS('email_id');
const BY_FILING = `${SELECTS('filing_id')} ORDER BY "sentAt" DESC`;

/** Reads a sending by the id of its link; undefined when there is none. */
export async function readSentApproval(db: Pool | ClientBase, linkId: string): Promise<SentApproval | undefined> {
  const { rows } = await db.query<SentApproval>(BY_ID, [linkId]);
  return rows[0];
}

/** Reads the sending that an e-mail carries; undefined when there is none. */
export async function readApprovalOfEmail(db: Pool, emailId: string): Promise<SentApproval | undefined> {
  const { rows } = await db.query<SentApproval>(BY_EMAIL, [emailId]);
  return rows[0];
}

/** Everything that was sent of a filing, newest first. */
export async function sentApprovals(db: Pool, filingId: string): Promise<SentApproval[]> {
  const { rows } = await db.query<SentApproval>(BY_FILING, [filingId]);
  return rows;
}

/** Holds a link until the end of the transaction, so that of many answers at once one is the first. */
export async function lockApprovalLink(db: ClientBase, linkId: string): Promise<void> {
  await db.query('SELECT FROM approval_links WHERE id = $1 FOR UPDATE', [linkId]);
}

/** The link was answered by a stored request, at a moment (epoch ms). */
export async function markAnswered(db: ClientBase, linkId: string, requestId: string, at: number): Promise<void> {
  await db.query('UPDATE approval_links SET request_id = $2, answered_at = $3 WHERE id = $1', [linkId, requestId, new Date(at)]);
}
