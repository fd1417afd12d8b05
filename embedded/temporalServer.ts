import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface TemporalServerOptions {
  dataDir: string;
  port: number;
  uiPort: number;
  /** Settings of the server, `name=value` each. */
  dynamicConfig?: readonly string[];
  /** Gives up durability for speed: for tests only. */
  isThrowaway?: boolean;
}

const DYNAMIC_CONFIG = [
  // The default is for thousands of shards that share a machine; here one shard has it alone. Its queue of tasks may be read twenty times a
  // second by default, which from the twenty-first transition on adds some 25 ms to each.
  'history.transferProcessorMaxPollRPS=500',
  // As in any server but this one for development, which reads the registered search attributes seven times for each transition.
  'system.forceSearchAttributesCacheRefreshOnRead=false',
];

/** Where a Temporal server keeps everything: one SQLite file, which it makes when there is none. */
export function temporalDatabase(dataDir: string): string {
  return resolve(dataDir, 'temporal', 'temporal.sqlite');
}

/** The arguments of a Temporal server with its Web UI that keeps everything in one SQLite file. */
export function temporalServerArgs(options: TemporalServerOptions): string[] {
  const { dataDir, port, uiPort, dynamicConfig = [], isThrowaway = false } = options;
  const database = temporalDatabase(dataDir);
  mkdirSync(dirname(database), { recursive: true });
  const flags = {
    '--db-filename': database,
    '--ip': '127.0.0.1',
    '--port': String(port),
    '--ui-port': String(uiPort),
    '--log-level': 'warn',
  };
  // A write-ahead log waits for the disk once for each commit, a rollback journal, which is SQLite's default, three times.
  const pragmas = ['journal_mode=wal', `synchronous=${isThrowaway ? 'off' : 'full'}`];
  return [
    'server',
    'start-dev',
    ...Object.entries(flags).flat(),
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...[...DYNAMIC_CONFIG, ...dynamicConfig].flatMap((setting) => ['--dynamic-config-value', setting]),
  ];
}
