import { migrate } from '../models/migrator';
import { migrationTarget } from './migrationTarget';
import { runCommand } from './runCommand';

/** npm run db:migrate */
runCommand(async () => {
  const applied = await migrate(migrationTarget());
  console.log(applied.length === 0 ? 'The schema is up to date.' : `Migrations applied: ${applied.length}`);
});
