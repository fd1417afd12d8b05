import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const ROOT = resolve(__dirname, '..', '..');

/** Where the programs lie that tests start; shared with `npm start` so that nothing is installed twice. */
export const TOOLS_DIR = join(ROOT, '.data', 'tools');

/** How the line begins by which the servers' process says that they are ready; the path of their file follows. */
export const SERVERS_READY = 'test servers are ready: ';

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

/** Names the file that tells of the servers of this run, in the environment: runs beside each other have their own. */
export const SERVERS_FILE = 'NUMERICALZ_TEST_SERVERS';

/** The servers of this run. Throws outside of one. */
export function servers(): Servers {
  const file = process.env[SERVERS_FILE];
  if (file === undefined || !existsSync(file)) throw new Error('The test servers are not running: run the tests with npm test');
  return Servers.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Writes the file that tells of the servers of this run, and gives its path. */
export function announceServers(folder: string, running: Servers): string {
  const file = join(folder, 'servers.json');
  writeFileSync(file, JSON.stringify(running, null, 2));
  return file;
}
