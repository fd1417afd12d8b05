import { sqlMigration } from './migration';

/** The secret links by which a person's calendar reads their deadlines. */
export const calendarLinks = sqlMigration(
  '060-calendar-links',
  `
  -- A link's token is made from its id and the application's secret, so that it is stored nowhere.
  CREATE TABLE calendar_links (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users(id),
    expires_at timestamptz(3) NOT NULL,
    revoked_at timestamptz(3),
    last_read_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX idx_calendar_links_one_a_person ON calendar_links(user_id) WHERE revoked_at IS NULL;
  CREATE INDEX idx_calendar_links_user_id ON calendar_links(user_id);
  `,
  'DROP TABLE calendar_links;',
);
