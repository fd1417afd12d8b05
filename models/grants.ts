import type { ClientBase } from 'pg';
import { HISTORY_TABLES } from './filings/filingTables';
import { inTransaction } from './migrations/inTransaction';

/** Tables that the application only adds to: nobody who speaks through it can rewrite what happened. */
export const APPEND_ONLY_TABLES = ['activity_logs', ...HISTORY_TABLES, 'audit_chain', 'history_exports'];

/** What the migrator keeps for itself: the application may look, only the owner writes. */
const READ_ONLY_TABLES = ['schema_migrations', 'migration_batches'];

/** The database role that API and worker connect as. */
export interface ApplicationRole {
  name: string;
  /** Set when the role does not exist yet; an existing role keeps the password it has. */
  password: string;
}

/** Reads the application's role out of its connection URL. Null where it names no user, or the owner itself. */
export function applicationRole(applicationUrl: string, adminUrl: string): ApplicationRole | null {
  const url = new URL(applicationUrl);
  const name = decodeURIComponent(url.username);
  if (name === '' || name === decodeURIComponent(new URL(adminUrl).username)) return null;
  return { name, password: decodeURIComponent(url.password) };
}

/**
 * Gives the application's role exactly what it needs on every table there is, making the role when it is missing.
 * Runs after each migration, so that a new table is never forgotten; doing it again changes nothing.
 */
export async function grantApplicationRole(client: ClientBase, role: ApplicationRole): Promise<void> {
  await inTransaction(client, async () => {
    await ensureRole(client, role);
    const name = client.escapeIdentifier(role.name);
    await client.query(`GRANT USAGE ON SCHEMA public TO ${name}`);
    await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${name}`);
    const tables = await client.query<{ tablename: string }>(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    for (const { tablename } of tables.rows) {
      const table = client.escapeIdentifier(tablename);
      await client.query(`REVOKE ALL ON ${table} FROM ${name}; GRANT ${privileges(tablename)} ON ${table} TO ${name}`);
    }
  });
}

function privileges(table: string): string {
  if (READ_ONLY_TABLES.includes(table)) return 'SELECT';
  if (APPEND_ONLY_TABLES.includes(table)) return 'SELECT, INSERT';
  return 'SELECT, INSERT, UPDATE, DELETE';
}

async function ensureRole(client: ClientBase, role: ApplicationRole): Promise<void> {
  const found = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role.name]);
  if (found.rowCount !== 0) return;
  // Roles belong to the whole server, the migration lock to one database: two databases may migrate at once and both make the role.
  const name = client.escapeIdentifier(role.name);
  const password = role.password === '' ? '' : ` PASSWORD ${client.escapeLiteral(role.password)}`;
  await client.query(`
    DO $do$ BEGIN
      CREATE ROLE ${name} LOGIN${password};
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $do$`);
}
