import { basename, resolve } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { applicationRole, grantApplicationRole } from '../grants';
import { MIGRATION_LOCK } from '../migrator';
import { requireChecksum } from './backupFolder';
import { markRestored } from './markRestored';
import { findPostgresProgram, serverMajorVersion } from './postgresTools';
import { runPostgresProgram } from './runPostgresProgram';
import { dropSetAside, isEmptyDatabase, isSetAside, putBack, setAside } from './setAside';

const INSUFFICIENT_PRIVILEGE = '42501';

/** There is data where a backup should go, and nobody said that it may be replaced. */
class DatabaseNotEmptyError extends Error {}

export interface RestoreOptions {
  file: string;
  /** Connection URL of the owner of the tables. */
  adminUrl: string;
  /** Its role is granted what it needs. */
  applicationUrl: string;
  mayReplace: boolean;
  toolsDir: string;
  say: (line: string) => void;
}

/**
 * Brings a backup back into an empty database, or in place of what is there: that is kept aside until everything is restored, and put
 * back where something fails. Throws in one line what is wrong; the database is as it was then.
 */
export async function restoreBackup(options: RestoreOptions): Promise<void> {
  const { adminUrl, say } = options;
  const file = resolve(options.file);
  say('checking the checksum …');
  await requireChecksum(file);
  const client = new Client({ connectionString: adminUrl, application_name: 'numericalz-restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    if (await isSetAside(client)) {
      say('putting back what an earlier restore that was cut off had set aside …');
      await putBack(client);
    }
    const isEmpty = await isEmptyDatabase(client);
    if (!isEmpty && !options.mayReplace) {
      throw new DatabaseNotEmptyError('There is data in this database: add --replace to put the backup in its place.');
    }
    if (!isEmpty) {
      say('setting aside what is there …');
      await setAside(client);
    }
    try {
      await load(file, options);
      await markRestored(client, basename(file));
      await grant(client, options);
    } catch (error) {
      if (!isEmpty) await putBack(client);
      throw error;
    }
    await dropSetAside(client);
    await closeApplicationConnections(client, options);
  } finally {
    await client.end();
  }
}

async function load(file: string, { adminUrl, toolsDir, say }: RestoreOptions): Promise<void> {
  const path = findPostgresProgram('pg_restore', await serverMajorVersion(adminUrl), toolsDir, say);
  await runPostgresProgram({
    path,
    // Comments are those of extensions, which only their owner may write.
    args: ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges', '--no-comments', '--verbose', file],
    url: adminUrl,
    onProgress: (line) => {
      const table = /^processing data for table "?public\.(.+?)"?$/.exec(line)?.[1];
      if (table !== undefined) say(`restoring ${table} …`);
    },
  });
}

/** A connection plans a statement once, by tables that are gone: API and worker make new ones. */
async function closeApplicationConnections(client: Client, { adminUrl, applicationUrl, say }: RestoreOptions): Promise<void> {
  const role = applicationRole(applicationUrl, adminUrl);
  try {
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename = coalesce($1, current_user) AND pid <> pg_backend_pid()`,
      [role?.name ?? null],
    );
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error;
    say(
      'the connections of API and workers could not be closed: restart API and workers now, for they know tables that are gone',
    );
  }
}

async function grant(client: Client, { adminUrl, applicationUrl }: RestoreOptions): Promise<void> {
  const role = applicationRole(applicationUrl, adminUrl);
  if (role) await grantApplicationRole(client, role);
}
