import { Client } from 'pg';
import type { ClientBase } from 'pg';
import { Umzug } from 'umzug';
import type { UmzugStorage } from 'umzug';
import { applicationRole, grantApplicationRole } from './grants';
import { inTransaction } from './migrations/inTransaction';
import { MIGRATIONS } from './migrations';
import type { Migration } from './migrations/migration';

/** Any number will do, as long as every migrator of this project uses the same. */
export const MIGRATION_LOCK = 7_316_402_118;

export interface MigratorOptions {
  /** Connection URL of the owner of the tables. */
  adminUrl: string;
  /** Connection URL of the application; its role is made when missing and granted what it needs. */
  applicationUrl?: string;
  /** The steps to know; all of the project's unless a test says otherwise. */
  migrations?: readonly Migration[];
  /** Called with the name of each step before it runs. */
  onStep?: (direction: 'up' | 'down', name: string) => void;
}

export interface MigrationStatus {
  applied: string[];
  pending: string[];
}

/**
 * Brings the schema up to date and gives the names of the steps that it applied. Two processes may do so at once: the second waits
 * and finds nothing left to do. A step that fails leaves the schema as it was before that step.
 */
export async function migrate(options: MigratorOptions): Promise<string[]> {
  return withMigrationLock(options.adminUrl, async (client) => {
    const applied = await migrator(client, options).up();
    const role = options.applicationUrl === undefined ? null : applicationRole(options.applicationUrl, options.adminUrl);
    if (role) await grantApplicationRole(client, role);
    return applied.map((step) => step.name);
  });
}

/** Undoes the last applied step, or everything back to and including the step named `to`; gives the names undone, latest first. */
export async function rollback(options: MigratorOptions, to?: string): Promise<string[]> {
  return withMigrationLock(options.adminUrl, async (client) => {
    const undone = await migrator(client, options).down(to === undefined ? {} : { to });
    return undone.map((step) => step.name);
  });
}

/** Which steps are applied and which are not, oldest first. Changes nothing and waits for nobody. */
export async function migrationStatus(options: MigratorOptions): Promise<MigrationStatus> {
  return withConnection(options.adminUrl, async (client) => {
    const umzug = migrator(client, options);
    const applied = await umzug.executed();
    const pending = await umzug.pending();
    return { applied: applied.map((step) => step.name), pending: pending.map((step) => step.name) };
  });
}

/** The lock belongs to the session, so it ends with the connection, whatever happens. */
async function withMigrationLock<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withConnection(adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`
      CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, applied_at timestamptz(3) NOT NULL DEFAULT now());
      CREATE TABLE IF NOT EXISTS migration_batches (name text PRIMARY KEY, last_id text NOT NULL, row_count bigint NOT NULL)`);
    return work(client);
  });
}

async function withConnection<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl, application_name: 'numericalz-migrations' });
  // A connection lost between two statements is reported by the next statement; unheard, the event would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function migrator(client: ClientBase, options: MigratorOptions): Umzug<ClientBase> {
  return new Umzug({
    context: client,
    logger: undefined,
    storage: appliedSteps,
    migrations: (options.migrations ?? MIGRATIONS).map((step) => ({
      name: step.name,
      up: async () => {
        options.onStep?.('up', step.name);
        if (step.commitsItself) await step.up(client);
        await inTransaction(client, async () => {
          if (!step.commitsItself) await step.up(client);
          await client.query('INSERT INTO schema_migrations (name) VALUES ($1)', [step.name]);
        });
      },
      down: async () => {
        options.onStep?.('down', step.name);
        if (step.commitsItself) await step.down(client);
        await inTransaction(client, async () => {
          if (!step.commitsItself) await step.down(client);
          await client.query('DELETE FROM schema_migrations WHERE name = $1', [step.name]);
        });
      },
    })),
  });
}

/** A step records itself in its own transaction, so there is nothing left to log after it. */
const appliedSteps: UmzugStorage<ClientBase> = {
  logMigration: () => Promise.resolve(),
  unlogMigration: () => Promise.resolve(),
  executed: async ({ context: client }) => {
    const exists = await client.query<{ found: boolean }>(`SELECT to_regclass('schema_migrations') IS NOT NULL AS found`);
    if (exists.rows[0]?.found !== true) return [];
    const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY name');
    return rows.map((row) => row.name);
  },
};
