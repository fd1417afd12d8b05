import { sqlMigration } from './migration';

/** The pending e-mails of one client are found without looking at those of all: thousands of reminders may fall due in one instant. */
export const pendingEmails = sqlMigration(
  '081-pending-emails',
  `
  DROP INDEX idx_email_logs_pending;
  CREATE INDEX idx_email_logs_pending ON email_logs(client_id, created_at) WHERE status = 'PENDING';
  `,
  `
  DROP INDEX idx_email_logs_pending;
  CREATE INDEX idx_email_logs_pending ON email_logs(created_at) WHERE status = 'PENDING';
  `,
);
