import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EmbeddedSecrets } from '../settings/embeddedSettings';
import { EMBEDDED_APPLICATION, EMBEDDED_OWNER, embeddedSecrets, withEmbeddedDefaults } from '../settings/embeddedSettings';
import { keptPassword } from '../settings/firstPartnerPassword';
import type { Settings } from '../settings/settings';
import { lightenWorkflowList } from './lighterWorkflowList';
import { ManagedProcess } from './managedProcess';
import { isListening, requireFreePort } from './ports';
import { isPostgresReady, preparePostgres, preparePostgresRoles } from './postgres';
import { commandLineOf } from './runningProcess';
import { temporalDatabase, temporalServerArgs } from './temporalServer';
import { findTool, TEMPORAL_CLI } from './tools';

const ROOT = resolve(__dirname, '..');
/** The parts run compiled, as they do in production: code that is compiled as it is loaded is slower in every call. */
const COMPILED = 'dist';

/** Another `npm start` runs on the same data folder. */
export class DataDirInUseError extends Error {}

export interface RunningSystem {
  /** What a person needs to know once everything runs: addresses, and where the logs are. */
  summary: string[];
  /** Stops every part, in order; what was going on goes on at the next start. */
  stop(): Promise<void>;
}

/**
 * Starts everything on this machine: PostgreSQL and Temporal where the settings name none, then worker and API, each a process of its
 * own that is restarted when it dies. Says what it does while it does it. Throws when a part does not come up, or when `stopping` is
 * aborted before everything is up; nothing is left running then.
 */
export async function startSystem(
  given: Settings,
  say: (line: string) => void,
  stopping: AbortSignal = new AbortController().signal,
): Promise<RunningSystem> {
  const dataDir = resolve(given.DATA_DIR);
  claimDataDir(dataDir);
  const secrets = embeddedSecrets(dataDir);
  const settings = withEmbeddedDefaults(given);
  const started: ManagedProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const part of started.toReversed()) await part.stop();
    rmSync(supervisorFile(dataDir), { force: true });
  };
  const launch = async (part: ManagedProcess): Promise<void> => {
    stopping.throwIfAborted();
    started.push(part);
    await part.start(stopping);
  };
  try {
    const parts = { dataDir, settings, secrets, say };
    await endLeftovers(parts);
    await runCommand(['--import', 'tsx', 'commands/build.ts', '--if-changed'], process.env, say);
    stopping.throwIfAborted();
    if (given.DATABASE_URL === undefined) await startPostgres(parts, launch);
    if (given.TEMPORAL_ADDRESS === undefined) await startTemporal(parts, launch);
    await requireFreePort(settings.PORT, 'PORT');
    say('preparing: migrations, Temporal namespaces and search attributes, first partner …');
    await runCommand([`${COMPILED}/commands/prepare.js`], environmentOf(settings), say);
    stopping.throwIfAborted();
    say('starting the worker and the API …');
    const [worker, api] = [nodeProcess(parts, 'worker'), nodeProcess(parts, 'api')];
    await Promise.all([launch(worker), launch(api)]);
    say('ready');
  } catch (error) {
    await stop();
    throw error;
  }
  return { summary: summaryOf(settings, dataDir), stop };
}

interface Parts {
  dataDir: string;
  settings: Settings;
  secrets: EmbeddedSecrets;
  say: (line: string) => void;
}

async function startPostgres(
  { dataDir, settings, secrets, say }: Parts,
  launch: (part: ManagedProcess) => Promise<void>,
): Promise<void> {
  const port = settings.EMBEDDED_POSTGRES_PORT;
  await requireFreePort(port, 'EMBEDDED_POSTGRES_PORT');
  say(`starting PostgreSQL on port ${port} …`);
  const { superuserPassword, ownerPassword, applicationPassword } = secrets;
  const plan = await preparePostgres({ dataDir, port, superuserPassword });
  await launch(
    new ManagedProcess({
      ...plan,
      name: 'postgres',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      dataDir,
      stopSignal: 'SIGINT',
      stopGraceMs: 30_000,
      isReady: () => isPostgresReady(port, superuserPassword),
      readyTimeoutMs: 60_000,
      onRestart: say,
    }),
  );
  await preparePostgresRoles(port, superuserPassword, {
    [EMBEDDED_OWNER]: ownerPassword,
    [EMBEDDED_APPLICATION]: applicationPassword,
  });
}

