import { sqlMigration } from './migration';

/** The practice's own wordings of its e-mails, every version that there was; and where answers to an e-mail go. */
export const emailTemplates = sqlMigration(
  '050-email-templates',
  `
  CREATE TABLE email_template_versions (
    id text PRIMARY KEY,
    template text NOT NULL,
    version integer NOT NULL,
    -- Both null: back to the wording that comes with the application.
    subject text,
    body text,
    changed_by_user_id text REFERENCES users(id),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    UNIQUE (template, version),
    CHECK ((subject IS NULL) = (body IS NULL))
  );
  CREATE INDEX idx_email_template_versions_changed_by_user_id ON email_template_versions(changed_by_user_id);
  ALTER TABLE email_logs ADD COLUMN reply_to text;
  `,
  `
  ALTER TABLE email_logs DROP COLUMN reply_to;
  DROP TABLE email_template_versions;
  `,
);
