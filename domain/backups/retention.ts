import type { IsoDate } from '../calendar/dates';
import { addDays, addMonths, dayOfWeek } from '../calendar/dates';
import { londonDateOf } from '../calendar/london';
import type { Backup, BackupLabel } from './backupNames';

/** The labels of backups that the practice takes by itself. */
export const SCHEDULED_LABELS = ['daily', 'weekly', 'monthly'] as const satisfies readonly BackupLabel[];
export type ScheduledLabel = (typeof SCHEDULED_LABELS)[number];

/** The last day on which a backup is kept, from the day it was taken; null for one that is kept for ever. */
const KEPT_UNTIL: Record<BackupLabel, ((taken: IsoDate) => IsoDate) | null> = {
  daily: (taken) => addDays(taken, 30),
  weekly: (taken) => addDays(taken, 12 * 7),
  monthly: (taken) => addMonths(taken, 12),
  'pre-migration': null,
  manual: null,
};

/** The backups that have been kept for long enough on a London day. */
export function expiredBackups(backups: readonly Backup[], today: IsoDate): Backup[] {
  return backups.filter(({ takenAt, label }) => {
    const keptUntil = KEPT_UNTIL[label];
    return keptUntil !== null && today > keptUntil(londonDateOf(takenAt));
  });
}

/**
 * What the backup of a London day is: the month's first is monthly, the week's first (from Monday) weekly, any other daily. A night
 * that was missed does not matter: the next backup stands in for it.
 */
export function scheduledLabel(today: IsoDate, backups: readonly Backup[]): ScheduledLabel {
  const earlier = backups.filter((backup) => isScheduled(backup) && londonDateOf(backup.takenAt) < today);
  const isFirstSince = (start: IsoDate, labels: readonly BackupLabel[]): boolean =>
    !earlier.some(({ takenAt, label }) => labels.includes(label) && londonDateOf(takenAt) >= start);
  if (isFirstSince(`${today.slice(0, 8)}01`, ['monthly'])) return 'monthly';
  return isFirstSince(addDays(today, 1 - dayOfWeek(today)), ['weekly', 'monthly']) ? 'weekly' : 'daily';
}

/** The scheduled backup of a London day, where it was taken already. */
export function scheduledBackupOf(today: IsoDate, backups: readonly Backup[]): Backup | undefined {
  return backups.find((backup) => isScheduled(backup) && londonDateOf(backup.takenAt) === today);
}

function isScheduled({ label }: Backup): boolean {
  return SCHEDULED_LABELS.some((scheduled) => scheduled === label);
}
