import { sqlMigration } from './migration';

/** An authenticator app that is being set up: the one in use counts until the new one has shown a code. */
export const pendingAuthenticator = sqlMigration(
  '021-pending-authenticator',
  `
  -- Encrypted.
  ALTER TABLE users ADD COLUMN pending_authenticator_secret text;
  `,
  `ALTER TABLE users DROP COLUMN pending_authenticator_secret;`,
);
