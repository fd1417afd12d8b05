import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Endings } from './endings';

const READY_MS = 60_000;
const GRACE_MS = 5_000;

/** Starts a file of this folder as a process of its own; gives what it tells first, and tells the listener of everything later. */
export async function startChild(
  file: string,
  env: Record<string, string>,
  endings: Endings,
  onMessage: (message: unknown) => void = () => {},
): Promise<unknown> {
  // Standard output is the report's: what a child logs there is left out, its errors are shown.
  const child = fork(join(__dirname, file), [], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 2, 'ipc'],
  });
  endings.add(() => stopChild(child));
  const first = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with code ${code}`)));
    setTimeout(() => reject(new Error(`${file} was not ready in time`)), READY_MS).unref();
  });
  child.on('message', onMessage);
  return first;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(timer);
}
