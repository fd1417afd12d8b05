import { sqlMigration } from './migration';

/** Views that people keep: a list under filters, as its address. */
export const savedViews = sqlMigration(
  '080-saved-views',
  `
  CREATE TABLE saved_views (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users(id),
    -- Which list: the path of its page.
    page text NOT NULL,
    name text NOT NULL,
    -- What stands behind the ? of the address.
    query text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX idx_saved_views_user_page_name ON saved_views(user_id, page, name);
  `,
  'DROP TABLE saved_views;',
);
