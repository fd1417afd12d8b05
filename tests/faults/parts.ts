import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf } from '../../embedded/runningProcess';

/** The parts that `npm start` runs as processes of their own. */
export const PARTS = ['postgres', 'temporal', 'worker', 'api'] as const;
export type Part = (typeof PARTS)[number];

/** The process of a part, by the pid file that its supervisor keeps; undefined while it is down. */
export function pidOf(dataDir: string, part: Part): number | undefined {
  const [pid = '', mark = ''] = readPidFile(dataDir, part);
  return mark !== '' && commandLineOf(Number(pid)).includes(mark) ? Number(pid) : undefined;
}

/** The supervisor's own process; undefined while it is down. */
export function supervisorPidOf(dataDir: string): number | undefined {
  const [pid = ''] = readPidFile(dataDir, 'supervisor');
  return pid !== '' && commandLineOf(Number(pid)).includes('embedded/main') ? Number(pid) : undefined;
}

/** A process and everything that it started, itself first. */
export function familyOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = table.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const family = [pid];
  for (const member of family) for (const [child, parent] of pairs) if (parent === member && child) family.push(child);
  return family;
}

/** Signals a process; nothing where it has ended. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in between.
  }
}

function readPidFile(dataDir: string, name: string): string[] {
  const file = join(dataDir, 'run', `${name}.pid`);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}
