import type { ClientBase, Pool } from 'pg';
import { FILING_DEFINITIONS, stageDefinition } from '../../domain/filings/definitions';
import type { RemindedFiling } from '../../domain/emails/clientReminder';
import type { FilingKind, Stage } from '../../domain/filings/stages';
import { FILING_KINDS } from '../../domain/filings/stages';
import { FILING_TABLES } from '../filings/filingTables';

/** A ledger row that an e-mail stands for, with what has become of its filing since. */
export interface ListedReminder {
  reminderId: string;
  /** Null where the reminder no longer applies; `reason` then says why. */
  filing: RemindedFiling | null;
  reason: string | null;
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
}

const STATEMENT = FILING_KINDS.map((kind) => {
  const { table, periodLabel, periodEnd } = FILING_TABLES[kind];
  return `
    SELECT r.id AS reminder_id, r.filing_kind, r.kind::text, f.current_stage::text AS stage, ${periodLabel} AS period,
      f.${periodEnd} AS period_end, f.filing_due_date AS due_date, NOT f.is_completed AND NOT f.is_cancelled AS is_open,
      f.is_chasing_paused AND (f.chasing_paused_until IS NULL OR f.chasing_paused_until > $2::date) AS is_paused
    FROM chase_reminders r JOIN ${table} f ON f.id = r.filing_id
    WHERE r.email_id = $1 AND r.status = 'PLANNED' AND r.filing_kind = '${kind}'`;
}).join(' UNION ALL ');

/** Reads what an e-mail to a client stands for, and looks again whether each part of it is still wanted; `today` is London's date. */
export async function listedReminders(db: Pool | ClientBase, emailId: string, today: string): Promise<ListedReminder[]> {
  const { rows } = await db.query<Row>(STATEMENT, [emailId, today]);
  return rows.map((row) => {
    const definition = FILING_DEFINITIONS[row.filing_kind];
    const topic = stageDefinition(definition, row.stage).chases;
    const reason = overtakenBy(row, topic);
    return {
      reminderId: row.reminder_id,
      reason,
      filing:
        reason === null && topic !== undefined
          ? { label: definition.label, period: row.period, periodEnd: row.period_end, dueDate: row.due_date, topic }
          : null,
    };
  });
}

function overtakenBy({ kind, is_open, is_paused }: Row, topic: RemindedFiling['topic'] | undefined): string | null {
  if (!is_open) return 'CANCELLED';
  if (is_paused) return 'PAUSED';
  if (kind === 'PAPERWORK_REMINDER' && topic !== 'PAPERWORK') return 'PAPERWORK_RECEIVED';
  if (topic === undefined || (kind === 'CLIENT_REMINDER' && topic === 'PAPERWORK')) return 'CLIENT_ANSWERED';
  return null;
}
