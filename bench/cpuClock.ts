import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { processIds } from './processes';

/** What is still under way when the last answer has come. */
const TRAILING_MS = 500;
/** The unit of /proc/PID/stat on Linux. */
const TICK_MS = 10;

interface ProcessTimes {
  parent: number;
  milliseconds: number;
}

/**
 * Adds up the processor time of everything that runs for the bench, by part. Other work on the machine makes answers slow, but hardly
 * changes what they cost. Linux only; elsewhere nothing is counted.
 */
export class CpuClock {
  private readonly spent = new Map<string, number>();

  constructor(private readonly dataDir: string) {}

  /** All of it; not a number where nothing could be counted. */
  get milliseconds(): number {
    return this.spent.size === 0 ? Number.NaN : [...this.spent.values()].reduce((sum, part) => sum + part, 0);
  }

  /** Counts what is spent on some work. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const before = this.read();
    const result = await work();
    await pause(TRAILING_MS);
    for (const [part, milliseconds] of this.read()) {
      this.spent.set(part, (this.spent.get(part) ?? 0) + milliseconds - (before.get(part) ?? 0));
    }
    return result;
  }

  /** For people: what each of so many runs has cost, by part. */
  perRun(runs: number): string {
    const parts = [...this.spent].map(([part, milliseconds]) => `${part} ${(milliseconds / runs).toFixed(1)}`);
    return `${(this.milliseconds / runs).toFixed(1)} ms (${parts.join(', ')})`;
  }

  private read(): Map<string, number> {
    if (process.platform !== 'linux') return new Map();
    const { worker, api, temporal, postgres } = processIds(this.dataDir);
    const parts = new Map([
      [worker, 'worker'],
      [api, 'API'],
      [temporal, 'Temporal'],
      [postgres, 'PostgreSQL'],
      [process.pid, 'bench with the bare engine'],
    ]);
    const processes = readProcesses();
    const times = new Map<string, number>();
    for (const [pid, { milliseconds }] of processes) {
      const part = partOf(pid, parts, processes);
      if (part !== undefined) times.set(part, (times.get(part) ?? 0) + milliseconds);
    }
    return times;
  }
}

/** The part that a process belongs to, itself or by who started it. */
function partOf(
  pid: number,
  parts: ReadonlyMap<number, string>,
  processes: ReadonlyMap<number, ProcessTimes>,
): string | undefined {
  for (let id: number | undefined = pid; id !== undefined; id = processes.get(id)?.parent) {
    const part = parts.get(id);
    if (part !== undefined) return part;
  }
  return undefined;
}

/** Every process with its own processor time, and that of its children that have ended. */
function readProcesses(): Map<number, ProcessTimes> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(pids.flatMap((pid) => readProcess(pid)));
}

function readProcess(pid: string): [number, ProcessTimes][] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [, parent = 0] = fields.map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return [[Number(pid), { parent, milliseconds: ticks * TICK_MS }]];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
