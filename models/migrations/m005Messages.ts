import { createEnum, sqlMigration } from './migration';

/** What is sent to clients and staff: e-mails, logged communications, notifications on screen. */
export const messages = sqlMigration(
  '005-messages',
  `
  ${createEnum('email_status', ['PENDING', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED'])}
  ${createEnum('email_type', ['ASSIGNMENT', 'NOTIFICATION', 'WORKFLOW'])}
  ${createEnum('communication_type', ['EMAIL', 'SMS', 'PHONE'])}

  CREATE TABLE email_logs (
    id text PRIMARY KEY,
    recipient_email text NOT NULL,
    recipient_name text,
    subject text NOT NULL,
    content text NOT NULL,
    html text,
    email_type email_type NOT NULL,
    template text,
    status email_status NOT NULL DEFAULT 'PENDING',
    sent_at timestamptz(3),
    delivered_at timestamptz(3),
    failed_at timestamptz(3),
    failure_reason text,
    client_id text REFERENCES clients(id),
    workflow_type text,
    workflow_id text,
    filing_kind filing_kind,
    filing_id text,
    triggered_by text NOT NULL REFERENCES users(id),
    from_email text,
    from_name text,
    idempotency_key text NOT NULL UNIQUE,
    provider_message_id text,
    first_attempt_at timestamptz(3),
    last_attempt_at timestamptz(3),
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_email_logs_pending ON email_logs(created_at) WHERE status = 'PENDING';
  CREATE INDEX idx_email_logs_provider_message_id ON email_logs(provider_message_id);
  CREATE INDEX idx_email_logs_client_id ON email_logs(client_id, created_at DESC);
  CREATE INDEX idx_email_logs_filing_id ON email_logs(filing_id);
  CREATE INDEX idx_email_logs_triggered_by ON email_logs(triggered_by);
  CREATE INDEX idx_email_logs_created_at ON email_logs(created_at DESC);
  CREATE TRIGGER email_logs_updated_at BEFORE UPDATE ON email_logs FOR EACH ROW
    WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();

  CREATE TABLE communications (
    id text PRIMARY KEY,
    type communication_type NOT NULL,
    subject text NOT NULL,
    content text NOT NULL,
    sent_at timestamptz(3),
    scheduled_at timestamptz(3),
    client_id text NOT NULL REFERENCES clients(id),
    sent_by_user_id text REFERENCES users(id),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_communications_client_id ON communications(client_id, created_at DESC);
  CREATE INDEX idx_communications_sent_by_user_id ON communications(sent_by_user_id);
  CREATE INDEX idx_communications_scheduled_at ON communications(scheduled_at) WHERE sent_at IS NULL;
  CREATE TRIGGER communications_updated_at BEFORE UPDATE ON communications FOR EACH ROW
    WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();

  CREATE TABLE notifications (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users(id),
    type text NOT NULL,
    title text NOT NULL,
    message text NOT NULL,
    client_id text REFERENCES clients(id),
    filing_kind filing_kind,
    filing_id text,
    is_read boolean NOT NULL DEFAULT false,
    read_at timestamptz(3),
    dedupe_key text UNIQUE,
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_notifications_user ON notifications(user_id, is_read, created_at DESC);
  CREATE INDEX idx_notifications_client_id ON notifications(client_id);
  `,
  `
  DROP TABLE notifications, communications, email_logs;
  DROP TYPE communication_type, email_type, email_status;
  `,
);
