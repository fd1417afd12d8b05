/** Why a backup was taken; it says how long the backup is kept. */
export const BACKUP_LABELS = ['daily', 'weekly', 'monthly', 'pre-migration', 'manual'] as const;
export type BackupLabel = (typeof BACKUP_LABELS)[number];

/** A backup as its name tells it. */
export interface Backup {
  name: string;
  /** Epoch ms. */
  takenAt: number;
  label: BackupLabel;
}

const NAME = /^numericalz-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z-([a-z-]+)\.dump$/;

/** The name of a backup, with its time in UTC to the second: names sort by age. */
export function backupName(takenAt: number, label: BackupLabel): string {
  const time = new Date(takenAt).toISOString().slice(0, 19).replaceAll(':', '-');
  return `numericalz-${time}Z-${label}.dump`;
}

/** What a file's name tells; null for a file that is no backup of ours. */
export function parseBackupName(name: string): Backup | null {
  const [, date, hours, minutes, seconds, written] = NAME.exec(name) ?? [];
  const label = BACKUP_LABELS.find((known) => known === written);
  const takenAt = Date.parse(`${date}T${hours}:${minutes}:${seconds}Z`);
  return label === undefined || Number.isNaN(takenAt) ? null : { name, takenAt, label };
}
