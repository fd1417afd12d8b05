import { sqlMigration } from './migration';

/** E-mails to clients that go out at a time, by a durable timer. */
export const communications = sqlMigration(
  '053-communications',
  `
  ALTER TABLE communications
    -- Set when its time has come: from then on it can be neither moved nor cancelled.
    ADD COLUMN email_id text UNIQUE REFERENCES email_logs(id),
    ADD COLUMN cancelled_at timestamptz(3),
    -- Why no e-mail could be made of it.
    ADD COLUMN failure_reason text,
    -- When its workflow was told of the time that is in the row; null where it must be told (again).
    ADD COLUMN timer_set_at timestamptz(3);
  CREATE INDEX idx_communications_waiting ON communications(scheduled_at)
    WHERE scheduled_at IS NOT NULL AND email_id IS NULL AND cancelled_at IS NULL AND failure_reason IS NULL;
  `,
  `
  DROP INDEX idx_communications_waiting;
  ALTER TABLE communications DROP COLUMN timer_set_at, DROP COLUMN failure_reason, DROP COLUMN cancelled_at, DROP COLUMN email_id;
  `,
);
