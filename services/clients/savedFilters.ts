import { DatabaseError } from 'pg';
import type { AdvancedFilter } from '../../domain/clients/advancedFilter';
import type { UserRole } from '../../domain/people';
import type { Database } from '../../models';
import { newId } from '../../models/ids';
import { inTransaction } from '../../models/transaction';
import { changedFields, logActivity } from '../audit/logActivity';

/** What is kept of a filter. */
export interface FilterToSave {
  name: string;
  filter: Pick<AdvancedFilter, 'groups' | 'groupOperator'>;
  isShared: boolean;
}

export interface SavedFilter extends FilterToSave {
  id: string;
  owner: { id: string; name: string };
  /** Whether the one who asks may change and delete it. */
  mayChange: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Who asks: their own filters are theirs to change, and for a manager or partner every shared one. */
interface Asker {
  id: string;
  role: UserRole;
}

/** The person has a filter of this name already. */
export class FilterNameTakenError extends Error {}

/** The asker is $1, their role $2, the filter $3. */
const CHANGEABLE = `(f.user_id = $1 OR (f.is_shared AND $2 <> 'STAFF'))`;
const COLUMNS = `f.id, f.name, f.filter, f.is_shared AS "isShared", json_build_object('id', u.id, 'name', u.name) AS owner,
  ${CHANGEABLE} AS "mayChange", f.created_at AS "createdAt", f.updated_at AS "updatedAt"`;
const FROM = 'client_filters f JOIN users u ON u.id = f.user_id';
const USABLE = '(f.user_id = $1 OR f.is_shared)';

/** A person's own filters and those that are shared with the practice, by name. */
export async function listFilters({ pool }: Database, { id, role }: Asker): Promise<SavedFilter[]> {
  const { rows } = await pool.query<SavedFilter>(`SELECT ${COLUMNS} FROM ${FROM} WHERE ${USABLE} ORDER BY lower(f.name), f.id`, [
    id,
    role,
  ]);
  return rows;
}

/** A filter that the person may use; undefined where there is none. */
export async function findFilter({ pool }: Database, { id, role }: Asker, filterId: string): Promise<SavedFilter | undefined> {
  const { rows } = await pool.query<SavedFilter>(`SELECT ${COLUMNS} FROM ${FROM} WHERE f.id = $3 AND ${USABLE}`, [
    id,
    role,
    filterId,
  ]);
  return rows[0];
}

/** Keeps a filter; gives its id. Throws FilterNameTakenError. */
export async function saveFilter({ pool }: Database, by: Asker, { name, filter, isShared }: FilterToSave): Promise<string> {
  const filterId = newId();
  await nameTakenExplained(() =>
    inTransaction(pool, async (client) => {
      await client.query('INSERT INTO client_filters (id, user_id, name, filter, is_shared) VALUES ($1, $2, $3, $4, $5)', [
        filterId,
        by.id,
        name,
        JSON.stringify(filter),
        isShared,
      ]);
      const details = { filterId, after: { name, filter, isShared } };
      await logActivity(client, { action: 'CLIENT_FILTER_SAVED', userId: by.id, details });
    }),
  );
  return filterId;
}

/** Puts another filter in the place of a kept one. False where there is none that the person may change. Throws FilterNameTakenError. */
export async function changeFilter({ pool }: Database, by: Asker, filterId: string, changed: FilterToSave): Promise<boolean> {
  return await nameTakenExplained(() =>
    inTransaction(pool, async (client) => {
      const { rows } = await client.query<FilterToSave & { userId: string }>(
        `SELECT f.name, f.filter, f.is_shared AS "isShared", f.user_id AS "userId" FROM client_filters f
         WHERE f.id = $3 AND ${CHANGEABLE} FOR UPDATE`,
        [by.id, by.role, filterId],
      );
      const [before] = rows;
      if (!before) return false;
      const { name, filter } = changed;
      // Only the owner takes a filter back from the practice.
      const isShared = changed.isShared || before.userId !== by.id;
      await client.query('UPDATE client_filters SET name = $2, filter = $3, is_shared = $4 WHERE id = $1', [
        filterId,
        name,
        JSON.stringify(filter),
        isShared,
      ]);
      const details = { filterId, ...changedFields(before, { name, filter, isShared }) };
      await logActivity(client, { action: 'CLIENT_FILTER_CHANGED', userId: by.id, details });
      return true;
    }),
  );
}

/** Throws a kept filter away. False where there is none that the person may change. */
export async function deleteFilter({ pool }: Database, by: Asker, filterId: string): Promise<boolean> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<FilterToSave>(
      `DELETE FROM client_filters f WHERE f.id = $3 AND ${CHANGEABLE} RETURNING f.name, f.filter, f.is_shared AS "isShared"`,
      [by.id, by.role, filterId],
    );
    const [before] = rows;
    if (!before) return false;
    await logActivity(client, { action: 'CLIENT_FILTER_DELETED', userId: by.id, details: { filterId, before } });
    return true;
  });
}

async function nameTakenExplained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === 'idx_client_filters_name') {
      throw new FilterNameTakenError('There is a filter of this name already');
    }
    throw error;
  }
}
