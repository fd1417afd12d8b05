import type { ClientBase, Pool } from 'pg';
import { londonDateOf } from '../../domain/calendar/london';
import { FILING_DEFINITIONS, stageDefinition } from '../../domain/filings/definitions';
import type { RemindedFiling } from '../../domain/emails/clientReminder';
import type { FilingKind, Stage } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../filings/filingTables';

/** A ledger row that an e-mail stands for, with what has become of its filing since. */
export interface ListedReminder {
  reminderId: string;
  /** Null where the reminder no longer applies; `reason` then says why. */
  filing: Omit<RemindedFiling, 'link'> | null;
  reason: string | null;
  /** The link on which the client can answer what was sent for approval. */
  approvalLinkId: string | null;
}

interface Row {
  reminder_id: string;
  filing_kind: FilingKind;
  kind: string;
  stage: Stage;
  period: string;
  period_end: string;
  due_date: string;
  is_open: boolean;
  is_paused: boolean;
  approval_link_id: string | null;
  has_answered: boolean;
}

const STATEMENT = FILING_KINDS.map((kind) => {
  const { table, periodLabel, periodEnd } = FILING_TABLES[kind];
  return `
    SELECT r.id AS reminder_id, r.filing_kind, r.kind::text, f.current_stage::text AS stage, ${periodLabel} AS period,
      f.${periodEnd} AS period_end, f.filing_due_date AS due_date, NOT f.is_completed AND NOT f.is_cancelled AS is_open,
      f.is_chasing_paused AND (f.chasing_paused_until IS NULL OR f.chasing_paused_until > $2::date) AS is_paused,
      CASE WHEN l.revoked_at IS NULL AND l.answered_at IS NULL AND l.expires_at > $3 THEN l.id END AS approval_link_id,
      EXISTS (SELECT FROM filing_requests q WHERE q.id = l.request_id AND q.status = 'PENDING') AS has_answered
    FROM chase_reminders r JOIN ${table} f ON f.id = r.filing_id
      LEFT JOIN LATERAL (SELECT * FROM approval_links WHERE filing_id = f.id ORDER BY created_at DESC LIMIT 1) l ON true
    WHERE r.email_id = $1 AND r.status = 'PLANNED' AND r.filing_kind = '${kind}'`;
}).join(' UNION ALL ');

/** Reads what an e-mail to a client stands for, and looks again whether each part of it is still wanted now (epoch ms). */
export async function listedReminders(db: Pool | ClientBase, emailId: string, now: number): Promise<ListedReminder[]> {
  const { rows } = await db.query<Row>({
    name: 'listed-reminders',
    text: STATEMENT,
    values: [emailId, londonDateOf(now), new Date(now)],
  });
  return rows.map((row) => {
    const definition = FILING_DEFINITIONS[row.filing_kind];
    const topic = stageDefinition(definition, row.stage).chases;
    const reason = overtakenBy(row, topic);
    return {
      reminderId: row.reminder_id,
      reason,
      approvalLinkId: topic === 'APPROVAL' ? row.approval_link_id : null,
      filing:
        reason === null && topic !== undefined
          ? { label: definition.label, period: row.period, periodEnd: row.period_end, dueDate: row.due_date, topic }
          : null,
    };
  });
}

function overtakenBy({ kind, is_open, is_paused, has_answered }: Row, topic: RemindedFiling['topic'] | undefined): string | null {
  if (!is_open) return 'CANCELLED';
  if (is_paused) return 'PAUSED';
  if (kind === 'PAPERWORK_REMINDER' && topic !== 'PAPERWORK') return 'PAPERWORK_RECEIVED';
  if (topic === 'APPROVAL' && has_answered) return 'CLIENT_ANSWERED';
  if (topic === undefined || (kind === 'CLIENT_REMINDER' && topic === 'PAPERWORK')) return 'CLIENT_ANSWERED';
  return null;
}
