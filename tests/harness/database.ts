import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Database } from '../../models';
import { createDatabase } from '../../models';
import { EMBEDDED_APPLICATION, EMBEDDED_OWNER } from '../../settings/embeddedSettings';
import { databaseUrl } from './databaseUrl';
import { servers } from './servers';

/** A database of a test file's own. */
export interface TestDatabase {
  /** As the application's role, like the running system. */
  db: Database;
  url: string;
  adminUrl: string;
  drop(): Promise<void>;
}

/** Clones the migrated template: tens of milliseconds, and no file sees what another one wrote. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const running = servers();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asSuperuser = async (statement: string): Promise<void> => {
    const client = new Client(databaseUrl(running, 'postgres', 'postgres'));
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${running.template} OWNER ${EMBEDDED_OWNER}`);
  const url = databaseUrl(running, EMBEDDED_APPLICATION, name);
  const db = createDatabase(url);
  return {
    db,
    url,
    adminUrl: databaseUrl(running, EMBEDDED_OWNER, name),
    async drop() {
      await db.close();
      await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
