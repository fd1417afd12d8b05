import { basename } from 'node:path';
import { Client } from 'pg';
import { isEmptyDatabase } from '../../models/backups/setAside';
import { restoreBackup } from '../../models/backups/restoreBackup';
import type { BackupPlace } from '../../models/backups/takeBackup';
import { takeBackup } from '../../models/backups/takeBackup';
import type { Migration } from '../../models/migrations/migration';
import { migrate, migrationStatus } from '../../models/migrator';
import type { NamedFinding } from '../audit/invariants/violation';

export interface SafeMigration {
  adminUrl: string;
  applicationUrl: string;
  /** What the backup is taken as. */
  backupUrl: string;
  place: BackupPlace;
  /** All of the project's unless a test says otherwise. */
  migrations?: readonly Migration[];
  /** Checks what must hold; steps may be pending before the migration only. */
  audit: (mayBePending: boolean) => Promise<NamedFinding[]>;
}

/**
 * Backs up, audits, migrates and audits again; gives the steps that were applied. Throws in one line what went wrong; the database is
 * then as it was, from the backup where something had been changed.
 */
export async function migrateSafely(options: SafeMigration): Promise<string[]> {
  const { adminUrl, applicationUrl, backupUrl, place, migrations, audit } = options;
  const { say } = place;
  const target = { adminUrl, applicationUrl, ...(migrations === undefined ? {} : { migrations }) };
  const { pending } = await migrationStatus(target);
  if (pending.length === 0) {
    say('Nothing is pending.');
    return [];
  }
  if (await isEmpty(adminUrl)) {
    say('The database is empty: there is nothing to back up.');
    return await migrate({ ...target, onStep: (_, name) => say(`applying ${name} …`) });
  }
  say(`Pending: ${pending.join(', ')}`);
  const { path } = await takeBackup(backupUrl, 'pre-migration', place);
  say(`Backed up to ${path}; auditing before the migration …`);
  requireNone(await audit(true), 'The database does not hold what it must, so it was not migrated');
  try {
    const applied = await migrate({ ...target, onStep: (_, name) => say(`applying ${name} …`) });
    say('Auditing after the migration …');
    requireNone(await audit(false), 'The migrated database does not hold what it must');
    return applied;
  } catch (error) {
    const cause = error instanceof Error ? withCause(error) : String(error);
    say(`${cause}: going back to the backup …`);
    await goBack(path, options, cause);
    throw new Error(`${cause}: the database is what it was before, from ${basename(path)}`, { cause: error });
  }
}

async function goBack(file: string, { adminUrl, applicationUrl, place }: SafeMigration, cause: string): Promise<void> {
  const { say, toolsDir } = place;
  try {
    await restoreBackup({ file, adminUrl, applicationUrl, mayReplace: true, toolsDir, say });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${cause}; and the backup could not be brought back (${reason}): npm run db:restore -- ${file} --replace`, {
      cause: error,
    });
  }
}

function requireNone(findings: readonly NamedFinding[], what: string): void {
  const violations = findings.flatMap((finding) => finding.violations);
  const [first] = violations;
  if (first) throw new Error(`${what} (${violations.length} violations, first ${first.record}: ${first.message})`);
}

/** The migrator wraps what PostgreSQL said. */
function withCause(error: Error): string {
  return error.cause instanceof Error && !error.message.includes(error.cause.message)
    ? `${error.message}: ${error.cause.message}`
    : error.message;
}

async function isEmpty(adminUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl, application_name: 'numericalz-migrations' });
  await client.connect();
  try {
    return await isEmptyDatabase(client);
  } finally {
    await client.end();
  }
}
