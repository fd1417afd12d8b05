import { createEnum, sqlMigration } from './migration';

/** Clients with everything the practice keeps of them. */
export const clients = sqlMigration(
  '002-clients',
  `
  ${createEnum('company_type', ['LIMITED_COMPANY', 'NON_LIMITED_COMPANY'])}
  ${createEnum('corporation_tax_status', ['PENDING', 'IN_PROGRESS', 'FILED', 'OVERDUE', 'NOT_REQUIRED'])}
  ${createEnum('corporation_tax_due_source', ['AUTO', 'MANUAL'])}
  ${createEnum('vat_frequency', ['Monthly', 'Quarterly'])}
  ${createEnum('vat_quarter_group', ['A', 'B', 'C'])}

  CREATE SEQUENCE client_code_numbers AS bigint;

  CREATE TABLE clients (
    id text PRIMARY KEY,
    client_code text NOT NULL DEFAULT 'NZ-' || nextval('client_code_numbers') CHECK (client_code ~ '^NZ-[1-9][0-9]*$'),

    -- Ordered as people order names, not as bytes are.
    company_name text COLLATE "en-x-icu" NOT NULL CHECK (company_name <> ''),
    company_number text,
    company_type company_type NOT NULL,
    company_status text,
    company_status_detail text,
    incorporation_date date,
    cessation_date date,

    registered_office_address jsonb,
    sic_codes jsonb,
    jurisdiction text,
    has_been_liquidated boolean NOT NULL DEFAULT false,
    has_charges boolean NOT NULL DEFAULT false,
    has_insolvency_history boolean NOT NULL DEFAULT false,
    officers jsonb,
    persons_with_significant_control jsonb,

    next_accounts_due date,
    last_accounts_made_up_to date,
    next_confirmation_due date,
    last_confirmation_made_up_to date,
    next_year_end date,
    next_corporation_tax_due date,

    contact_name text NOT NULL,
    contact_email text NOT NULL,
    contact_phone text,
    contact_fax text,
    website text,

    vat_number text,
    year_established integer CHECK (year_established >= 1800),
    number_of_employees integer CHECK (number_of_employees >= 0),
    annual_turnover numeric(15,2) CHECK (annual_turnover >= 0),
    paperwork_frequency text,

    assigned_user_id text REFERENCES users(id),
    ltd_company_assigned_user_id text REFERENCES users(id),
    non_ltd_company_assigned_user_id text REFERENCES users(id),
    vat_assigned_user_id text REFERENCES users(id),
    chase_team_user_ids text[] NOT NULL DEFAULT '{}',

    is_active boolean NOT NULL DEFAULT true,
    is_vat_enabled boolean NOT NULL DEFAULT false,
    notes text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),

    corporation_tax_status corporation_tax_status NOT NULL DEFAULT 'PENDING',
    corporation_tax_period_start date,
    corporation_tax_period_end date,
    manual_ct_due_override date,
    ct_due_source corporation_tax_due_source NOT NULL DEFAULT 'AUTO',
    last_ct_status_update timestamptz(3),
    ct_status_updated_by text,

    vat_registration_date date,
    vat_deregistration_date date,
    vat_frequency vat_frequency,
    vat_quarter_group vat_quarter_group,
    vat_scheme text,

    nature_of_trade text,
    national_insurance_number text,
    utr_number text,
    trading_address_line1 text,
    trading_address_line2 text,
    trading_address_country text,
    trading_address_post_code text,
    residential_address_line1 text,
    residential_address_line2 text,
    residential_address_country text,
    residential_address_post_code text,

    paper_work_received boolean NOT NULL DEFAULT false,
    paper_work_received_date date,
    job_completed boolean NOT NULL DEFAULT false,
    job_completed_date date,
    sa100_filed boolean NOT NULL DEFAULT false,
    sa100_filed_date date,
    work_status text,

    CONSTRAINT clients_corporation_tax_period_check CHECK (corporation_tax_period_end >= corporation_tax_period_start),
    CONSTRAINT clients_vat_registration_check CHECK (vat_deregistration_date >= vat_registration_date)
  );
  ALTER SEQUENCE client_code_numbers OWNED BY clients.client_code;

  CREATE UNIQUE INDEX idx_clients_client_code ON clients(client_code);
  CREATE UNIQUE INDEX idx_clients_company_number ON clients(company_number);
  CREATE INDEX idx_clients_company_name ON clients(company_name);
  CREATE INDEX idx_clients_company_type ON clients(company_type);
  CREATE INDEX idx_clients_is_active ON clients(is_active);
  CREATE INDEX idx_clients_company_status ON clients(company_status);
  CREATE INDEX idx_clients_assigned_user_id ON clients(assigned_user_id);
  CREATE INDEX idx_clients_ltd_assigned_user_id ON clients(ltd_company_assigned_user_id);
  CREATE INDEX idx_clients_non_ltd_assigned_user_id ON clients(non_ltd_company_assigned_user_id);
  CREATE INDEX idx_clients_vat_assigned_user_id ON clients(vat_assigned_user_id);
  CREATE INDEX idx_clients_next_accounts_due ON clients(next_accounts_due);
  CREATE INDEX idx_clients_next_confirmation_due ON clients(next_confirmation_due);
  CREATE INDEX idx_clients_next_corporation_tax_due ON clients(next_corporation_tax_due);
  CREATE INDEX idx_clients_ct_status ON clients(corporation_tax_status);
  CREATE INDEX idx_clients_ct_period_end ON clients(corporation_tax_period_end);
  CREATE INDEX idx_clients_chase_team_user_ids ON clients USING GIN(chase_team_user_ids);
  CREATE INDEX idx_clients_vat_number ON clients(vat_number);

  CREATE TRIGGER clients_updated_at BEFORE UPDATE ON clients FOR EACH ROW
    WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();
  `,
  `
  DROP TABLE clients;
  DROP TYPE vat_quarter_group, vat_frequency, corporation_tax_due_source, corporation_tax_status, company_type;
  `,
);
