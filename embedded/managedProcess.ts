import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf, endProcess, waitUntil } from './runningProcess';

const FIRST_RESTART_MS = 500;
const LONGEST_RESTART_MS = 15_000;
const STEADY_AFTER_MS = 10_000;
const LARGEST_LOG_BYTES = 50_000_000;

/** One part of the running system: a process of its own, restarted when it dies. */
export interface ManagedProcessOptions {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  dataDir: string;
  /** How it is asked to stop, and how long it may take. */
  stopSignal: NodeJS.Signals;
  stopGraceMs: number;
  isReady: () => Promise<boolean>;
  readyTimeoutMs: number;
  onRestart: (line: string) => void;
}

export class ManagedProcess {
  private child: ChildProcess | undefined;
  private isStopping = false;
  private restartDelayMs = FIRST_RESTART_MS;
  readonly logFile: string;
  private readonly pidFile: string;

  constructor(private readonly options: ManagedProcessOptions) {
    mkdirSync(join(options.dataDir, 'logs'), { recursive: true });
    mkdirSync(join(options.dataDir, 'run'), { recursive: true });
    this.logFile = join(options.dataDir, 'logs', `${options.name}.log`);
    this.pidFile = join(options.dataDir, 'run', `${options.name}.pid`);
  }

  /** Starts it and waits until it is ready. Throws with the end of its log when it does not get there, or when `stopping` is aborted. */
  async start(stopping: AbortSignal): Promise<void> {
    this.spawn();
    const isReady = await waitUntil(
      async () => stopping.aborted || this.child?.exitCode !== null || (await this.options.isReady()),
      this.options.readyTimeoutMs,
    );
    stopping.throwIfAborted();
    if (!isReady || this.child?.exitCode !== null) {
      this.isStopping = true;
      throw new Error(`${this.options.name} did not start; its log (${this.logFile}) ends:\n${this.endOfLog()}`);
    }
  }

  /** Asks it to stop and waits until it has. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const pid = this.child?.pid;
    if (pid !== undefined && this.child?.exitCode === null && this.child.signalCode === null) {
      await endProcess(pid, this.options.stopSignal, this.options.stopGraceMs);
    }
    rmSync(this.pidFile, { force: true });
  }

  /** Ends what an earlier supervisor left behind when it was killed. */
  static async endLeftover(dataDir: string, name: string, signal: NodeJS.Signals): Promise<void> {
    const pidFile = join(dataDir, 'run', `${name}.pid`);
    if (!existsSync(pidFile)) return;
    const [pid = '', mark = ''] = readFileSync(pidFile, 'utf8').split('\n');
    // A pid is given to another program sooner or later: only one with this part's command line is ended.
    if (mark !== '' && commandLineOf(Number(pid)).includes(mark)) await endProcess(Number(pid), signal, 20_000);
    rmSync(pidFile, { force: true });
  }

  private spawn(): void {
    const { name, command, args, env, cwd, uid, gid } = this.options;
    if (existsSync(this.logFile) && statSync(this.logFile).size > LARGEST_LOG_BYTES) truncateSync(this.logFile);
    const log = openSync(this.logFile, 'a');
    const startedAt = Date.now();
    // A process group of its own: Ctrl-C in the terminal must not stop the parts in no order.
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', log, log],
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    closeSync(log);
    this.child = child;
    if (child.pid !== undefined) writeFileSync(this.pidFile, `${child.pid}\n${args.join(' ')}\n`);
    child.on('error', (error) => this.options.onRestart(`${name} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => this.onExit(startedAt, signal ?? `code ${code}`));
  }

  private onExit(startedAt: number, cause: string): void {
    if (this.isStopping) return;
    if (Date.now() - startedAt > STEADY_AFTER_MS) this.restartDelayMs = FIRST_RESTART_MS;
    this.options.onRestart(`${this.options.name} ended (${cause}); it is started again in ${this.restartDelayMs / 1000} s`);
    setTimeout(() => {
      if (!this.isStopping) this.spawn();
    }, this.restartDelayMs);
    this.restartDelayMs = Math.min(this.restartDelayMs * 2, LONGEST_RESTART_MS);
  }

  private endOfLog(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8').split('\n').slice(-15).join('\n') : '(empty)';
  }
}
