import { createEnum, sqlMigration } from './migration';

/** What people and clients ask of filings: the outbox of signals, and their outcomes. */
export const filingRequests = sqlMigration(
  '006-filing-requests',
  `
  ${createEnum('filing_request_type', [
    'stageTransition',
    'clientDecision',
    'reassign',
    'pauseChasing',
    'resumeChasing',
    'chaseNow',
    'deadlinesChanged',
    'cancelFiling',
    'reopen',
  ])}
  ${createEnum('filing_request_status', ['PENDING', 'APPLIED', 'REJECTED'])}

  CREATE TABLE filing_requests (
    id text PRIMARY KEY,
    idempotency_key text NOT NULL,
    actor_user_id text REFERENCES users(id),
    route text NOT NULL,
    body_hash text NOT NULL,
    kind filing_kind NOT NULL,
    filing_id text NOT NULL,
    workflow_id text NOT NULL,
    type filing_request_type NOT NULL,
    payload jsonb NOT NULL,
    notes text,
    actor jsonb NOT NULL,
    status filing_request_status NOT NULL DEFAULT 'PENDING',
    code text,
    reason text,
    result jsonb,
    sent_at timestamptz(3),
    http_request_id text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    decided_at timestamptz(3),
    CONSTRAINT filing_requests_key UNIQUE NULLS NOT DISTINCT (actor_user_id, route, idempotency_key)
  );
  CREATE INDEX idx_filing_requests_pending ON filing_requests(created_at) WHERE status = 'PENDING';
  CREATE INDEX idx_filing_requests_filing_id ON filing_requests(filing_id, created_at DESC);
  `,
  `
  DROP TABLE filing_requests;
  DROP TYPE filing_request_status, filing_request_type;
  `,
);
