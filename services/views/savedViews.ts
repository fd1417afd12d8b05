import type { Pool } from 'pg';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { logActivity } from '../audit/logActivity';

/** A list under filters as its owner keeps it. */
export interface SavedViewRow {
  id: string;
  page: string;
  name: string;
  query: string;
}

const COLUMNS = 'id, page, name, query';

/** A person's views of a list, by name. */
export async function listSavedViews(db: Pool, userId: string, page: string): Promise<SavedViewRow[]> {
  const { rows } = await db.query<SavedViewRow>(
    `SELECT ${COLUMNS} FROM saved_views WHERE user_id = $1 AND page = $2 ORDER BY name`,
    [userId, page],
  );
  return rows;
}

/** Keeps a view; one of the same name is kept anew. */
export async function saveView(db: Pool, userId: string, view: Omit<SavedViewRow, 'id'>): Promise<SavedViewRow> {
  return await inTransaction(db, async (client) => {
    const { rows } = await client.query<SavedViewRow>(
      `INSERT INTO saved_views (id, user_id, page, name, query) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (user_id, page, name) DO UPDATE SET query = excluded.query RETURNING ${COLUMNS}`,
      [newId(), userId, view.page, view.name, view.query],
    );
    const [saved] = rows;
    if (!saved) throw new Error('The view was not stored');
    await logActivity(client, { action: 'SAVED_VIEW_CREATED', userId, details: { ...view, viewId: saved.id } });
    return saved;
  });
}

/** Forgets one of a person's views; false where there is none. */
export async function deleteSavedView(db: Pool, userId: string, viewId: string): Promise<boolean> {
  return await inTransaction(db, async (client) => {
    const { rowCount } = await client.query('DELETE FROM saved_views WHERE id = $1 AND user_id = $2', [viewId, userId]);
    if (rowCount === 0) return false;
    await logActivity(client, { action: 'SAVED_VIEW_DELETED', userId, details: { viewId } });
    return true;
  });
}
