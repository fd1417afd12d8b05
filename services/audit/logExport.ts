import type { Pool } from 'pg';
import type { SignedInUser } from '../sessions/readSession';
import { logActivity } from './logActivity';

/** Tells the activity log that somebody took data away as a file: what, by which filters, and how many rows. */
export async function logExport(
  db: Pool,
  { id, name, role }: Pick<SignedInUser, 'id' | 'name' | 'role'>,
  exported: { what: string; filters: Record<string, unknown>; rows: number },
): Promise<void> {
  await logActivity(db, {
    action: 'DATA_EXPORTED',
    userId: id,
    details: { actorName: name, actorRole: role, ...exported },
  });
}
