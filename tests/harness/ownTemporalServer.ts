import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening } from '../../embedded/ports';
import { endProcess, waitUntil } from '../../embedded/runningProcess';
import { temporalDatabase, temporalServerArgs } from '../../embedded/temporalServer';
import { findTool, TEMPORAL_CLI } from '../../embedded/tools';
import { TOOLS_DIR } from './servers';

/** A Temporal server beside the one that the tests share: for what is set, or changed, for a whole server. */
export class OwnTemporalServer {
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'numericalz-temporal-'));
  private server: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly uiPort: number,
    private readonly dynamicConfig: readonly string[],
  ) {}

  /** Starts one with these settings, `name=value` each, and waits until it listens. */
  static async start(dynamicConfig: readonly string[] = []): Promise<OwnTemporalServer> {
    const own = new OwnTemporalServer(await freePort(), await freePort(), dynamicConfig);
    await own.start();
    return own;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get database(): string {
    return temporalDatabase(this.dataDir);
  }

  /** Stops it, lets `change` do something to its database, and starts it on that. */
  async restart(change: () => void): Promise<void> {
    await this.end();
    change();
    await this.start();
  }

  /** Ends it; nothing of it stays. */
  async stop(): Promise<void> {
    await this.end();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async start(): Promise<void> {
    const { dataDir, port, uiPort, dynamicConfig } = this;
    const args = temporalServerArgs({ dataDir, port, uiPort, dynamicConfig, isThrowaway: true });
    this.server = spawn(findTool(TEMPORAL_CLI, TOOLS_DIR, console.log), args, { stdio: 'ignore' });
    if (!(await waitUntil(() => isListening(port), 60_000))) throw new Error('Temporal did not start');
  }

  private async end(): Promise<void> {
    if (this.server?.pid !== undefined) await endProcess(this.server.pid, 'SIGTERM', 10_000);
  }
}
