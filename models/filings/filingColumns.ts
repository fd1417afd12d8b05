import type { FilingRecord } from '../../domain/filings/record';
import type { FilingKind } from '../../domain/filings/stages';
import { CLIENT_EMAIL_KINDS } from '../../domain/chasing/plan';
import { FILING_TABLES } from './filingTables';

/** The columns of a filing's row that its workflow writes, in the order of the statements made from them. */
export function workflowColumns(kind: FilingKind): string[] {
  const { periodStart, periodEnd, deadlines, milestones } = FILING_TABLES[kind];
  const milestoneColumns = Object.values(milestones).flatMap((prefix) => [
    `${prefix}_date`,
    `${prefix}_by_user_id`,
    `${prefix}_by_user_name`,
  ]);
  const columns = [
    periodStart,
    periodEnd,
    ...Object.values(deadlines),
    'filing_due_date',
    'current_stage',
    'stage_entered_at',
    'assigned_user_id',
    'is_completed',
    'is_cancelled',
    ...milestoneColumns,
    'run_id',
    'decided_at',
    'revision',
    'sequence',
    'decision_key',
    'workflow_state',
    'is_chasing_paused',
    'chasing_paused_until',
    'next_reminder_at',
    'reminders_sent',
    'waiting_for',
  ];
  return [...new Set(columns)];
}

/** What of a record the row is made from. */
export type RowRecord = Pick<FilingRecord, 'state' | 'dueDate' | 'waitingFor' | 'decidedAt' | 'decisionKey'>;

/** The row that follows from a record, keyed by column: JSON that PostgreSQL reads with jsonb_populate_record. */
export function filingRow(kind: FilingKind, runId: string, record: RowRecord): Record<string, unknown> {
  const { state } = record;
  const { periodStart, periodEnd, deadlines, milestones } = FILING_TABLES[kind];
  const nextClientEmail = state.plan.find((row) => CLIENT_EMAIL_KINDS.includes(row.kind));
  return {
    [periodStart]: state.dates.periodStart,
    [periodEnd]: state.dates.periodEnd,
    ...Object.fromEntries(Object.entries(deadlines).map(([name, column]) => [column, state.dates.deadlines[name]])),
    filing_due_date: record.dueDate,
    current_stage: state.stage,
    stage_entered_at: instant(state.stageEnteredAt),
    assigned_user_id: state.assignee?.userId ?? null,
    is_completed: state.outcome === 'FILED',
    is_cancelled: state.outcome === 'CANCELLED',
    ...Object.fromEntries(
      Object.entries(milestones).flatMap(([name, prefix]) => {
        const milestone = state.milestones[name];
        return [
          [`${prefix}_date`, milestone ? instant(milestone.at) : null],
          [`${prefix}_by_user_id`, milestone?.userId ?? null],
          [`${prefix}_by_user_name`, milestone?.userName ?? null],
        ];
      }),
    ),
    run_id: runId,
    decided_at: instant(record.decidedAt),
    revision: state.revision,
    sequence: state.sequence,
    decision_key: record.decisionKey,
    workflow_state: state,
    is_chasing_paused: state.paused !== null,
    chasing_paused_until: state.paused?.until ?? null,
    next_reminder_at: nextClientEmail ? instant(nextClientEmail.plannedAt) : null,
    reminders_sent: state.chase.remindersSent,
    waiting_for: record.waitingFor,
  };
}

function instant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
