import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** The arguments of a Temporal server with its Web UI that keeps everything in one SQLite file. */
export function temporalServerArgs(dataDir: string, port: number, uiPort: number): string[] {
  const folder = resolve(dataDir, 'temporal');
  mkdirSync(folder, { recursive: true });
  const options = {
    '--db-filename': resolve(folder, 'temporal.sqlite'),
    '--ip': '127.0.0.1',
    '--port': String(port),
    '--ui-port': String(uiPort),
    '--log-level': 'warn',
  };
  return ['server', 'start-dev', ...Object.entries(options).flat()];
}
