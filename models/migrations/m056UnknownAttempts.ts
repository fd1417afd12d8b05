import { sqlMigration } from './migration';

/** Of tries that overlap each knows only its own outcome: how many have none is counted. */
export const unknownAttempts = sqlMigration(
  '056-unknown-attempts',
  `ALTER TABLE email_logs ADD COLUMN unknown_attempts int NOT NULL DEFAULT 0`,
  `ALTER TABLE email_logs DROP COLUMN unknown_attempts`,
);
