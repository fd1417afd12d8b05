import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createBackupActivities } from '../../activities/backupActivities';
import { backupName } from '../../domain/backups/backupNames';
import { sha256OfFile } from '../../models/backups/backupFolder';
import type { BackupPlace } from '../../models/backups/takeBackup';
import { setAside } from '../../models/backups/setAside';
import { takeBackup } from '../../models/backups/takeBackup';
import { restoreBackup } from '../../models/backups/restoreBackup';
import { schemaSnapshot } from '../../models/schema/schemaSnapshot';
import { compareSchema } from '../../models/schema/compareSchema';
import { createEmptyDatabase } from '../harness/database';
import { seedPractice } from '../../models/seed/seedPractice';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { TOOLS_DIR } from '../harness/servers';
import { asClient, contents } from './databaseContents';

let test: TestDatabase;
let folder: string;
let said: string[];

const place = (): BackupPlace => ({ folder, toolsDir: TOOLS_DIR, say: (line) => said.push(line) });

beforeAll(async () => {
  test = await createTestDatabase();
  await seedPractice({ adminUrl: test.adminUrl, clients: 20, seed: 1, today: '2025-06-01' });
}, 300_000);

afterAll(() => test.drop());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'numericalz-backups-'));
  said = [];
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a backup', () => {
  it('has its time and label in its name, its checksum beside it, and is for its owner’s eyes only', async () => {
    const { path, bytes, tables } = await takeBackup(test.adminUrl, 'daily', place(), Date.parse('2025-06-01T12:34:56.789Z'));
    const name = 'numericalz-2025-06-01T12-34-56Z-daily.dump';
    expect(path).toBe(join(folder, name));
    expect(readdirSync(folder).toSorted()).toEqual([name, `${name}.sha256`]);
    expect(readFileSync(`${path}.sha256`, 'utf8')).toBe(`${await sha256OfFile(path)}  ${name}\n`);
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
    expect(bytes).toBe(statSync(path).size);
    expect(tables).toBeGreaterThan(15);
    expect(said).toEqual(expect.arrayContaining(['backing up clients …', 'backing up audit_chain …']));
  });

  it('can be taken by the application’s role', async () => {
    await expect(takeBackup(test.url, 'manual', place())).resolves.toMatchObject({ path: expect.stringContaining('manual') });
  });

  it('never overwrites another one', async () => {
    await takeBackup(test.adminUrl, 'daily', place(), 0);
    await expect(takeBackup(test.adminUrl, 'daily', place(), 0)).rejects.toThrow(/is there already/);
  });

  it('leaves nothing behind when it is stopped half-way', async () => {
    const stopping = new AbortController();
    const stop = { ...place(), say: () => stopping.abort(), signal: stopping.signal };
    await expect(takeBackup(test.adminUrl, 'daily', stop)).rejects.toThrow(/abort/i);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says in one line where it cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(takeBackup(test.adminUrl, 'daily', { ...place(), folder: file })).rejects.toThrow(
      /^Backups cannot be written to .*a-file: make it writable, or set BACKUP_DIR to another folder\.$/,
    );
  });

  (canMount() ? it : it.skip)('says in one line that the disk is full, and leaves nothing behind', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    mountSmallDisk(disk);
    try {
      await expect(takeBackup(test.adminUrl, 'daily', { ...place(), folder: disk })).rejects.toThrow(
        /^The disk is full: make room below .*disk, or set BACKUP_DIR to a folder on another disk\.$/,
      );
      expect(readdirSync(disk)).toEqual([]);
    } finally {
      spawnSync('umount', [disk]);
    }
    expect(existsSync(disk)).toBe(true);
  });
});

describe('the nightly backup', () => {
  const NIGHT = Date.parse('2025-07-01T01:30:00Z');

  it('is taken once, with heartbeats, and replaces what was kept for long enough', async () => {
    const activities = createBackupActivities({ url: test.url, folder, toolsDir: TOOLS_DIR }, () => NIGHT);
    const old = backupName(Date.parse('2025-05-01T01:30:00Z'), 'daily');
    const kept = backupName(Date.parse('2020-05-01T01:30:00Z'), 'pre-migration');
    for (const name of [old, `${old}.sha256`, kept, 'notes.txt']) writeFileSync(join(folder, name), '');
    const environment = new MockActivityEnvironment();
    const heartbeats: unknown[] = [];
    environment.on('heartbeat', (detail) => heartbeats.push(detail));
    const name = 'numericalz-2025-07-01T01-30-00Z-monthly.dump';
    expect(await environment.run(() => activities.takeScheduledBackup())).toMatchObject({ name });
    expect(heartbeats).toContain('backing up clients …');
    expect(await environment.run(() => activities.takeScheduledBackup())).toEqual({ name, bytes: 0 });
    expect(await environment.run(() => activities.removeExpiredBackups())).toEqual({ removed: [old], kept: 2 });
    expect(readdirSync(folder).toSorted()).toEqual(['notes.txt', kept, name, `${name}.sha256`]);
  });
});

