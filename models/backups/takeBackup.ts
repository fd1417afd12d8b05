import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { BackupLabel } from '../../domain/backups/backupNames';
import { backupName } from '../../domain/backups/backupNames';
import { BrokenBackupError, checksumFile, PARTIAL, sha256OfFile } from './backupFolder';
import { findPostgresProgram, serverMajorVersion } from './postgresTools';
import { REPLACED_SCHEMA, SCRATCH_SCHEMA } from './passingSchemas';
import { runPostgresProgram } from './runPostgresProgram';

/** Schemas that exist for the length of a command only. */
const PASSING_SCHEMAS = [REPLACED_SCHEMA, SCRATCH_SCHEMA];

/** Where backups lie, and what takes them. */
export interface BackupPlace {
  folder: string;
  toolsDir: string;
  /** Told in a line what is done. */
  say: (line: string) => void;
  signal?: AbortSignal;
}

export interface TakenBackup {
  path: string;
  bytes: number;
  /** Tables whose rows it holds. */
  tables: number;
}

/**
 * Dumps a database into a file of the folder. The file has a name of its own until it was read back and its checksum written, so
 * that what looks like a backup is one. Throws in one line what is wrong; nothing half-written stays.
 */
export async function takeBackup(
  url: string,
  label: BackupLabel,
  place: BackupPlace,
  takenAt = Date.now(),
): Promise<TakenBackup> {
  const path = join(resolve(place.folder), backupName(takenAt, label));
  const partial = `${path}.${process.pid}${PARTIAL}`;
  try {
    await mkdir(place.folder, { recursive: true, mode: 0o700 });
    if (await stat(path).catch(() => undefined)) throw new Error(`${path} is there already: try again in a second`);
    const version = await serverMajorVersion(url);
    await dump(url, partial, version, place);
    const tables = await readBack(partial, version, place);
    await publish(partial, path);
    return { path, bytes: (await stat(path)).size, tables };
  } catch (error) {
    throw explained(error, place.folder);
  } finally {
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

async function dump(url: string, file: string, serverMajor: number, { toolsDir, say, signal }: BackupPlace): Promise<void> {
  const pgDump = findPostgresProgram('pg_dump', serverMajor, toolsDir, say);
  await writeFile(file, '', { mode: 0o600 });
  const excluded = PASSING_SCHEMAS.map((schema) => `--exclude-schema=${schema}`);
  await runPostgresProgram({
    path: pgDump,
    // Owner and grants are those of the database that it is restored into.
    args: ['--format=custom', '--no-owner', '--no-privileges', ...excluded, '--verbose', '--file', file],
    url,
    onProgress: (line) => {
      const table = /^dumping contents of table "?public\.(.+?)"?$/.exec(line)?.[1];
      if (table !== undefined) say(`backing up ${table} …`);
    },
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Reads the table of contents of a dump, which a half-written one has not; gives how many tables have rows in it. */
async function readBack(file: string, serverMajor: number, { toolsDir, say }: BackupPlace): Promise<number> {
  const pgRestore = findPostgresProgram('pg_restore', serverMajor, toolsDir, say);
  const listing = await runPostgresProgram({ path: pgRestore, args: ['--list', file] });
  const tables = listing.split('\n').filter((line) => line.includes(' TABLE DATA ')).length;
  if (tables === 0) throw new BrokenBackupError('The backup holds no table: is the database migrated?');
  return tables;
}

/** The checksum comes first: a backup without one is none. */
async function publish(partial: string, path: string): Promise<void> {
  const file = await open(partial, 'r+');
  await file.sync();
  await file.close();
  try {
    await writeFile(checksumFile(path), `${await sha256OfFile(partial)}  ${basename(path)}\n`, { mode: 0o600 });
    await rename(partial, path);
  } catch (error) {
    await rm(checksumFile(path), { force: true });
    throw error;
  }
}

/** The same in one line, with what to do. */
function explained(error: unknown, folder: string): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|No space left|EDQUOT|quota exceeded/i.test(text)) {
    return new Error(`The disk is full: make room below ${folder}, or set BACKUP_DIR to a folder on another disk.`);
  }
  if (/EACCES|EROFS|ENOTDIR|EEXIST|Permission denied/i.test(text)) {
    return new Error(`Backups cannot be written to ${folder}: make it writable, or set BACKUP_DIR to another folder.`);
  }
  return error instanceof Error ? error : new Error(text);
}
