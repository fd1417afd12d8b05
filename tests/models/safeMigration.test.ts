import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../models/migrations';
import type { Migration } from '../../models/migrations/migration';
import { sqlMigration } from '../../models/migrations/migration';
import { rollback } from '../../models/migrator';
import { schemaSnapshot } from '../../models/schema/schemaSnapshot';
import { seedPractice } from '../../models/seed/seedPractice';
import { auditDatabaseAtRest, auditSchema } from '../../services/audit/auditDatabase';
import { migrateSafely } from '../../services/backups/migrateSafely';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { TOOLS_DIR } from '../harness/servers';
import { asClient, contents } from './databaseContents';

describe('a safe migration', () => {
  let target: TestDatabase;
  let folder: string;
  let said: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'numericalz-backups-'));
    said = [];
    target = await createTestDatabase();
    await seedPractice({ adminUrl: target.adminUrl, clients: 3, seed: 2, today: '2025-06-01' });
  });

  afterEach(async () => {
    await target.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const notes = sqlMigration('900-notes', 'CREATE TABLE client_notes (id text PRIMARY KEY)', 'DROP TABLE client_notes');

  const migrateWith = (...steps: Migration[]): Promise<string[]> => {
    const migrations = [...MIGRATIONS, ...steps];
    return migrateSafely({
      adminUrl: target.adminUrl,
      applicationUrl: target.url,
      backupUrl: target.adminUrl,
      place: { folder, toolsDir: TOOLS_DIR, say: (line) => said.push(line) },
      migrations,
      audit: async (mayBePending) => [
        ...(await auditSchema({ adminUrl: target.adminUrl, migrations, mayBePending })).findings,
        ...(await auditDatabaseAtRest(target.db.pool)),
      ],
    });
  };

  it('backs up, audits, migrates and audits, and says so', async () => {
    expect(await migrateWith(notes)).toEqual(['900-notes']);
    expect(said.filter((line) => !line.startsWith('backing up'))).toEqual([
      'Pending: 900-notes',
      expect.stringMatching(/^Backed up to .*-pre-migration\.dump; auditing before the migration …$/),
      'applying 900-notes …',
      'Auditing after the migration …',
    ]);
    await target.db.pool.query(`INSERT INTO client_notes VALUES ('by the application')`);
    expect(await migrateWith(notes)).toEqual([]);
    expect(said.at(-1)).toBe('Nothing is pending.');
  });

  it.each([
    [
      'fails',
      sqlMigration('901-failing', `DELETE FROM bank_holidays; SELECT 1 / 0`, ''),
      /division by zero: the database is what it was/,
    ],
    [
      'leaves behind what does not hold',
      sqlMigration(
        '901-wrong',
        `UPDATE vat_quarters SET sequence = sequence + 1;
         ALTER TABLE clients ADD CONSTRAINT unchecked FOREIGN KEY (contact_name) REFERENCES users(id) NOT VALID`,
        '',
      ),
      /does not hold what it must .*the database is what it was before/,
    ],
  ])('goes back to the backup when a later step %s', async (_, step, reason) => {
    const [rows, schema] = [await contents(target.adminUrl), await asClient(target.adminUrl, (client) => schemaSnapshot(client))];
    await expect(migrateWith(notes, step)).rejects.toThrow(reason);
    expect(await contents(target.adminUrl)).toEqual(rows);
    expect(await asClient(target.adminUrl, (client) => schemaSnapshot(client))).toEqual(schema);
    expect(readdirSync(folder).filter((name) => name.endsWith('-pre-migration.dump'))).toHaveLength(1);
  });

  it('does not touch a database that does not hold what it must', async () => {
    await target.asOwner('DROP INDEX idx_activity_logs_action');
    const before = await contents(target.adminUrl);
    await expect(migrateWith(notes)).rejects.toThrow(
      /so it was not migrated \(2 violations, first index CREATE INDEX idx_activity_logs_action/,
    );
    expect(await contents(target.adminUrl)).toEqual(before);
  });

  it('migrates an empty database without a backup', async () => {
    await rollback({ adminUrl: target.adminUrl }, MIGRATIONS[0]?.name);
    await target.asOwner('DROP TABLE schema_migrations, migration_batches');
    expect(await migrateWith(notes)).toHaveLength(MIGRATIONS.length + 1);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the audit of the schema', () => {
  it.each([
    ['a column of another type', 'ALTER TABLE bank_holidays ALTER COLUMN title TYPE varchar(200)', /column bank_holidays\.title/],
    [
      'a constraint that is gone',
      'ALTER TABLE vat_quarters DROP CONSTRAINT vat_quarters_client_id_fkey',
      /constraint vat_quarters/,
    ],
    ['a trigger that is off', 'ALTER TABLE clients DISABLE TRIGGER USER', /trigger .*clients/],
    ['a table too many', 'CREATE TABLE stray (id int); ALTER TABLE stray OWNER TO numericalz_owner', /relation r stray/],
    ['a step of a later release', `INSERT INTO schema_migrations (name) VALUES ('999-later')`, /migration 999-later/],
    [
      'a row that points at nothing',
      `SET session_replication_role = replica; UPDATE clients SET assigned_user_id = 'nobody'`,
      /^clients[.]clients_assigned_user_id_fkey/,
    ],
  ])('finds %s', async (_, statement, record) => {
    const target = await createTestDatabase();
    try {
      await seedPractice({ adminUrl: target.adminUrl, clients: 2, seed: 2, today: '2025-06-01' });
      await target.asSuperuser(statement);
      const { findings } = await auditSchema({ adminUrl: target.adminUrl });
      const records = findings.flatMap(({ violations }) => violations.map((violation) => violation.record));
      expect(records).toContainEqual(expect.stringMatching(record));
    } finally {
      await target.drop();
    }
  });
});