describe('a restore', () => {
  let target: TestDatabase;
  let file: string;

  beforeEach(async () => {
    target = await createEmptyDatabase();
    file = (await takeBackup(test.adminUrl, 'manual', place())).path;
  });

  afterEach(() => target.drop());

  const restore = (mayReplace = false): Promise<void> =>
    restoreBackup({
      file,
      adminUrl: target.adminUrl,
      applicationUrl: target.url,
      mayReplace,
      toolsDir: TOOLS_DIR,
      say: () => undefined,
    });
  const snapshot = (url: string): Promise<string[]> => asClient(url, (client) => schemaSnapshot(client));

  it('brings back every row and the schema, with the grants of the application’s role', async () => {
    await restore();
    const [before, after] = [await contents(test.adminUrl), await contents(target.adminUrl)];
    expect(before['clients']).toHaveLength(20);
    expect(after).toEqual(before);
    expect(await snapshot(target.adminUrl)).toEqual(await snapshot(test.adminUrl));
    expect(await compareSchema(target.adminUrl)).toMatchObject({ missing: [], unexpected: [], pending: [] });
    const privileges = `SELECT table_name, string_agg(privilege_type, ',' ORDER BY privilege_type) AS may FROM information_schema.role_table_grants
      WHERE grantee = current_user AND table_schema = 'public' GROUP BY 1 ORDER BY 1`;
    const [{ rows: was }, { rows: is }] = [await test.db.pool.query(privileges), await target.db.pool.query(privileges)];
    expect(is).toEqual(was);
    await target.db.pool.query(`UPDATE clients SET company_name = 'Another name' WHERE client_code = 'NZ-1'`);
    await expect(target.db.pool.query('DELETE FROM activity_logs')).rejects.toThrow(/permission denied/);
  });

  it('leaves in the activity log what was brought back', async () => {
    await restore();
    const { rows } = await target.db.pool.query(
      `SELECT details->>'backup' AS backup FROM activity_logs WHERE action = 'DATABASE_RESTORED'`,
    );
    expect(rows).toEqual([{ backup: file.split('/').at(-1) }]);
  });

  it('never goes over data unless it was said', async () => {
    await target.asOwner('CREATE TABLE precious (id int); INSERT INTO precious VALUES (1)');
    await expect(restore()).rejects.toThrow('There is data in this database: add --replace to put the backup in its place.');
    expect((await contents(target.adminUrl))['precious']).toEqual(['{"id": 1}']);
    await restore(true);
    expect(await contents(target.adminUrl)).toEqual(await contents(test.adminUrl));
    await restore(true);
    expect(await contents(target.adminUrl)).toEqual(await contents(test.adminUrl));
  });

  it('lets a running API go on: its connections forget the tables that were replaced', async () => {
    await restore();
    const planned = {
      name: 'clients',
      text: 'SELECT company_type FROM clients WHERE company_type = $1',
      values: ['LIMITED_COMPANY'],
    };
    const { rows } = await target.db.pool.query(planned);
    await restore(true);
    expect((await target.db.pool.query(planned)).rows).toEqual(rows);
  });

  it('takes no file that is damaged, or not finished', async () => {
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
    writeFileSync(file, bytes);
    await expect(restore()).rejects.toThrow(/is damaged: its checksum does not fit/);
    rmSync(`${file}.sha256`);
    await expect(restore()).rejects.toThrow(/has no checksum beside it/);
    rmSync(file);
    await expect(restore()).rejects.toThrow(/There is no backup/);
    expect(await contents(target.adminUrl)).toEqual({});
  });

  it('puts back what was there when it fails half-way, also where it was killed', async () => {
    await restore();
    await target.asOwner(`CREATE TABLE precious (id int); INSERT INTO precious VALUES (1)`);
    const before = await contents(target.adminUrl);
    writeFileSync(file, readFileSync(file).subarray(0, -2000));
    writeFileSync(`${file}.sha256`, await sha256OfFile(file));
    await expect(restore(true)).rejects.toThrow(/end of file|could not read|corrupt/i);
    expect(await contents(target.adminUrl)).toEqual(before);
    expect(await compareSchema(target.adminUrl)).toMatchObject({
      missing: [],
      unexpected: expect.arrayContaining(['relation r precious']),
    });
    await asClient(target.adminUrl, setAside);
    expect(await contents(target.adminUrl)).toEqual({});
    await expect(restore(false)).rejects.toThrow(/There is data in this database/);
    expect(await contents(target.adminUrl)).toEqual(before);
  });
});

/** Only root may mount, and not in every container: where it is not allowed the test is reported as skipped. */
function canMount(): boolean {
  const disk = mkdtempSync(join(tmpdir(), 'numericalz-disk-'));
  const isMounted = mountSmallDisk(disk);
  if (isMounted) spawnSync('umount', [disk]);
  rmdirSync(disk);
  return isMounted;
}

function mountSmallDisk(disk: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40k', 'tmpfs', disk]).status === 0;
}
