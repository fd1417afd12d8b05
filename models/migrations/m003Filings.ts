import { createEnum, sqlMigration } from './migration';

const VAT_MILESTONES = [
  'chase_started',
  'paperwork_received',
  'work_started',
  'work_finished',
  'sent_to_client',
  'client_approved',
  'filed_to_hmrc',
];

const LTD_MILESTONES = [
  'chase_started',
  'paperwork_received',
  'work_started',
  'manager_discussion',
  'partner_review',
  'review_completed',
  'sent_to_client',
  'client_approved',
  'partner_approved',
  'filed',
  'filed_to_companies_house',
  'filed_to_hmrc',
  'client_self_filing',
];

/** When each milestone was first reached and by whom; the id is null for someone who is not a user. */
function milestoneColumns(milestones: readonly string[]): string {
  return milestones
    .map(
      (name) => `
    ${name}_date timestamptz(3),
    ${name}_by_user_id text REFERENCES users(id),
    ${name}_by_user_name text,`,
    )
    .join('');
}

/** What the workflow engine keeps in the row of every kind of filing. */
const ENGINE_COLUMNS = `
    workflow_id text NOT NULL UNIQUE,
    run_id text,
    decided_at timestamptz(3),
    revision integer NOT NULL DEFAULT 0,
    sequence integer NOT NULL DEFAULT 0,
    decision_key text,
    workflow_state jsonb,
    stage_entered_at timestamptz(3) NOT NULL DEFAULT now(),
    is_assigned_by_hand boolean NOT NULL DEFAULT false,
    is_cancelled boolean NOT NULL DEFAULT false,
    cancelled_date timestamptz(3),
    cancelled_by_user_id text REFERENCES users(id),
    cancelled_by_user_name text,
    cancel_reason text,
    is_chasing_paused boolean NOT NULL DEFAULT false,
    chasing_paused_until date,
    next_reminder_at timestamptz(3),
    reminders_sent integer NOT NULL DEFAULT 0,
    waiting_for waiting_for NOT NULL DEFAULT 'PERIOD_END',
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()`;

/**
 * Indexes and the trigger of a filing table. Lists mostly show what is not completed, by due date; whether it is cancelled is kept
 * in the index, so that totals are counted there.
 */
function filingIndexes(table: string): string {
  return `
  CREATE INDEX idx_${table}_client_id ON ${table}(client_id);
  CREATE INDEX idx_${table}_assigned_user_id ON ${table}(assigned_user_id);
  CREATE INDEX idx_${table}_current_stage ON ${table}(current_stage);
  CREATE INDEX idx_${table}_filing_due_date ON ${table}(filing_due_date);
  CREATE INDEX idx_${table}_open_due ON ${table}(filing_due_date, id) INCLUDE (is_cancelled) WHERE NOT is_completed;
  CREATE INDEX idx_${table}_open_stage_due ON ${table}(current_stage, filing_due_date, id) INCLUDE (is_cancelled)
    WHERE NOT is_completed;
  CREATE INDEX idx_${table}_open_assigned ON ${table}(assigned_user_id, current_stage) INCLUDE (is_cancelled) WHERE NOT is_completed;
  CREATE INDEX idx_${table}_open_client ON ${table}(client_id) INCLUDE (is_cancelled) WHERE NOT is_completed;
  CREATE TRIGGER ${table}_updated_at BEFORE UPDATE ON ${table} FOR EACH ROW
    WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();`;
}

/** A history table is append-only: nothing may delete through it, so its foreign keys cascade nowhere. */
function historyTable(table: string, filings: string, stage: string): string {
  return `
  CREATE TABLE ${table} (
    id text PRIMARY KEY,
    filing_id text NOT NULL REFERENCES ${filings}(id) ON DELETE NO ACTION ON UPDATE NO ACTION,
    from_stage ${stage},
    to_stage ${stage} NOT NULL,
    stage_changed_at timestamptz(3) NOT NULL,
    days_in_previous_stage integer,
    user_id text REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION,
    user_name text NOT NULL,
    user_role text NOT NULL,
    notes text,
    source history_source NOT NULL,
    transition_id text NOT NULL UNIQUE,
    sequence integer NOT NULL,
    filed_to text[],
    rejected_by text[],
    recorded_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (filing_id, sequence)
  );
  CREATE INDEX idx_${table}_recorded_at ON ${table}(recorded_at);
  CREATE INDEX idx_${table}_user_id ON ${table}(user_id);`;
}

