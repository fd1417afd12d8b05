import { proxyActivities } from '@temporalio/workflow';
import type { AuditHead } from '../domain/audit';
import type { BackupActivities } from '../activities/backupActivities';

const { takeScheduledBackup } = proxyActivities<BackupActivities>({
  startToCloseTimeout: '4 hours',
  heartbeatTimeout: '5 minutes',
  retry: { initialInterval: '5 minutes', maximumInterval: '30 minutes', maximumAttempts: 6 },
});

const { removeExpiredBackups } = proxyActivities<BackupActivities>({
  startToCloseTimeout: '10 minutes',
  retry: { initialInterval: '1 minute', maximumAttempts: 5 },
});

/** Every night: takes the backup of the day; only when it is whole are old ones removed. */
export async function backupWorkflow(): Promise<{ name: string; removed: string[] }> {
  const { name } = await takeScheduledBackup.executeWithOptions({ summary: 'Take the backup of the day' }, []);
  const { removed } = await removeExpiredBackups.executeWithOptions({ summary: 'Remove backups that were kept long enough' }, []);
  return { name, removed };
}

/** A backup that was brought back, and where its audit chain ended. */
export interface RestoredDatabase {
  backup: string;
  auditHead: AuditHead | null;
}

/** Leaves in its history, out of reach of whoever can write to the database, that a backup was brought back. */
export async function databaseRestoredWorkflow(restored: RestoredDatabase): Promise<RestoredDatabase> {
  return await Promise.resolve(restored);
}
