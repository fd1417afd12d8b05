import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The command line of a running process; empty when there is no such process. */
export function commandLineOf(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Waits until a condition holds, asking again after `pauseMs`; false when it did not within the time given. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, timeoutMs: number, pauseMs = 100): Promise<boolean> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Ends a process, first politely; true once it is gone. Children in its own process group go with it. */
export async function endProcess(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<boolean> {
  const isGone = (): boolean => commandLineOf(pid) === '';
  send(pid, signal);
  if (await waitUntil(isGone, graceMs)) return true;
  send(pid, 'SIGKILL');
  return await waitUntil(isGone, 5000);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in between.
  }
}
