import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { endProcess, waitUntil } from '../../embedded/runningProcess';
import { ApiCaller } from './apiCaller';
import type { TestDatabase } from './database';
import { createTestDatabase } from './database';
import { freePort } from '../../embedded/ports';
import { ResendStandIn } from './resendStandIn';
import { servers } from './servers';

const ROOT = resolve(__dirname, '..', '..');
const PARTNER = { email: 'partner@example.com', password: 'Partner-Password-1' };

/** API and worker as processes of their own, on the tests' PostgreSQL and Temporal, with a database and namespaces of their own. */
export class RunningPractice {
  private readonly processes = new Map<'api' | 'worker', ChildProcess>();

  private constructor(
    readonly database: TestDatabase,
    readonly resend: ResendStandIn,
    readonly url: string,
    readonly namespace: string,
    readonly temporal: Client,
    private readonly connection: Connection,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Starts everything and waits until it is ready; on another Temporal server than the tests' own where one is named, with more settings where they are given. */
  static async start(address = servers().temporalAddress, environment: Record<string, string> = {}): Promise<RunningPractice> {
    const [database, resend, port] = await Promise.all([createTestDatabase(), ResendStandIn.start(), freePort()]);
    const folder = mkdtempSync(join(tmpdir(), 'numericalz-practice-'));
    const namespace = `test-${randomBytes(4).toString('hex')}`;
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      DATABASE_ADMIN_URL: database.adminUrl,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_OPERATIONS_NAMESPACE: `${namespace}-operations`,
      RESEND_API_KEY: 're_test',
      RESEND_BASE_URL: resend.url,
      BOOTSTRAP_EMAIL: PARTNER.email,
      BOOTSTRAP_PASSWORD: PARTNER.password,
      APP_SECRET: randomBytes(32).toString('hex'),
      BANK_HOLIDAYS_URL: 'http://127.0.0.1:9/none',
      ...environment,
    };
    const connection = await Connection.connect({ address });
    const url = `http://127.0.0.1:${port}`;
    const temporal = new Client({ connection, namespace });
    const practice = new RunningPractice(database, resend, url, namespace, temporal, connection, folder, env);
    try {
      await practice.runToEnd('commands/prepare.ts');
      practice.launch('worker');
      practice.launch('api');
      await practice.untilReady();
    } catch (error) {
      await practice.stop();
      throw error;
    }
    return practice;
  }

  /** Signs the first partner in. */
  partner(): Promise<ApiCaller> {
    return ApiCaller.signIn(this.url, PARTNER.email, PARTNER.password);
  }

  launch(name: 'api' | 'worker'): void {
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    const args = ['--import', 'tsx', `${name}/main.ts`];
    this.processes.set(name, spawn(process.execPath, args, { cwd: ROOT, env: this.env, stdio: ['ignore', log, log] }));
  }

  /** Stops API and worker in order and starts them with other settings besides. */
  async restart(environment: NodeJS.ProcessEnv): Promise<void> {
    Object.assign(this.env, environment);
    const stopping = [...this.processes].map(async ([name, { pid }]) => {
      if (pid !== undefined) await endProcess(pid, 'SIGTERM', 15_000);
      this.launch(name);
    });
    await Promise.all(stopping);
    await this.untilReady();
  }

  /** Ends a part without warning. */
  async kill(name: 'api' | 'worker'): Promise<void> {
    const child = this.processes.get(name);
    if (child?.pid !== undefined) await endProcess(child.pid, 'SIGKILL', 5_000);
  }

  /** Waits until the API says that every part is there. */
  async untilReady(): Promise<void> {
    const isReady = async (): Promise<boolean> =>
      (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.status === 200;
    if (!(await waitUntil(isReady, 180_000))) throw new Error(`The practice is not ready; its logs:\n${this.logs()}`);
  }

  /** Waits until a condition holds. Throws where it does not in the time given. */
  async until(condition: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
    if (!(await waitUntil(condition, timeoutMs))) throw new Error(`It did not come true within ${timeoutMs / 1000} s`);
  }

  logs(): string {
    return ['api', 'worker'].map((name) => readFileSync(join(this.folder, `${name}.log`), 'utf8')).join('\n');
  }

  async rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.database.db.pool.query<T>(sql, values)).rows;
  }

  async stop(): Promise<void> {
    for (const { pid } of this.processes.values()) if (pid !== undefined) await endProcess(pid, 'SIGTERM', 15_000);
    await this.connection.close();
    await this.resend.stop();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command of the project to its end; gives what it printed. Throws where it fails. */
  async runToEnd(file: string, args: string[] = []): Promise<string> {
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { cwd: ROOT, env: this.env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    const code = await new Promise((done) => child.on('close', done));
    if (code !== 0) throw new Error(`${file} failed:\n${output}`);
    return output;
  }
}
