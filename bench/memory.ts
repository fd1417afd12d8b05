import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openFilings } from './benchFilings';
import type { Bench } from './bench';
import type { Findings } from './findings';
import type { Part } from './part';
import { atMost } from './part';
import { processIds } from './processes';

/** For what is still under way, and for the collector. */
const SETTLE_MS = 3_000;
const MEGABYTE = 1024 * 1024;

/** The worker's process before and after opening filings, all of which stay in its cache. */
export const memory: Part = {
  name: 'memory',
  goals: [atMost('workerMegabytesPerFiling', 0.8, 'memory of the worker per open filing, MB')],
  measure: measureMemory,
};

async function measureMemory({ practice, sizes: { filings } }: Bench): Promise<Findings> {
  const workerPid = (): number => processIds(practice.dataDir).worker;
  const pid = workerPid();
  await pause(SETTLE_MS);
  const before = residentBytes(pid) / MEGABYTE;
  await openFilings(practice, filings, 'runningAccounts');
  const { openedPerSecond } = practice.opening;
  await pause(SETTLE_MS);
  const after = residentBytes(pid) / MEGABYTE;
  if (workerPid() !== pid) throw new Error('The worker was restarted while it was weighed');
  const perFiling = (after - before) / filings;
  return {
    figures: {
      workerMegabytesPerFiling: perFiling,
      workerMegabytesBefore: before,
      workerMegabytesAfter: after,
      filingsOpenedPerSecond: openedPerSecond,
    },
    lines: [
      `worker's memory: ${before.toFixed(0)} MB, with ${filings} more filings open ${after.toFixed(0)} MB: ` +
        `${(perFiling * 1000).toFixed(0)} MB per 1,000 (${openedPerSecond.toFixed(0)} opened/s)`,
    ],
    violations: [],
  };
}

function residentBytes(pid: number): number {
  const kilobytes =
    process.platform === 'linux'
      ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return Number(kilobytes) * 1024;
}
