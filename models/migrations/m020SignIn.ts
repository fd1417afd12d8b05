import { createEnum, sqlMigration } from './migration';

/** The second factor, tokens for programs, and links by which a person sets a password. */
export const signIn = sqlMigration(
  '020-sign-in',
  `
  ${createEnum('two_factor_method', ['EMAIL', 'APP'])}
  ALTER TABLE users
    ADD COLUMN two_factor_method two_factor_method,
    -- Hash of the sign-in to which the one-time code belongs.
    ADD COLUMN otp_challenge_hash text,
    -- Encrypted.
    ADD COLUMN authenticator_secret text,
    -- The last half minute whose code was used: each counts once.
    ADD COLUMN authenticator_last_step bigint;

  ${createEnum('api_token_scope', ['READ', 'READ_WRITE'])}
  CREATE TABLE api_tokens (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users(id),
    name text NOT NULL,
    token_hash text NOT NULL UNIQUE,
    scope api_token_scope NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    last_used_at timestamptz(3),
    revoked_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_api_tokens_user_id ON api_tokens(user_id);

  ${createEnum('password_link_purpose', ['RESET', 'INVITATION'])}
  -- A link's token is made from its id and the application's secret, so that it is stored nowhere.
  CREATE TABLE password_links (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users(id),
    purpose password_link_purpose NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    used_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX idx_password_links_user_id ON password_links(user_id);
  `,
  `
  DROP TABLE password_links, api_tokens;
  DROP TYPE password_link_purpose, api_token_scope;
  ALTER TABLE users DROP COLUMN authenticator_last_step, DROP COLUMN authenticator_secret, DROP COLUMN otp_challenge_hash,
    DROP COLUMN two_factor_method;
  DROP TYPE two_factor_method;
  `,
);
