import { Client } from 'pg';
import { SCRATCH_SCHEMA } from '../backups/passingSchemas';
import { MIGRATIONS } from '../migrations';
import type { Migration } from '../migrations/migration';
import { MIGRATION_LOCK, migrate, migrationStatus } from '../migrator';
import { schemaSnapshot } from './schemaSnapshot';

/** Where a schema and what its migrations make differ. */
export interface SchemaComparison {
  /** Tables, columns, indexes, constraints and the like that were compared. */
  compared: number;
  missing: string[];
  unexpected: string[];
  /** Steps that this release knows and that are not applied. */
  pending: string[];
  /** Steps that were applied and that this release does not know: a later one has been here. */
  unknown: string[];
}

/**
 * Compares a database with what its applied migrations make, by applying them to an empty schema beside it that is dropped again.
 * Throws where the role may not make a schema; `migrations` are all of the project's unless a test says otherwise.
 */
export async function compareSchema(adminUrl: string, migrations: readonly Migration[] = MIGRATIONS): Promise<SchemaComparison> {
  const { pending } = await migrationStatus({ adminUrl, migrations });
  const client = new Client({ connectionString: adminUrl, application_name: 'numericalz-audit' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK + 1]);
    await client.query(`DROP SCHEMA IF EXISTS ${SCRATCH_SCHEMA} CASCADE; CREATE SCHEMA ${SCRATCH_SCHEMA}`);
    const applied = await appliedSteps(client);
    const known = migrations.filter(({ name }) => applied.includes(name));
    await migrate({ adminUrl: within(adminUrl, SCRATCH_SCHEMA), migrations: known });
    const expected = await schemaSnapshot(client, SCRATCH_SCHEMA);
    const actual = await schemaSnapshot(client);
    return {
      compared: expected.length,
      missing: without(expected, actual),
      unexpected: without(actual, expected),
      pending,
      unknown: applied.filter((name) => !migrations.some((step) => step.name === name)),
    };
  } finally {
    await client.query(`DROP SCHEMA IF EXISTS ${SCRATCH_SCHEMA} CASCADE`).catch(() => undefined);
    await client.end();
  }
}

/** Also those that this release does not know. */
async function appliedSteps(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('public.schema_migrations') IS NOT NULL AS exists`,
  );
  if (!rows[0]?.exists) return [];
  const applied = await client.query<{ name: string }>('SELECT name FROM public.schema_migrations ORDER BY name');
  return applied.rows.map(({ name }) => name);
}

/** The same database, with new tables made in a schema; extensions are found where they are. */
function within(url: string, schema: string): string {
  const inside = new URL(url);
  inside.searchParams.set('options', `-c search_path=${schema},public`);
  return inside.toString();
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line));
}
