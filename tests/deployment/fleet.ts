import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { endProcess, waitUntil } from '../../embedded/runningProcess';
import { ApiCaller } from '../harness/apiCaller';
import type { TestDatabase } from '../harness/database';
import { createTestDatabase } from '../harness/database';
import { freePort } from '../../embedded/ports';
import { servers } from '../harness/servers';

const ROOT = resolve(__dirname, '..', '..');
const PARTNER = { email: 'partner@example.com', password: 'Partner-Password-1' };
const START_MS = 180_000;

/** Where the code of a process lies, how it is started, and as whom. */
export interface Code {
  folder: string;
  /** The Node arguments before the file, and the file of a part: `api/main`. */
  argsOf: (file: string) => string[];
  uid?: number;
}

/** The working tree, started from its sources. */
export const WORKING_TREE: Code = { folder: ROOT, argsOf: (file) => ['--import', 'tsx', `${file}.ts`] };

/** Any number of API and worker processes beside each other on one PostgreSQL and one Temporal server. */
export class Fleet {
  private readonly processes: ChildProcess[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly namespace: string,
    readonly temporal: Client,
    private readonly connection: Connection,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** A database and namespaces, prepared by the code's own command; no process runs yet. */
  static async prepare(code: Code, environment: NodeJS.ProcessEnv = {}): Promise<Fleet> {
    const database = await createTestDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'numericalz-fleet-'));
    // Processes may run as another user.
    chmodSync(folder, 0o777);
    const namespace = `fleet-${randomBytes(4).toString('hex')}`;
    const address = servers().temporalAddress;
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      DATA_DIR: join(folder, 'data'),
      DATABASE_URL: database.url,
      DATABASE_ADMIN_URL: database.adminUrl,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_OPERATIONS_NAMESPACE: `${namespace}-operations`,
      PUBLIC_URL: 'http://localhost:3000',
      APP_SECRET: randomBytes(32).toString('hex'),
      BOOTSTRAP_EMAIL: PARTNER.email,
      BOOTSTRAP_PASSWORD: PARTNER.password,
      BANK_HOLIDAYS_URL: 'http://127.0.0.1:9/none',
      ...environment,
    };
    const connection = await Connection.connect({ address });
    const fleet = new Fleet(database, namespace, new Client({ connection, namespace }), connection, folder, env);
    await fleet.run(code, 'commands/prepare');
    return fleet;
  }

  /** Starts an API process and waits until it is ready, which takes a worker too; gives its address. */
  async api(code: Code): Promise<{ url: string; process: ChildProcess }> {
    const port = await freePort();
    const child = this.launch(code, 'api/main', { PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    const isReady = async (): Promise<boolean> => (await fetch(`${url}/health/ready`).catch(() => undefined))?.status === 200;
    await this.until(`${url} is ready`, isReady, START_MS);
    return { url, process: child };
  }

  worker(code: Code, environment: NodeJS.ProcessEnv = {}): ChildProcess {
    return this.launch(code, 'worker/main', environment);
  }

  partner(url: string): Promise<ApiCaller> {
    return ApiCaller.signIn(url, PARTNER.email, PARTNER.password);
  }

  async rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.database.db.pool.query<T>(sql, values)).rows;
  }

  /** Waits until a condition holds. Throws, with the logs, where it does not in the time given. */
  async until(what: string, condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
    if (!(await waitUntil(async () => await condition(), timeoutMs)))
      throw new Error(`Not within ${timeoutMs / 1000} s: ${what}\n${this.logs()}`);
  }

  /** Runs a command of the code to its end; gives its exit code and what it printed. */
  async try(code: Code, file: string, environment: NodeJS.ProcessEnv = {}): Promise<{ exitCode: number; output: string }> {
    const child = this.spawn(code, code.argsOf(file), environment, 'pipe');
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
    const exitCode = await new Promise<number>((done) => child.on('close', (status) => done(status ?? 1)));
    return { exitCode, output };
  }

  /** The same for one that must succeed. */
  async run(code: Code, file: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const { exitCode, output } = await this.try(code, file, environment);
    if (exitCode !== 0) throw new Error(`${file} failed:\n${output}`);
    return output;
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map(async ({ pid }) => pid === undefined || (await endProcess(pid, 'SIGTERM', 20_000))));
    await this.connection.close();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private launch(code: Code, file: string, environment: NodeJS.ProcessEnv): ChildProcess {
    mkdirSync(join(this.folder, 'logs'), { recursive: true });
    const log = openSync(join(this.folder, 'logs', 'all.log'), 'a');
    const child = this.spawn(code, code.argsOf(file), environment, log);
    this.processes.push(child);
    return child;
  }

  private spawn({ folder, uid }: Code, args: string[], environment: NodeJS.ProcessEnv, output: number | 'pipe'): ChildProcess {
    return spawn(process.execPath, args, {
      cwd: folder,
      env: { ...this.env, ...environment },
      stdio: ['ignore', output, output],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
  }

  private logs(): string {
    return readFileSync(join(this.folder, 'logs', 'all.log'), 'utf8')
      .split('\n')
      .slice(-40)
      .join('\n');
  }
}
