import { parseArgs } from 'node:util';
import { restoreBackup } from '../models/backups/restoreBackup';
import { migrationStatus } from '../models/migrator';
import { backupSettings } from '../settings/backupPlace';
import { readSettings } from '../settings/readSettings';
import { migrationTarget } from './migrationTarget';
import { runCommand } from './runCommand';

/** npm run db:restore -- FILE [--replace] */
runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { replace: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Error('Name one backup: npm run db:restore -- FILE [--replace]');
  const { adminUrl, applicationUrl = adminUrl } = migrationTarget();
  const { toolsDir } = backupSettings(readSettings());
  const say = (line: string): void => console.log(line);
  await restoreBackup({ file, adminUrl, applicationUrl, mayReplace: values.replace, toolsDir, say });
  const { pending } = await migrationStatus({ adminUrl });
  console.log(`${file} is restored.`);
  if (pending.length > 0) console.log(`It lacks ${pending.length} migrations: npm run db:migrate-safe applies them.`);
  console.log(
    'Once worker and Temporal run, npm run db:reconcile brings filings and workflows together; npm run db:audit proves it.',
  );
});
