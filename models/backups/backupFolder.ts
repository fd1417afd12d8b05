import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Backup } from '../../domain/backups/backupNames';
import { parseBackupName } from '../../domain/backups/backupNames';

/** The end of the name of a file that is still being written. */
export const PARTIAL = '.partial';
/** Longer than any backup takes. */
const PARTIAL_LEFT_OVER_MS = 24 * 3_600_000;

/** A file that is not what was backed up; the message says what to do. */
export class BrokenBackupError extends Error {}

/** The finished backups in a folder, oldest first; none where there is no folder yet. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => parseBackupName(name) ?? []).toSorted((a, b) => a.takenAt - b.takenAt);
}

/** Removes a backup with its checksum. */
export async function removeBackup(folder: string, name: string): Promise<void> {
  await rm(join(folder, name), { force: true });
  await rm(checksumFile(join(folder, name)), { force: true });
}

/** Removes what a killed backup left half-written; one that may still be going on is left alone. */
export async function removePartials(folder: string, now: number): Promise<void> {
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(PARTIAL))) {
    const { mtimeMs } = await stat(join(folder, name));
    if (now - mtimeMs > PARTIAL_LEFT_OVER_MS) await rm(join(folder, name), { force: true });
  }
}

export function checksumFile(path: string): string {
  return `${path}.sha256`;
}

/** The SHA-256 of a file, in hexadecimal. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** Throws BrokenBackupError where a backup is not the file that its checksum was made of, or has no checksum. */
export async function requireChecksum(path: string): Promise<void> {
  if (!(await stat(path).catch(() => undefined))?.isFile()) {
    throw new BrokenBackupError(`There is no backup ${path}: name a file of the folder of backups`);
  }
  const written = await readFile(checksumFile(path), 'utf8').catch(() => undefined);
  if (written === undefined) {
    throw new BrokenBackupError(`${path} has no checksum beside it: copy ${basename(checksumFile(path))} there too`);
  }
  if (written.split(/\s/)[0] !== (await sha256OfFile(path))) {
    throw new BrokenBackupError(`${path} is damaged: its checksum does not fit. Take another backup.`);
  }
}
