import { createEnum, sqlMigration } from './migration';

/** The chase ledger, its policies, the client's one e-mail of a day, and the calendar that working days are counted with. */
export const chasing = sqlMigration(
  '007-chasing',
  `
  ${createEnum('reminder_kind', [
    'PAPERWORK_REMINDER',
    'CLIENT_REMINDER',
    'CHASE_NOW',
    'ESCALATE_TO_MANAGERS',
    'ESCALATE_TO_PARTNERS',
    'DEADLINE_WARNING',
    'OVERDUE_ASSIGNED',
    'OVERDUE_PARTNERS',
    'STUCK',
  ])}
  ${createEnum('reminder_status', ['PLANNED', 'SENT', 'SUPPRESSED', 'FAILED'])}
  ${createEnum('reminder_recipient', ['CLIENT', 'ASSIGNED', 'ASSIGNED_AND_MANAGERS', 'PARTNERS'])}
  ${createEnum('chase_policy_kind', ['VAT', 'LTD'])}

  CREATE TABLE chase_reminders (
    id text PRIMARY KEY,
    filing_kind filing_kind NOT NULL,
    filing_id text NOT NULL,
    client_id text NOT NULL REFERENCES clients(id),
    kind reminder_kind NOT NULL,
    deadline text NOT NULL DEFAULT '',
    planned_for date NOT NULL,
    planned_at timestamptz(3) NOT NULL,
    recipient reminder_recipient NOT NULL,
    number integer,
    policy_version integer NOT NULL,
    status reminder_status NOT NULL DEFAULT 'PLANNED',
    reason text,
    email_id text REFERENCES email_logs(id),
    sent_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX idx_chase_reminders_planned_once ON chase_reminders(filing_id, kind, deadline, planned_for)
    WHERE status = 'PLANNED';
  CREATE INDEX idx_chase_reminders_client_planned ON chase_reminders(client_id, planned_for) WHERE status = 'PLANNED';
  CREATE INDEX idx_chase_reminders_planned_for ON chase_reminders(planned_for);
  CREATE INDEX idx_chase_reminders_filing_id ON chase_reminders(filing_id);
  CREATE INDEX idx_chase_reminders_email_id ON chase_reminders(email_id);
  CREATE TRIGGER chase_reminders_updated_at BEFORE UPDATE ON chase_reminders FOR EACH ROW
    WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();

  -- Without a client it is the practice's policy.
  CREATE TABLE chase_policies (
    id text PRIMARY KEY,
    kind chase_policy_kind NOT NULL,
    client_id text REFERENCES clients(id),
    version integer NOT NULL,
    policy jsonb NOT NULL,
    -- The version of which every filing in flight was told.
    rolled_out_version integer NOT NULL DEFAULT 0,
    updated_by_user_id text REFERENCES users(id),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT chase_policies_key UNIQUE NULLS NOT DISTINCT (kind, client_id)
  );
  CREATE INDEX idx_chase_policies_client_id ON chase_policies(client_id);
  CREATE TRIGGER chase_policies_updated_at BEFORE UPDATE ON chase_policies FOR EACH ROW
    WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();

  CREATE TABLE client_chase_days (
    client_id text NOT NULL REFERENCES clients(id),
    date date NOT NULL,
    email_id text REFERENCES email_logs(id),
    PRIMARY KEY (client_id, date)
  );
  CREATE INDEX idx_client_chase_days_email_id ON client_chase_days(email_id);

  CREATE TABLE bank_holidays (
    date date PRIMARY KEY,
    title text NOT NULL,
    source text NOT NULL,
    read_at timestamptz(3) NOT NULL
  );
  `,
  `
  DROP TABLE bank_holidays, client_chase_days, chase_policies, chase_reminders;
  DROP TYPE chase_policy_kind, reminder_recipient, reminder_status, reminder_kind;
  `,
);
