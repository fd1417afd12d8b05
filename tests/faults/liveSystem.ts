import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { ManagedProcess } from '../../embedded/managedProcess';
import { endProcess, waitUntil } from '../../embedded/runningProcess';
import { findTool, TEMPORAL_CLI } from '../../embedded/tools';
import type { Database } from '../../models';
import { createDatabase } from '../../models';
import { ApiCaller } from '../harness/apiCaller';
import { freePort } from '../../embedded/ports';
import { TOOLS_DIR } from '../harness/servers';
import { ProviderStandIn } from './providerStandIn';
import type { Part } from './parts';
import { familyOf, PARTS, pidOf, signal, supervisorPidOf } from './parts';

const ROOT = resolve(__dirname, '..', '..');
const PARTNER = { email: 'partner@example.com', password: 'Partner-Password-1' };
const START_MS = 120_000;
const STOP_MS = 60_000;
const DECIDED_MS = 90_000;

/** What `npm run db:audit` found. */
export interface Audit {
  exitCode: number;
  lines: string[];
}

/** Everything that `npm start` runs, in a data folder and on ports of its own, with parts that can be killed and held up. */
export class LiveSystem {
  readonly dataDir: string;
  private supervisor: ChildProcess | undefined;
  private database: Database | undefined;

  private constructor(
    readonly provider: ProviderStandIn,
    readonly url: string,
    readonly temporalAddress: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    this.dataDir = String(env['DATA_DIR']);
  }

