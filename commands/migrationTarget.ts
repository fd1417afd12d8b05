import type { MigratorOptions } from '../models/migrator';
import { readSettings } from '../settings/readSettings';
import { required } from '../settings/settings';

/** The database that this machine's settings name, as its owner; each step is printed as it begins. */
export function migrationTarget(): MigratorOptions {
  const settings = readSettings();
  const applicationUrl = required(settings, 'DATABASE_URL');
  return {
    adminUrl: settings.DATABASE_ADMIN_URL ?? applicationUrl,
    applicationUrl,
    onStep: (direction, name) => console.log(direction === 'up' ? `applying ${name}` : `undoing ${name}`),
  };
}
