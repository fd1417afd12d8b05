import { sqlMigration } from './migration';

/** The activity log, and the chain that shows whether one of its rows or of the histories' was changed or removed. */
export const audit = sqlMigration(
  '004-audit',
  `
  CREATE TABLE activity_logs (
    id text PRIMARY KEY,
    action text NOT NULL,
    timestamp timestamptz(3) NOT NULL DEFAULT now(),
    user_id text REFERENCES users(id) ON DELETE NO ACTION ON UPDATE NO ACTION,
    client_id text REFERENCES clients(id) ON DELETE NO ACTION ON UPDATE NO ACTION,
    details jsonb,
    recorded_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_activity_logs_user_id ON activity_logs(user_id);
  CREATE INDEX idx_activity_logs_client_id ON activity_logs(client_id);
  CREATE INDEX idx_activity_logs_action ON activity_logs(action);
  CREATE INDEX idx_activity_logs_timestamp ON activity_logs(timestamp DESC);
  CREATE INDEX idx_activity_logs_user_timestamp ON activity_logs(user_id, timestamp DESC);
  CREATE INDEX idx_activity_logs_client_timestamp ON activity_logs(client_id, timestamp DESC);
  CREATE INDEX idx_activity_logs_recorded_at ON activity_logs(recorded_at);

  CREATE TABLE audit_chain (
    position bigint PRIMARY KEY,
    table_name text NOT NULL,
    row_id text NOT NULL,
    row_hash text NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    row_recorded_at timestamptz NOT NULL,
    chained_at timestamptz(3) NOT NULL DEFAULT now(),
    UNIQUE (table_name, row_id)
  );
  CREATE INDEX idx_audit_chain_row_recorded_at ON audit_chain(row_recorded_at);
  `,
  `DROP TABLE audit_chain, activity_logs;`,
);
