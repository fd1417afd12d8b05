import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { isPostgresReady, preparePostgres, preparePostgresRoles } from '../../embedded/postgres';
import { endProcess, waitUntil } from '../../embedded/runningProcess';
import { temporalServerArgs } from '../../embedded/temporalServer';
import { findTool, TEMPORAL_CLI, TEMPORAL_TEST_SERVER } from '../../embedded/tools';
import { migrate } from '../../models/migrator';
import { EMBEDDED_APPLICATION, EMBEDDED_DATABASE, EMBEDDED_OWNER } from '../../settings/embeddedSettings';
import { workflowBundleOptions } from '../../worker/workflowBundle';
import { databaseUrl } from './databaseUrl';
import { freePort, isListening } from '../../embedded/ports';
import { announceServers, SERVERS_READY, TOOLS_DIR } from './servers';

const PASSWORD = 'test';

/**
 * Starts, once for all test files: PostgreSQL with a migrated template database, a Temporal server, and one bundle of the workflow
 * code. A process of its own, for Jest turns every module that its own process loads. It ends with its standard input.
 */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'numericalz-test-'));
  // PostgreSQL runs as a user of its own where the tests run as root.
  chmodSync(dataDir, 0o755);
  const log = (line: string): void => console.log(line);
  const temporalCli = findTool(TEMPORAL_CLI, TOOLS_DIR, log);
  const testServerPath = findTool(TEMPORAL_TEST_SERVER, TOOLS_DIR, log);
  const [postgresPort, temporalPort, uiPort] = [await freePort(), await freePort(), await freePort()];

  const plan = await preparePostgres({ dataDir, port: postgresPort, superuserPassword: PASSWORD, isThrowaway: true });
  const postgres = start(dataDir, 'postgres', plan.command, plan.args, plan);
  const temporalArgs = temporalServerArgs({ dataDir, port: temporalPort, uiPort, isThrowaway: true });
  const temporal = start(dataDir, 'temporal', temporalCli, temporalArgs);
  await mustBecomeTrue('PostgreSQL', () => isPostgresReady(postgresPort, PASSWORD));
  await preparePostgresRoles(postgresPort, PASSWORD, { [EMBEDDED_OWNER]: PASSWORD, [EMBEDDED_APPLICATION]: PASSWORD });
  const children = [postgres, temporal];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(async ({ pid }) => pid === undefined || (await endProcess(pid, 'SIGINT', 10_000))));
    rmSync(dataDir, { recursive: true, force: true });
    process.exit();
  };
  process.stdin.resume().once('end', () => void stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
  const running = {
    postgresPort,
    superuserPassword: PASSWORD,
    template: EMBEDDED_DATABASE,
    temporalAddress: `127.0.0.1:${temporalPort}`,
    testServerPath,
    bundlePath: await bundle(dataDir),
  };
  await migrate({
    adminUrl: databaseUrl(running, EMBEDDED_OWNER, EMBEDDED_DATABASE),
    applicationUrl: databaseUrl(running, EMBEDDED_APPLICATION, EMBEDDED_DATABASE),
  });
  await mustBecomeTrue('Temporal', () => isListening(temporalPort));
  console.log(`${SERVERS_READY}${announceServers(dataDir, running)}`);
}

async function bundle(folder: string): Promise<string> {
  const { code } = await bundleWorkflowCode(workflowBundleOptions());
  const path = join(folder, 'workflow-bundle.js');
  writeFileSync(path, code);
  return path;
}

function start(
  dataDir: string,
  name: string,
  command: string,
  args: string[],
  user: { uid?: number; gid?: number } = {},
): ChildProcess {
  const output = openSync(join(dataDir, `${name}.log`), 'a');
  const { uid, gid } = user;
  return spawn(command, args, {
    stdio: ['ignore', output, output],
    detached: true,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
}

async function mustBecomeTrue(name: string, condition: () => Promise<boolean>): Promise<void> {
  if (!(await waitUntil(condition, 60_000))) throw new Error(`${name} did not start for the tests`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
