import { SettingsError } from '../settings/settings';

/** Runs a command line's work; what goes wrong becomes one clear line and exit code 1, with the stack only where LOG_LEVEL asks for it. */
export function runCommand(work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    process.exitCode = 1;
    console.error(describe(error));
    if (process.env.LOG_LEVEL === 'debug' && !(error instanceof SettingsError)) console.error(error);
  });
}

/** What went wrong, with what the innermost cause says: migrators and drivers wrap it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A refused connection to a name with two addresses comes as a list without a message of its own.
  const own = error instanceof AggregateError && error.message === '' ? error.errors.map(describe).join('; ') : error.message;
  return error.cause instanceof Error && !own.includes(error.cause.message) ? `${own}: ${describe(error.cause)}` : own;
}
