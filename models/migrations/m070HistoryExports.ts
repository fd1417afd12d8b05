import { sqlMigration } from './migration';

const FILING_TABLES = ['vat_quarters', 'ltd_accounts_workflows'];

/** What Temporal knows of a filing that has ended, kept in plain language for as long as the filing itself. */
export const historyExports = sqlMigration(
  '070-history-exports',
  `
  CREATE TABLE history_exports (
    id text PRIMARY KEY,
    filing_kind filing_kind NOT NULL,
    filing_id text NOT NULL,
    workflow_id text NOT NULL,
    -- The run that ended the filing; one that is reopened and ends again is exported again.
    run_id text NOT NULL,
    entries jsonb NOT NULL,
    -- The last link of the chain over the entries.
    head_hash text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    UNIQUE (filing_id, run_id)
  );

  ${FILING_TABLES.map(
    (table) => `
  ALTER TABLE ${table} ADD COLUMN exported_run_id text;
  CREATE INDEX idx_${table}_to_export ON ${table}(decided_at)
    WHERE (is_completed OR is_cancelled) AND run_id IS NOT NULL AND exported_run_id IS DISTINCT FROM run_id;`,
  ).join('\n')}
  `,
  `
  ${FILING_TABLES.map(
    (table) => `
  DROP INDEX idx_${table}_to_export;
  ALTER TABLE ${table} DROP COLUMN exported_run_id;`,
  ).join('\n')}
  DROP TABLE history_exports;
  `,
);
