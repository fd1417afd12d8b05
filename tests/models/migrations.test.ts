import { Client } from 'pg';
import { inBatches } from '../../models/migrations/inBatches';
import { MIGRATIONS } from '../../models/migrations';
import { sqlMigration } from '../../models/migrations/migration';
import type { Migration } from '../../models/migrations/migration';
import { migrate, migrationStatus, rollback } from '../../models/migrator';
import { createTestDatabase } from '../harness/database';
import type { TestDatabase } from '../harness/database';
import { schemaSnapshot } from '../../models/schema/schemaSnapshot';

const ALL = MIGRATIONS.map((step) => step.name);

let test: TestDatabase;
let owner: Client;

beforeEach(async () => {
  test = await createTestDatabase();
  owner = new Client(test.adminUrl);
  await owner.connect();
});

afterEach(async () => {
  await owner.end();
  await test.drop();
});

const target = (): { adminUrl: string; applicationUrl: string } => ({ adminUrl: test.adminUrl, applicationUrl: test.url });

it('undoes everything, step by step, and applies it again to the same schema', async () => {
  const before = await schemaSnapshot(owner);
  expect(before.length).toBeGreaterThan(300);

  expect(await rollback(target())).toEqual(ALL.slice(-1));
  expect(await migrationStatus(target())).toEqual({ applied: ALL.slice(0, -1), pending: ALL.slice(-1) });
  expect(await rollback(target(), ALL[0])).toEqual(ALL.slice(0, -1).toReversed());
  expect(await schemaSnapshot(owner)).toEqual([]);

  expect(await migrate(target())).toEqual(ALL);
  expect(await schemaSnapshot(owner)).toEqual(before);
  expect(await migrate(target())).toEqual([]);
});

it('applies each step once when two processes migrate at the same time, and both succeed', async () => {
  await rollback(target(), ALL[0]);
  const results = await Promise.all([migrate(target()), migrate(target()), migrate(target())]);
  expect(results.flat()).toEqual(ALL);
  expect(await migrationStatus(target())).toEqual({ applied: ALL, pending: [] });
});

it('leaves the schema as it was when a step fails half-way', async () => {
  const before = await schemaSnapshot(owner);
  const failing = sqlMigration('999-failing', 'CREATE TABLE half_made (id int); SELECT 1 / 0', 'DROP TABLE half_made');
  await expect(migrate({ ...target(), migrations: [...MIGRATIONS, failing] })).rejects.toThrow(/division by zero/);
  expect(await schemaSnapshot(owner)).toEqual(before);
  expect((await migrationStatus(target())).applied).toEqual(ALL);
});

it('leaves everything in place when undoing fails half-way', async () => {
  const step = sqlMigration('999-stuck', 'CREATE TABLE made (id int)', 'DROP TABLE made; SELECT 1 / 0');
  const migrations = [...MIGRATIONS, step];
  await migrate({ ...target(), migrations });
  const before = await schemaSnapshot(owner);
  await expect(rollback({ ...target(), migrations })).rejects.toThrow(/division by zero/);
  expect(await schemaSnapshot(owner)).toEqual(before);
  expect((await migrationStatus({ ...target(), migrations })).applied).toContain('999-stuck');
});

it('reports what is pending on a database that was never migrated, without writing to it', async () => {
  await rollback(target(), ALL[0]);
  await owner.query('DROP TABLE schema_migrations');
  expect(await migrationStatus(target())).toEqual({ applied: [], pending: ALL });
  const { rows } = await owner.query(`SELECT to_regclass('schema_migrations') AS found`);
  expect(rows).toEqual([{ found: null }]);
});

describe('a data migration in batches', () => {
  const ROWS = 2_500;

  /** Changes every row once; fails at the given batch. */
  function batched(failAt: number | null): Migration & { sizes: number[] } {
    const sizes: number[] = [];
    return {
      name: '999-batched',
      commitsItself: true,
      sizes,
      up: async (client) => {
        await inBatches(client, {
          name: '999-batched',
          table: 'bank_accounts',
          change: async (connection, ids) => {
            if (sizes.length === failAt) throw new Error('stopped');
            sizes.push(ids.length);
            await connection.query('UPDATE bank_accounts SET changes = changes + 1 WHERE id = ANY ($1)', [ids]);
          },
        });
      },
      down: () => Promise.resolve(),
    };
  }

  beforeEach(async () => {
    await owner.query(`CREATE TABLE bank_accounts (id text PRIMARY KEY, changes int NOT NULL DEFAULT 0)`);
    await owner.query(`INSERT INTO bank_accounts (id) SELECT 'c' || lpad(n::text, 8, '0') FROM generate_series(1, ${ROWS}) n`);
  });

  it('visits every row once, a thousand at a time', async () => {
    const step = batched(null);
    await migrate({ ...target(), migrations: [...MIGRATIONS, step] });
    expect(step.sizes).toEqual([1_000, 1_000, 500]);
    const { rows } = await owner.query('SELECT changes, count(*)::int AS rows FROM bank_accounts GROUP BY changes');
    expect(rows).toEqual([{ changes: 1, rows: ROWS }]);
    expect((await owner.query('SELECT FROM migration_batches')).rowCount).toBe(0);
  });

  it('goes on behind the last committed batch after it was stopped', async () => {
    await expect(migrate({ ...target(), migrations: [...MIGRATIONS, batched(2)] })).rejects.toThrow(/stopped/);
    expect((await migrationStatus(target())).applied).not.toContain('999-batched');
    const again = batched(null);
    await migrate({ ...target(), migrations: [...MIGRATIONS, again] });
    expect(again.sizes).toEqual([500]);
    const { rows } = await owner.query('SELECT changes, count(*)::int AS rows FROM bank_accounts GROUP BY changes');
    expect(rows).toEqual([{ changes: 1, rows: ROWS }]);
  });
});
