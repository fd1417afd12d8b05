import { sqlMigration } from './migration';

/** What a client is asked to approve: a row for each sending of a filing, which its link answers once. */
export const approvalLinks = sqlMigration(
  '051-approval-links',
  `
  -- What the client is to see besides: note, figures, the address of an attachment.
  ALTER TABLE filing_requests ADD COLUMN approval jsonb;

  -- A link's token is made from its id and the application's secret, so that it is stored nowhere.
  CREATE TABLE approval_links (
    id text PRIMARY KEY,
    -- The decision that sent it: one that is recorded again by another run sends nothing again.
    decision_key text NOT NULL UNIQUE,
    filing_kind filing_kind NOT NULL,
    filing_id text NOT NULL,
    client_id text NOT NULL REFERENCES clients(id),
    -- The sending's place among the moves of its filing.
    sequence integer NOT NULL,
    content jsonb,
    sent_by_user_id text REFERENCES users(id),
    sent_by_name text NOT NULL,
    sent_at timestamptz(3) NOT NULL,
    -- Null where the client has no address.
    email_id text REFERENCES email_logs(id),
    expires_at timestamptz(3) NOT NULL,
    revoked_at timestamptz(3),
    -- The client's answer.
    request_id text UNIQUE REFERENCES filing_requests(id),
    answered_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_approval_links_filing_id ON approval_links(filing_id, created_at DESC);
  CREATE INDEX idx_approval_links_client_id ON approval_links(client_id);
  CREATE INDEX idx_approval_links_sent_by_user_id ON approval_links(sent_by_user_id);
  CREATE INDEX idx_approval_links_email_id ON approval_links(email_id);
  `,
  `
  DROP TABLE approval_links;
  ALTER TABLE filing_requests DROP COLUMN approval;
  `,
);
