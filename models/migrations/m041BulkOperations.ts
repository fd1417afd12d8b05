import { createEnum, sqlMigration } from './migration';

/** Bulk operations, with what became of each of their records. */
export const bulkOperations = sqlMigration(
  '041-bulk-operations',
  `
  ${createEnum('bulk_kind', [
    'ASSIGN_CLIENTS',
    'SET_CHASE_TEAMS',
    'ARCHIVE_CLIENTS',
    'RESTORE_CLIENTS',
    'FOLLOW_IMPORT',
    'MOVE_FILINGS',
    'ASSIGN_FILINGS',
  ])}
  ${createEnum('bulk_status', ['RUNNING', 'COMPLETED'])}
  ${createEnum('bulk_record_status', ['PENDING', 'SUCCEEDED', 'FAILED'])}

  CREATE TABLE bulk_operations (
    id text PRIMARY KEY,
    kind bulk_kind NOT NULL,
    work jsonb NOT NULL,
    user_id text NOT NULL REFERENCES users(id),
    actor jsonb NOT NULL,
    status bulk_status NOT NULL DEFAULT 'RUNNING',
    total integer NOT NULL,
    idempotency_key text NOT NULL,
    body_hash text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz(3)
  );
  CREATE UNIQUE INDEX idx_bulk_operations_key ON bulk_operations(user_id, idempotency_key);
  CREATE INDEX idx_bulk_operations_user_id ON bulk_operations(user_id, created_at DESC);
  CREATE INDEX idx_bulk_operations_created_at ON bulk_operations(created_at DESC);
  CREATE INDEX idx_bulk_operations_running ON bulk_operations(created_at) WHERE status = 'RUNNING';

  CREATE TABLE bulk_operation_records (
    operation_id text NOT NULL REFERENCES bulk_operations(id),
    position integer NOT NULL,
    record_id text NOT NULL,
    label text,
    status bulk_record_status NOT NULL DEFAULT 'PENDING',
    reason text,
    request_id text REFERENCES filing_requests(id),
    changes jsonb,
    PRIMARY KEY (operation_id, position)
  );
  CREATE INDEX idx_bulk_operation_records_request_id ON bulk_operation_records(request_id);
  CREATE INDEX idx_bulk_operation_records_pending ON bulk_operation_records(operation_id, position) WHERE status = 'PENDING';
  `,
  `
  DROP TABLE bulk_operation_records, bulk_operations;
  DROP TYPE bulk_record_status, bulk_status, bulk_kind;
  `,
);
