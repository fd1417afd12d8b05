import { config as readDotenv } from 'dotenv';
import { PortTakenError } from './ports';
import { MissingToolError } from './tools';
import type { RunningSystem } from './system';
import { DataDirInUseError, startSystem } from './system';
import { loadSettings, SettingsError } from '../settings/settings';

readDotenv({ quiet: true });

/** Somebody stopped it before everything was up. */
class StoppedError extends Error {}

const startedAt = Date.now();
const say = (line: string): void => console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)}s  ${line}`);

async function main(): Promise<void> {
  const settings = loadSettings(process.env);
  const stopping = new AbortController();
  let system: RunningSystem | undefined;
  const stop = (): void => {
    if (stopping.signal.aborted) return;
    say('stopping …');
    stopping.abort(new StoppedError('stopped'));
    void system?.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  system = await startSystem(settings, say, stopping.signal);
  for (const line of system.summary) console.log(line);
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof StoppedError ||
    error instanceof SettingsError ||
    error instanceof PortTakenError ||
    error instanceof MissingToolError ||
    error instanceof DataDirInUseError;
  console.error(
    isExpected || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : explain(error),
  );
  process.exit(1);
});

function explain(error: Error): string {
  if (/ENOSPC|No space left/.test(error.message))
    return 'The disk is full: make room, or set DATA_DIR to a folder on another disk.';
  return error.message;
}
