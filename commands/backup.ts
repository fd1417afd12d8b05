import { parseArgs } from 'node:util';
import { BACKUP_LABELS } from '../domain/backups/backupNames';
import { takeBackup } from '../models/backups/takeBackup';
import { backupSettings } from '../settings/backupPlace';
import { readSettings } from '../settings/readSettings';
import { runCommand } from './runCommand';

/** npm run db:backup [-- --label LABEL] */
runCommand(async () => {
  const { values } = parseArgs({ options: { label: { type: 'string', default: 'manual' } } });
  const label = BACKUP_LABELS.find((known) => known === values.label);
  if (label === undefined) throw new Error(`--label: must be one of ${BACKUP_LABELS.join(', ')}`);
  const { url, ...place } = backupSettings(readSettings());
  const { path, bytes, tables } = await takeBackup(url, label, { ...place, say: (line) => console.log(line) });
  console.log(`${path}: ${tables} tables, ${Math.ceil(bytes / 1024)} KiB, read back and its checksum written`);
});
