import { rollback } from '../models/migrator';
import { migrationTarget } from './migrationTarget';
import { runCommand } from './runCommand';

/** npm run db:rollback [-- NAME]: undoes the last migration, or all back to and including the named one. */
runCommand(async () => {
  const undone = await rollback(migrationTarget(), process.argv[2]);
  console.log(undone.length === 0 ? 'There is nothing to undo.' : `Migrations undone: ${undone.length}`);
});