/** Both kinds of filing and their histories. */
export const filings = sqlMigration(
  '003-filings',
  `
  ${createEnum('vat_workflow_stage', [
    'PAPERWORK_PENDING_CHASE',
    'PAPERWORK_CHASED',
    'PAPERWORK_RECEIVED',
    'WORK_IN_PROGRESS',
    'QUERIES_PENDING',
    'REVIEW_PENDING_MANAGER',
    'REVIEW_PENDING_PARTNER',
    'EMAILED_TO_PARTNER',
    'EMAILED_TO_CLIENT',
    'CLIENT_APPROVED',
    'FILED_TO_HMRC',
  ])}
  ${createEnum('ltd_accounts_workflow_stage', [
    'PAPERWORK_PENDING_CHASE',
    'PAPERWORK_CHASED',
    'PAPERWORK_RECEIVED',
    'WORK_IN_PROGRESS',
    'MANAGER_DISCUSSION',
    'PARTNER_REVIEW',
    'REVIEW_COMPLETED',
    'SENT_TO_CLIENT',
    'CLIENT_APPROVED',
    'PARTNER_APPROVED',
    'FILED',
  ])}
  ${createEnum('filing_kind', ['VAT_QUARTER', 'LTD_ACCOUNTS'])}
  ${createEnum('waiting_for', ['PERIOD_END', 'CLIENT', 'STAFF', 'MANAGER', 'PARTNER', 'NOBODY'])}
  ${createEnum('history_source', ['API', 'TIMER', 'CLIENT', 'TEMPORAL'])}

  CREATE TABLE vat_quarters (
    id text PRIMARY KEY,
    client_id text NOT NULL REFERENCES clients(id) ON DELETE NO ACTION ON UPDATE NO ACTION,
    quarter_period text NOT NULL,
    quarter_start_date date NOT NULL,
    quarter_end_date date NOT NULL,
    filing_due_date date NOT NULL,
    quarter_group vat_quarter_group NOT NULL,
    current_stage vat_workflow_stage NOT NULL DEFAULT 'PAPERWORK_PENDING_CHASE',
    is_completed boolean NOT NULL DEFAULT false,
    assigned_user_id text REFERENCES users(id),
    ${milestoneColumns(VAT_MILESTONES)}
    ${ENGINE_COLUMNS},
    CONSTRAINT vat_quarters_period_check CHECK (quarter_end_date >= quarter_start_date)
  );
  CREATE INDEX idx_vat_quarters_quarter_period ON vat_quarters(quarter_period);
  CREATE UNIQUE INDEX idx_vat_quarters_client_quarter ON vat_quarters(client_id, quarter_period);
  CREATE UNIQUE INDEX idx_vat_quarters_client_start ON vat_quarters(client_id, quarter_start_date);
  ${filingIndexes('vat_quarters')}

  CREATE TABLE ltd_accounts_workflows (
    id text PRIMARY KEY,
    client_id text NOT NULL REFERENCES clients(id) ON DELETE NO ACTION ON UPDATE NO ACTION,
    filing_period_start date NOT NULL,
    filing_period_end date NOT NULL,
    accounts_due_date date NOT NULL,
    ct_due_date date NOT NULL,
    ct_return_due_date date,
    cs_due_date date NOT NULL,
    filing_due_date date NOT NULL,
    current_stage ltd_accounts_workflow_stage NOT NULL DEFAULT 'PAPERWORK_PENDING_CHASE',
    assigned_user_id text REFERENCES users(id),
    is_completed boolean NOT NULL DEFAULT false,
    ${milestoneColumns(LTD_MILESTONES)}
    ${ENGINE_COLUMNS},
    CONSTRAINT ltd_accounts_workflows_period_check CHECK (filing_period_end >= filing_period_start)
  );
  CREATE UNIQUE INDEX idx_ltd_accounts_workflows_client_start ON ltd_accounts_workflows(client_id, filing_period_start);
  ${filingIndexes('ltd_accounts_workflows')}

  ${historyTable('vat_workflow_history', 'vat_quarters', 'vat_workflow_stage')}
  ${historyTable('ltd_accounts_workflow_history', 'ltd_accounts_workflows', 'ltd_accounts_workflow_stage')}
  `,
  `
  DROP TABLE ltd_accounts_workflow_history, vat_workflow_history, ltd_accounts_workflows, vat_quarters;
  DROP TYPE history_source, waiting_for, filing_kind, ltd_accounts_workflow_stage, vat_workflow_stage;
  `,
);
