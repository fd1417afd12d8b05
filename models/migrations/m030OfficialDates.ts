import { createEnum, sqlMigration } from './migration';

/** What authorities say of a client's statutory dates, and their changes that a person is asked about. */
export const officialDates = sqlMigration(
  '030-official-dates',
  `
  ${createEnum('statutory_date', [
    'nextYearEnd',
    'nextAccountsDue',
    'lastAccountsMadeUpTo',
    'nextConfirmationDue',
    'lastConfirmationMadeUpTo',
  ])}
  ${createEnum('date_proposal_status', ['PENDING', 'ACCEPTED', 'REJECTED', 'SUPERSEDED'])}

  CREATE TABLE official_dates (
    client_id text NOT NULL REFERENCES clients(id),
    field statutory_date NOT NULL,
    date date NOT NULL,
    source text NOT NULL,
    read_at timestamptz(3) NOT NULL,
    PRIMARY KEY (client_id, field)
  );

  CREATE TABLE date_proposals (
    id text PRIMARY KEY,
    client_id text NOT NULL REFERENCES clients(id),
    field statutory_date NOT NULL,
    old_date date NOT NULL,
    new_date date NOT NULL,
    source text NOT NULL,
    read_at timestamptz(3) NOT NULL,
    status date_proposal_status NOT NULL DEFAULT 'PENDING',
    decided_by_user_id text REFERENCES users(id),
    decided_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX idx_date_proposals_one_pending ON date_proposals(client_id, field) WHERE status = 'PENDING';
  CREATE INDEX idx_date_proposals_client_id ON date_proposals(client_id);
  CREATE INDEX idx_date_proposals_pending ON date_proposals(created_at) WHERE status = 'PENDING';
  CREATE INDEX idx_date_proposals_decided_by_user_id ON date_proposals(decided_by_user_id);
  CREATE TRIGGER date_proposals_updated_at BEFORE UPDATE ON date_proposals FOR EACH ROW
    WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();
  `,
  `
  DROP TABLE date_proposals, official_dates;
  DROP TYPE date_proposal_status, statutory_date;
  `,
);
