import { createEnum, sqlMigration } from './migration';

/** Users, their sessions, the counters that throttle guessing, and SYSTEM, the author of what timers do. */
export const people = sqlMigration(
  '001-people',
  `
  -- Fills updated_at in when a writer does not set it, so that hand-written SQL keeps it true as well.
  CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
  END $$;

  ${createEnum('user_role', ['PARTNER', 'MANAGER', 'STAFF'])}

  CREATE TABLE users (
    id text PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email)),
    name text NOT NULL,
    password text NOT NULL,
    role user_role NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    is_system boolean NOT NULL DEFAULT false,
    last_login_at timestamptz(3),
    otp_code text,
    otp_expires_at timestamptz(3),
    otp_attempts integer NOT NULL DEFAULT 0 CHECK (otp_attempts >= 0),
    last_otp_sent_at timestamptz(3),
    is_otp_verified boolean NOT NULL DEFAULT false,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX idx_users_email ON users(email);
  CREATE INDEX idx_users_role ON users(role);
  CREATE INDEX idx_users_is_active ON users(is_active);
  CREATE INDEX idx_users_otp_code ON users(otp_code);
  CREATE INDEX idx_users_otp_expires_at ON users(otp_expires_at);
  CREATE TRIGGER users_updated_at BEFORE UPDATE ON users FOR EACH ROW
    WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at) EXECUTE FUNCTION set_updated_at();

  -- '!' is the hash of no password.
  INSERT INTO users (id, email, name, password, role, is_active, is_system)
    VALUES ('csystem0000000000000000000', 'system@numericalz.invalid', 'system', '!', 'STAFF', false, true);

  ${createEnum('session_kind', ['BROWSER', 'BEARER'])}

  CREATE TABLE sessions (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    token_hash text NOT NULL UNIQUE,
    kind session_kind NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    last_used_at timestamptz(3) NOT NULL DEFAULT now(),
    expires_at timestamptz(3) NOT NULL,
    revoked_at timestamptz(3),
    ip_address text,
    user_agent text
  );
  CREATE INDEX idx_sessions_user_id ON sessions(user_id);
  CREATE INDEX idx_sessions_expires_at ON sessions(expires_at);

  -- The layout that rate-limiter-flexible expects.
  CREATE TABLE rate_limits (
    key varchar(255) PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
  );
  `,
  `
  DROP TABLE rate_limits, sessions, users;
  DROP TYPE session_kind, user_role;
  DROP FUNCTION set_updated_at;
  `,
);
