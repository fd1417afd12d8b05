import { config as readDotenv } from 'dotenv';
import { PortTakenError } from './ports';
import { MissingToolError } from './tools';
import { DataDirInUseError, startSystem } from './system';
import { loadSettings, SettingsError } from '../settings/settings';

readDotenv({ quiet: true });

const startedAt = Date.now();
const say = (line: string): void => console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)}s  ${line}`);

async function main(): Promise<void> {
  const settings = loadSettings(process.env);
  const system = await startSystem(settings, say);
  let stopped: Promise<void> | undefined;
  const stop = (): void => {
    stopped ??= system.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  for (const line of system.summary) console.log(line);
}

main().catch((error: unknown) => {
  const isExpected =
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
