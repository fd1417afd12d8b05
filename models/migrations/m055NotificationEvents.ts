import { sqlMigration } from './migration';

/** Open pages hear of a notification as it is committed, whoever makes it. */
export const notificationEvents = sqlMigration(
  '055-notification-events',
  `
  CREATE FUNCTION tell_of_notifications() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('notifications', told.user_id) FROM (SELECT DISTINCT user_id FROM made) told;
    RETURN NULL;
  END $$;
  CREATE TRIGGER notifications_told AFTER INSERT ON notifications
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION tell_of_notifications();
  `,
  `
  DROP TRIGGER notifications_told ON notifications;
  DROP FUNCTION tell_of_notifications();
  `,
);
