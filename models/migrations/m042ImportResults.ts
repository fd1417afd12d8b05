import { sqlMigration } from './migration';

/** What an import was answered with, for those who send it again. */
export const importResults = sqlMigration(
  '042-import-results',
  'ALTER TABLE bulk_operations ADD COLUMN import_result jsonb;',
  'ALTER TABLE bulk_operations DROP COLUMN import_result;',
);
