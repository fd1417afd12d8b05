import { createEnum, sqlMigration } from './migration';

/** Whether a person is told by e-mail too: as they choose when the notification is made. */
export const notificationEmails = sqlMigration(
  '054-notification-emails',
  `
  ${createEnum('notification_emails', ['AT_ONCE', 'DAILY_DIGEST', 'NONE'])}
  ALTER TABLE users ADD COLUMN notification_emails notification_emails NOT NULL DEFAULT 'DAILY_DIGEST';
  -- What was told before is not mailed.
  ALTER TABLE notifications
    ADD COLUMN email_choice notification_emails NOT NULL DEFAULT 'NONE',
    ADD COLUMN email_id text REFERENCES email_logs(id);
  CREATE INDEX idx_notifications_email_id ON notifications(email_id);
  CREATE INDEX idx_notifications_to_mail ON notifications(user_id, created_at)
    WHERE email_id IS NULL AND email_choice <> 'NONE' AND NOT is_read;

  -- By the database, so that whoever tells somebody something need not think of e-mail.
  CREATE FUNCTION set_email_choice() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.email_choice := coalesce((SELECT u.notification_emails FROM users u WHERE u.id = NEW.user_id), 'NONE');
    RETURN NEW;
  END $$;
  CREATE TRIGGER notifications_email_choice BEFORE INSERT ON notifications FOR EACH ROW EXECUTE FUNCTION set_email_choice();
  `,
  `
  DROP TRIGGER notifications_email_choice ON notifications;
  DROP FUNCTION set_email_choice();
  ALTER TABLE notifications DROP COLUMN email_id, DROP COLUMN email_choice;
  ALTER TABLE users DROP COLUMN notification_emails;
  DROP TYPE notification_emails;
  `,
);
