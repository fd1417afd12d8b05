import { migrationStatus } from '../models/migrator';
import { migrationTarget } from './migrationTarget';
import { runCommand } from './runCommand';

/** npm run db:status: exit code 0 also where something is pending. */
runCommand(async () => {
  const { applied, pending } = await migrationStatus(migrationTarget());
  for (const name of applied) console.log(`applied  ${name}`);
  for (const name of pending) console.log(`pending  ${name}`);
  console.log(
    pending.length === 0 ? 'The schema is up to date.' : `Pending: ${pending.length}; npm run db:migrate applies them.`,
  );
});
