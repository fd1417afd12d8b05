import { createDatabase } from '../models';
import { auditDatabaseAtRest, auditSchema } from '../services/audit/auditDatabase';
import { auditPractice } from '../services/audit/auditPractice';
import { migrateSafely } from '../services/backups/migrateSafely';
import { backupSettings } from '../settings/backupPlace';
import { readSettings } from '../settings/readSettings';
import { required } from '../settings/settings';
import { migrationTarget } from './migrationTarget';
import { runCommand } from './runCommand';
import { runningTemporal } from './runningTemporal';

/** npm run db:migrate-safe: backup, audit, migrate, audit; back to the backup when anything fails. */
runCommand(async () => {
  const settings = readSettings();
  const { adminUrl } = migrationTarget();
  const applicationUrl = required(settings, 'DATABASE_URL');
  const { url: backupUrl, ...place } = backupSettings(settings);
  const say = (line: string): void => console.log(line);
  const db = createDatabase(applicationUrl, { applicationName: 'numericalz-audit' });
  const temporal = await runningTemporal(settings);
  if ('missing' in temporal) say(`${temporal.missing}: the database alone is audited.`);
  try {
    const applied = await migrateSafely({
      adminUrl,
      applicationUrl,
      backupUrl,
      place: { ...place, say },
      audit: async (mayBePending) => [
        ...(await auditSchema({ adminUrl, mayBePending })).findings,
        ...('missing' in temporal
          ? await auditDatabaseAtRest(db.pool)
          : await auditPractice({ db: db.pool, temporal: temporal.client })),
      ],
    });
    say(applied.length === 0 ? 'The schema is up to date.' : `Migrations applied: ${applied.length}; everything holds.`);
  } finally {
    if (!('missing' in temporal)) await temporal.close();
    await db.close();
  }
});
