import type { Pool } from 'pg';
import type { IsoDate } from '../../domain/calendar/dates';
import { addDays } from '../../domain/calendar/dates';
import type { FilingDates } from '../../domain/filings/definition';
import { DEFAULT_POLICIES } from '../../domain/chasing/policy';
import type { ChasePolicy, ChaseRules } from '../../domain/chasing/policy';
import { FILING_DEFINITIONS } from '../../domain/filings/definitions';
import type { FilingKind, Stage } from '../../domain/filings/stages';
import type { FilingState, Milestone } from '../../domain/filings/state';
import { FILING_TABLES } from './filingTables';

/** A filing as its row has it, and the rules by which it is chased: what its workflow starts from. */
export interface LoadedFiling {
  workflowId: string;
  state: FilingState;
  rules: ChaseRules;
}

interface FilingRow {
  id: string;
  workflow_id: string;
  client_id: string;
  client_code: string;
  company_name: string;
  corporation_tax_status: string;
  period: string;
  period_start: string;
  period_end: string;
  deadlines: Record<string, string | null>;
  stage: Stage;
  stage_entered_at: Date;
  milestones: Record<string, { at: string | null; userId: string | null; userName: string | null }>;
  assigned_user_id: string | null;
  assigned_user_name: string | null;
  is_completed: boolean;
  is_cancelled: boolean;
  is_chasing_paused: boolean;
  chasing_paused_until: string | null;
  reminders_sent: number;
  revision: number;
  sequence: number;
  workflow_state: Partial<FilingState> | null;
}

/**
 * Reads a filing with its chase rules. The columns are what counts; only what no column holds (how far chasing got, which
 * requests were decided) is taken from the snapshot that the last recording left. Throws when there is no such filing.
 */
export async function loadFiling(db: Pool, kind: FilingKind, filingId: string, showClientNames: boolean): Promise<LoadedFiling> {
  const [row] = await readRows(db, kind, [filingId]);
  if (!row) throw new RangeError(`There is no ${FILING_DEFINITIONS[kind].label} filing ${filingId}`);
  const state = stateOf(kind, row, showClientNames);
  return { workflowId: row.workflow_id, state, rules: await loadRules(db, state) };
}

/** Reads filings of a kind, without their rules; those that are not there are left out. */
export async function loadStates(db: Pool, kind: FilingKind, filingIds: readonly string[]): Promise<FilingState[]> {
  return (await readRows(db, kind, filingIds)).map((row) => stateOf(kind, row, true));
}

async function readRows(db: Pool, kind: FilingKind, filingIds: readonly string[]): Promise<FilingRow[]> {
  return (await db.query<FilingRow>(loadStatement(kind), [filingIds])).rows;
}

/** The chase policy in force for a filing (the client's own, or the practice's), with the bank holidays around its dates. */
async function loadRules(db: Pool, state: FilingState): Promise<ChaseRules> {
  const { policyKind } = FILING_DEFINITIONS[state.kind];
  const {
    rows: [rules],
  } = await db.query<{ policy: ChasePolicy; version: number }>(
    `SELECT policy, version FROM chase_policies
     WHERE kind = $1::chase_policy_kind AND (client_id = $2 OR client_id IS NULL)
     ORDER BY client_id NULLS LAST LIMIT 1`,
    [policyKind, state.clientId],
  );
  return {
    policy: rules?.policy ?? DEFAULT_POLICIES[policyKind],
    version: rules?.version ?? 0,
    bankHolidays: await loadBankHolidays(db, state.dates),
  };
}

/** The bank holidays of England and Wales that can matter to a filing: from its period until a year after its last deadline. */
export async function loadBankHolidays(db: Pool, { periodStart, deadlines }: FilingDates): Promise<IsoDate[]> {
  const lastDeadline = Object.values(deadlines).reduce((a, b) => (a > b ? a : b), periodStart);
  const { rows } = await db.query<{ date: IsoDate }>(
    `SELECT to_char(date, 'YYYY-MM-DD') AS date FROM bank_holidays WHERE date BETWEEN $1::date AND $2::date ORDER BY date`,
    [periodStart, addDays(lastDeadline, 366)],
  );
  return rows.map(({ date }) => date);
}

function loadStatement(kind: FilingKind): string {
  const { table, periodStart, periodEnd, periodLabel, deadlines, milestones } = FILING_TABLES[kind];
  const deadlineFields = Object.entries(deadlines).map(([name, column]) => `'${name}', f.${column}`);
  const milestoneFields = Object.entries(milestones).map(
    ([name, prefix]) =>
      `'${name}', jsonb_build_object('at', f.${prefix}_date, 'userId', f.${prefix}_by_user_id, 'userName', f.${prefix}_by_user_name)`,
  );
  return `
    SELECT f.id, f.workflow_id, f.client_id, c.client_code, c.company_name, c.corporation_tax_status, ${periodLabel} AS period,
      f.${periodStart} AS period_start, f.${periodEnd} AS period_end,
      jsonb_build_object(${deadlineFields.join(', ')}) AS deadlines,
      f.current_stage AS stage, f.stage_entered_at,
      jsonb_build_object(${milestoneFields.join(', ')}) AS milestones,
      f.assigned_user_id, u.name AS assigned_user_name, f.is_completed, f.is_cancelled, f.is_chasing_paused, f.chasing_paused_until,
      f.reminders_sent, f.revision, f.sequence, f.workflow_state
    FROM ${table} f JOIN clients c ON c.id = f.client_id LEFT JOIN users u ON u.id = f.assigned_user_id
    WHERE f.id = ANY ($1)`;
}

function stateOf(kind: FilingKind, row: FilingRow, showClientNames: boolean): FilingState {
  const snapshot = row.workflow_state ?? {};
  return {
    kind,
    filingId: row.id,
    clientId: row.client_id,
    clientCode: row.client_code,
    clientName: showClientNames ? row.company_name : null,
    period: snapshot.period ?? row.period,
    stage: row.stage,
    stageEnteredAt: row.stage_entered_at.getTime(),
    milestones: Object.fromEntries(Object.entries(row.milestones).flatMap(([name, value]) => reached(name, value))),
    assignee:
      row.assigned_user_id === null
        ? null
        : { userId: row.assigned_user_id, name: row.assigned_user_name ?? row.assigned_user_id },
    dates: {
      periodStart: row.period_start,
      periodEnd: row.period_end,
      deadlines: Object.fromEntries(
        Object.entries(row.deadlines).flatMap(([name, date]) => (date === null ? [] : [[name, date]])),
      ),
      corporationTaxRequired: row.corporation_tax_status !== 'NOT_REQUIRED',
    },
    sequence: row.sequence,
    revision: row.revision,
    paused: row.is_chasing_paused ? { until: row.chasing_paused_until } : null,
    chase: snapshot.chase ?? {
      remindersSent: row.reminders_sent,
      lastReminderOn: null,
      lastClientReminderOn: null,
      noClientEmailBefore: null,
      lastAlertOn: {},
    },
    plan: snapshot.plan ?? [],
    outcome: row.is_completed ? 'FILED' : row.is_cancelled ? 'CANCELLED' : null,
    decidedRequestIds: snapshot.decidedRequestIds ?? [],
  };
}

function reached(
  name: string,
  { at, userId, userName }: { at: string | null; userId: string | null; userName: string | null },
): [string, Milestone][] {
  return at === null ? [] : [[name, { at: Date.parse(at), userId, userName: userName ?? '' }]];
}
