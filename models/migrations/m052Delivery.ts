import { createEnum, sqlMigration } from './migration';

/** What the provider tells of e-mails after it took them, and the addresses that are not written to any more. */
export const delivery = sqlMigration(
  '052-delivery',
  `
  CREATE TABLE email_events (
    -- The provider's id of its message: one that comes again changes nothing.
    id text PRIMARY KEY,
    type text NOT NULL,
    provider_message_id text NOT NULL,
    reason text,
    occurred_at timestamptz(3) NOT NULL,
    received_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_email_events_provider_message_id ON email_events(provider_message_id);

  ${createEnum('suppression_reason', ['BOUNCED', 'COMPLAINED'])}
  CREATE TABLE suppressed_addresses (
    id text PRIMARY KEY,
    -- In lower case.
    address text NOT NULL UNIQUE,
    reason suppression_reason NOT NULL,
    email_id text REFERENCES email_logs(id),
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_suppressed_addresses_email_id ON suppressed_addresses(email_id);
  `,
  `
  DROP TABLE suppressed_addresses, email_events;
  DROP TYPE suppression_reason;
  `,
);