async function startTemporal({ dataDir, settings, say }: Parts, launch: (part: ManagedProcess) => Promise<void>): Promise<void> {
  const { EMBEDDED_TEMPORAL_PORT: port, EMBEDDED_TEMPORAL_UI_PORT: uiPort } = settings;
  await requireFreePort(port, 'EMBEDDED_TEMPORAL_PORT');
  await requireFreePort(uiPort, 'EMBEDDED_TEMPORAL_UI_PORT');
  const command = findTool(TEMPORAL_CLI, join(dataDir, 'tools'), say);
  say(`starting Temporal on port ${port}, its Web UI on port ${uiPort} …`);
  const server = (): ManagedProcess =>
    new ManagedProcess({
      name: 'temporal',
      command,
      args: [...temporalServerArgs({ dataDir, port, uiPort }), ...codecArgs(settings)],
      env: process.env,
      dataDir,
      stopSignal: 'SIGTERM',
      stopGraceMs: 15_000,
      isReady: () => isListening(port),
      readyTimeoutMs: 60_000,
      onRestart: say,
    });
  const database = temporalDatabase(dataDir);
  if (!existsSync(database)) {
    // Only the server itself can make it, and with every index.
    const first = server();
    await launch(first);
    await first.stop();
  }
  lightenWorkflowList(database, say);
  await launch(server());
}

/** Where payloads are encrypted, the Web UI has them read by the API. */
function codecArgs({ TEMPORAL_PAYLOAD_KEYS, PUBLIC_URL }: Settings): string[] {
  return TEMPORAL_PAYLOAD_KEYS === undefined ? [] : ['--ui-codec-endpoint', `${PUBLIC_URL}/api/v1/codec`];
}

function nodeProcess({ dataDir, settings, say }: Parts, name: 'worker' | 'api'): ManagedProcess {
  const ready = `http://127.0.0.1:${settings.PORT}/health/ready`;
  return new ManagedProcess({
    name,
    command: process.execPath,
    args: [...nodeFlags(name), `${COMPILED}/${name}/main.js`],
    env: environmentOf(settings),
    cwd: ROOT,
    dataDir,
    stopSignal: 'SIGTERM',
    stopGraceMs: 25_000,
    // Ready needs a polling worker too, so the API's answer stands for both.
    isReady: async () => name === 'worker' || (await fetch(ready).catch(() => undefined))?.status === 200,
    readyTimeoutMs: 90_000,
    onRestart: say,
  });
}

/** What is young lives as long as a request: more room for it than V8 gives by default spares most of its collecting. */
function nodeFlags(name: 'worker' | 'api'): string[] {
  return name === 'worker'
    ? ['--max-old-space-size=4096', '--max-semi-space-size=64', '--require', `./${COMPILED}/worker/withoutPromiseStacks.js`]
    : ['--max-old-space-size=1024', '--max-semi-space-size=32'];
}

/** The environment of a part: that of `npm start`, with what was chosen for it. */
function environmentOf(settings: Settings): NodeJS.ProcessEnv {
  const names = [
    'DATABASE_URL',
    'DATABASE_ADMIN_URL',
    'TEMPORAL_ADDRESS',
    'TEMPORAL_UI_URL',
    'APP_SECRET',
    'PUBLIC_URL',
  ] as const;
  return {
    ...process.env,
    EMBEDDED: 'true',
    DATA_DIR: resolve(settings.DATA_DIR),
    ...Object.fromEntries(names.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]]))),
  };
}

/** Runs a command of ours to its end, showing its lines. Throws with what it wrote of its failure. */
async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .forEach((line) => say(line)),
  );
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const code = await new Promise((done) => child.on('exit', done));
  if (code !== 0) throw new Error(errors.join('').trim() || `${args.join(' ')} did not end well`);
}

/** An `npm start` that was killed leaves its parts running; they are ended before their ports are needed. */
async function endLeftovers({ dataDir }: Parts): Promise<void> {
  for (const name of ['api', 'worker', 'temporal']) await ManagedProcess.endLeftover(dataDir, name, 'SIGTERM');
  await ManagedProcess.endLeftover(dataDir, 'postgres', 'SIGINT');
}

function claimDataDir(dataDir: string): void {
  const file = supervisorFile(dataDir);
  mkdirSync(join(dataDir, 'run'), { recursive: true });
  const other = readPid(file);
  if (other !== undefined && other !== process.pid && commandLineOf(other).includes('embedded/main')) {
    throw new DataDirInUseError(
      `Numericalz already runs on ${dataDir} (process ${other}): stop it first, or set DATA_DIR to another folder.`,
    );
  }
  writeFileSync(file, String(process.pid));
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function supervisorFile(dataDir: string): string {
  return join(dataDir, 'run', 'supervisor.pid');
}

function summaryOf(settings: Settings, dataDir: string): string[] {
  const home = settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
  const password = keptPassword({ DATA_DIR: dataDir });
  return [
    '',
    `  Numericalz     ${home}`,
    `  API            ${home}/docs`,
    `  Mailbox        ${home}/dev/mailbox`,
    `  Temporal UI    ${settings.TEMPORAL_UI_URL ?? '(not embedded)'}/namespaces/${settings.TEMPORAL_NAMESPACE}/workflows`,
    `  Logs           ${join(dataDir, 'logs')}`,
    `  Sign in as     ${settings.BOOTSTRAP_EMAIL}${password === undefined ? '' : `, password ${password}`}`,
    '',
    '  Ctrl-C stops everything; the next npm start goes on where it stopped.',
  ];
}
