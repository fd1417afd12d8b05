import { cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { basename, join } from 'node:path';
import { londonDateOf } from '../domain/calendar/london';
import { expiredBackups, scheduledBackupOf, scheduledLabel } from '../domain/backups/retention';
import { listBackups, removeBackup, removePartials, requireChecksum } from '../models/backups/backupFolder';
import { takeBackup } from '../models/backups/takeBackup';
import type { BackupSettings } from '../settings/backupPlace';

const HEARTBEAT_MS = 10_000;

/** What the nightly backup asks of the machine that it runs on; both are safe to repeat. */
export interface BackupActivities {
  /** Takes the backup of the day, unless it is there already. */
  takeScheduledBackup(): Promise<{ name: string; bytes: number }>;
  /** Removes the backups that have been kept for long enough. */
  removeExpiredBackups(): Promise<{ removed: string[]; kept: number }>;
}

export function createBackupActivities({ url, folder, toolsDir }: BackupSettings, now = Date.now): BackupActivities {
  return {
    async takeScheduledBackup() {
      const backups = await listBackups(folder);
      const today = londonDateOf(now());
      const done = scheduledBackupOf(today, backups);
      if (done && (await isWhole(join(folder, done.name)))) return { name: done.name, bytes: 0 };
      let progress = 'starting';
      const say = (line: string): void => heartbeat((progress = line));
      const beating = setInterval(() => heartbeat(progress), HEARTBEAT_MS);
      try {
        const place = { folder, toolsDir, say, signal: cancellationSignal() };
        const { path, bytes, tables } = await takeBackup(url, scheduledLabel(today, backups), place, now());
        log.info('A backup was taken', { path, bytes, tables });
        return { name: basename(path), bytes };
      } finally {
        clearInterval(beating);
      }
    },
    async removeExpiredBackups() {
      const backups = await listBackups(folder);
      const expired = expiredBackups(backups, londonDateOf(now()));
      for (const { name } of expired) await removeBackup(folder, name);
      await removePartials(folder, now());
      return { removed: expired.map(({ name }) => name), kept: backups.length - expired.length };
    },
  };
}

async function isWhole(path: string): Promise<boolean> {
  return await requireChecksum(path).then(
    () => true,
    () => false,
  );
}
