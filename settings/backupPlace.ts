import { join } from 'node:path';
import type { Settings } from './settings';
import { required } from './settings';

/** What a backup is taken of, where it lies, and where its tools are installed. */
export interface BackupSettings {
  url: string;
  folder: string;
  toolsDir: string;
}

/** The backups of these settings; the application's role may read every table, so its URL will do where no other is set. */
export function backupSettings(settings: Settings): BackupSettings {
  return {
    url: settings.DATABASE_BACKUP_URL ?? settings.DATABASE_ADMIN_URL ?? required(settings, 'DATABASE_URL'),
    folder: settings.BACKUP_DIR ?? join(settings.DATA_DIR, 'backups'),
    toolsDir: join(settings.DATA_DIR, 'tools'),
  };
}
