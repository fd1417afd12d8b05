import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsPage } from '../domain/permissionsPage';
import { runCommand } from './runCommand';

/** npm run docs:permissions: writes docs/permissions.md. */
runCommand(async () => {
  writeFileSync(join(__dirname, '..', 'docs', 'permissions.md'), permissionsPage());
});