  /** Starts it and waits until it is ready. Nothing is left running where it does not get there. */
  static async start(): Promise<LiveSystem> {
    const provider = await ProviderStandIn.start();
    const [port, postgresPort, temporalPort, uiPort] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const dataDir = mkdtempSync(join(tmpdir(), 'numericalz-faults-'));
    // PostgreSQL runs as a user of its own where the tests run as root.
    chmodSync(dataDir, 0o755);
    const temporalCli = findTool(TEMPORAL_CLI, TOOLS_DIR, (line) => console.log(line));
    const env = {
      PATH: [dirname(temporalCli), process.env['PATH']].join(delimiter),
      HOME: process.env['HOME'],
      DATA_DIR: dataDir,
      PORT: String(port),
      EMBEDDED_POSTGRES_PORT: String(postgresPort),
      EMBEDDED_TEMPORAL_PORT: String(temporalPort),
      EMBEDDED_TEMPORAL_UI_PORT: String(uiPort),
      SAMPLE_DATA: 'off',
      BOOTSTRAP_EMAIL: PARTNER.email,
      BOOTSTRAP_PASSWORD: PARTNER.password,
      RESEND_API_KEY: 're_test',
      RESEND_BASE_URL: provider.url,
      BANK_HOLIDAYS_URL: 'http://127.0.0.1:9/none',
    };
    const system = new LiveSystem(provider, `http://127.0.0.1:${port}`, `127.0.0.1:${temporalPort}`, env);
    try {
      await system.launch();
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  /** Runs `node start.mjs` on the data folder and waits until everything is ready. */
  async launch(): Promise<void> {
    const log = openSync(join(this.dataDir, 'start.log'), 'a');
    this.supervisor = spawn(process.execPath, ['start.mjs'], { cwd: ROOT, env: this.env, stdio: ['ignore', log, log] });
    closeSync(log);
    const hasEnded = (): boolean => this.supervisor?.exitCode !== null || this.supervisor.signalCode !== null;
    // An API that an earlier supervisor left behind may still answer: only the whole start counts.
    const said = this.saidReady();
    await waitUntil(() => hasEnded() || this.saidReady() > said, START_MS);
    if (hasEnded() || !(await this.isReady())) throw new Error(`It did not start:\n${this.log()}`);
  }

  /** Kills `npm start` itself without warning; its parts go on without it. */
  killSupervisor(): void {
    const pids = [this.supervisor?.pid, supervisorPidOf(this.dataDir)];
    for (const pid of pids) if (pid !== undefined) signal(pid, 'SIGKILL');
  }

  pid(part: Part): number | undefined {
    return pidOf(this.dataDir, part);
  }

  /** Ends a part without warning, as a lack of memory would; its supervisor starts it again. */
  kill(part: Part): void {
    const pid = this.pid(part);
    if (pid !== undefined) signal(pid, 'SIGKILL');
  }

  /** Holds a part up, with all that it started; gives what lets it go on. */
  freeze(part: Part): () => void {
    const pid = this.pid(part);
    const family = pid === undefined ? [] : familyOf(pid);
    for (const member of family) signal(member, 'SIGSTOP');
    return () => {
      for (const member of family) signal(member, 'SIGCONT');
    };
  }

  /** Does something while a part is down; its supervisor is held up meanwhile, so that it is not started again before. */
  async whileDown<T>(part: Part, work: () => Promise<T>): Promise<T> {
    const supervisor = supervisorPidOf(this.dataDir);
    if (supervisor === undefined) throw new Error('The supervisor does not run');
    signal(supervisor, 'SIGSTOP');
    try {
      this.kill(part);
      await this.until(`${part} is down`, () => this.pid(part) === undefined, 10_000);
      return await work();
    } finally {
      signal(supervisor, 'SIGCONT');
    }
  }

  /** Whether the API says that every part is there. */
  async isReady(): Promise<boolean> {
    return (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.status === 200;
  }

  /** Waits until a condition holds; one that cannot be asked does not hold yet. Throws where it does not in the time given. */
  async until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
    const holds = async (): Promise<boolean> => {
      try {
        return await condition();
      } catch {
        return false;
      }
    };
    if (!(await waitUntil(holds, timeoutMs))) throw new Error(`Not within ${timeoutMs / 1000} s: ${what}\n${this.log()}`);
  }

  partner(): Promise<ApiCaller> {
    return ApiCaller.signIn(this.url, PARTNER.email, PARTNER.password);
  }

  /** Reads the database as the application's role. */
  async rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    this.database ??= createDatabase(await this.databaseUrl(), { applicationName: 'numericalz-faults' });
    return (await this.database.pool.query<T>(sql, values)).rows;
  }

  /** The address of the database, for the application's role or the owner's. */
  async databaseUrl(...args: '--admin'[]): Promise<string> {
    const { exitCode, lines } = await this.run('db:url', args);
    if (exitCode !== 0 || lines[0] === undefined) throw new Error(`There is no address of the database: ${lines.join('\n')}`);
    return lines[0];
  }

  /** Waits until nothing that was asked for is under way any more. */
  async untilDecided(): Promise<void> {
    const pending = `SELECT FROM filing_requests WHERE status = 'PENDING'`;
    await this.until('no request is under way', async () => (await this.rows(pending)).length === 0, DECIDED_MS);
  }

  /** Checks the invariants as whoever runs the system does. */
  audit(): Promise<Audit> {
    return this.run('db:audit');
  }

  /** The end of what `npm start` printed. */
  log(): string {
    return this.startLog().split('\n').slice(-30).join('\n');
  }

  /** Ends everything that was started, by pid, whatever state it is in. */
  async stop(): Promise<void> {
    const supervisor = supervisorPidOf(this.dataDir);
    for (const pid of [supervisor, ...PARTS.map((part) => this.pid(part))]) {
      if (pid !== undefined) for (const member of familyOf(pid)) signal(member, 'SIGCONT');
    }
    await this.database?.close();
    const starter = this.supervisor;
    if (starter?.pid !== undefined && starter.exitCode === null && starter.signalCode === null) {
      await endProcess(starter.pid, 'SIGTERM', STOP_MS);
    }
    if (supervisor !== undefined) await endProcess(supervisor, 'SIGTERM', STOP_MS);
    for (const part of PARTS) await ManagedProcess.endLeftover(this.dataDir, part, 'SIGKILL');
    await this.provider.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Runs one of the project's scripts to its end, with the settings of this system. */
  private async run(script: string, args: string[] = []): Promise<Audit> {
    const command = ['run', '-s', script, ...(args.length > 0 ? ['--', ...args] : [])];
    const child = spawn('npm', command, { cwd: ROOT, env: this.env, shell: process.platform === 'win32' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    const exitCode = await new Promise<number>((done) => child.on('close', (code) => done(code ?? 1)));
    return { exitCode, lines: output.trimEnd().split('\n') };
  }

  private saidReady(): number {
    return this.startLog().match(/s {2}ready$/gm)?.length ?? 0;
  }

  private startLog(): string {
    return readFileSync(join(this.dataDir, 'start.log'), 'utf8');
  }
}
