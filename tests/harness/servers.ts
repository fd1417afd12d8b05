import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const ROOT = resolve(__dirname, '..', '..');

/** Where the programs lie that tests start; shared with `npm start` so that nothing is installed twice. */
export const TOOLS_DIR = join(ROOT, '.data', 'tools');

/** The line by which the servers' process says that they are ready. */
export const SERVERS_READY = 'test servers are ready';

const Servers = z.object({
  postgresPort: z.number(),
  superuserPassword: z.string(),
  template: z.string(),
  temporalAddress: z.string(),
  testServerPath: z.string(),
  bundlePath: z.string(),
});

/** What one run of the tests has started, for every test file to read. */
export type Servers = z.infer<typeof Servers>;

const file = join(ROOT, '.data', 'test', 'servers.json');

/** The servers of this run. Throws outside of one. */
export function servers(): Servers {
  if (!existsSync(file)) throw new Error('The test servers are not running: run the tests with npm test');
  return Servers.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Makes the servers of this run known to its test files. */
export function announceServers(running: Servers): void {
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(running, null, 2));
}
