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
  /** A statement as the tables' owner: what somebody could do who gets round the application. */
  asOwner(statement: string, values?: unknown[]): Promise<void>;
  /** A statement that even the owner may not run. */
  asSuperuser(statement: string): Promise<void>;
  drop(): Promise<void>;
}

/** Clones the migrated template: tens of milliseconds, and no file sees what another one wrote. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return await createFrom(servers().template);
}

/** A database without a table. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return await createFrom('template0');
}

async function createFrom(template: string): Promise<TestDatabase> {
  const running = servers();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asSuperuser = (statement: string): Promise<void> => runOnce(databaseUrl(running, 'postgres', 'postgres'), statement);
  await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${EMBEDDED_OWNER}`);
  const url = databaseUrl(running, EMBEDDED_APPLICATION, name);
  const adminUrl = databaseUrl(running, EMBEDDED_OWNER, name);
  const db = createDatabase(url);
  return {
    db,
    url,
    adminUrl,
    asSuperuser: (statement) => runOnce(databaseUrl(running, 'postgres', name), statement),
    asOwner: (statement, values) => runOnce(adminUrl, statement, values),
    async drop() {
      await db.close();
      await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function runOnce(url: string, statement: string, values: unknown[] = []): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}
