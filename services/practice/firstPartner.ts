import type { Database } from '../../models';
import { firstPartnerPassword } from '../../settings/firstPartnerPassword';
import type { Settings } from '../../settings/settings';
import type { UserRecord } from '../users/users';
import { createUser } from '../users/users';

/** The first partner, on a database without people; undefined where somebody is there already. */
export async function createFirstPartner(db: Database, settings: Settings): Promise<UserRecord | undefined> {
  const { rowCount } = await db.pool.query('SELECT FROM users WHERE NOT is_system LIMIT 1');
  if (rowCount !== 0) return undefined;
  const password = firstPartnerPassword(settings);
  return await createUser(db.pool, null, { name: 'Pat Partner', email: settings.BOOTSTRAP_EMAIL, password, role: 'PARTNER' });
}
