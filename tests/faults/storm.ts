import { waitUntil } from '../../embedded/runningProcess';
import { createRandom } from '../../models/seed/random';
import type { ApiCaller } from '../harness/apiCaller';
import type { Filing } from './filings';
import type { LiveSystem } from './liveSystem';
import { ask, nextMove } from './moves';
import type { Part } from './parts';
import { PARTS } from './parts';

const FROZEN_MS = 3_000;
const SHORTEST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 10;
const [FIRST, ...OTHERS] = PARTS;

/** One thing that goes wrong, so many milliseconds after the storm began. */
export interface Fault {
  at: number;
  part: Part;
  kind: 'SIGKILL' | 'SIGSTOP';
}

/** The faults of a storm: the same ones for the same seed. */
export function planStorm(seed: number, seconds: number): Fault[] {
  const random = createRandom(seed, 0);
  const faults: Fault[] = [];
  for (let at = 1000; at < seconds * 1000; at += random.integer(SHORTEST_PAUSE_S * 1000, LONGEST_PAUSE_S * 1000)) {
    faults.push({ at, part: random.pick([FIRST, ...OTHERS]), kind: random.chance(50) ? 'SIGKILL' : 'SIGSTOP' });
  }
  return faults;
}

/** Makes one fault after another go on at its time; a part that is held up goes on after three seconds. */
export async function rage(system: LiveSystem, faults: readonly Fault[]): Promise<void> {
  const startedAt = Date.now();
  const comes = (at: number): Promise<boolean> => waitUntil(() => Date.now() - startedAt >= at, at + 60_000);
  for (const { at, part, kind } of faults) {
    await comes(at);
    if (kind === 'SIGKILL') {
      system.kill(part);
      continue;
    }
    const goOn = system.freeze(part);
    await comes(at + FROZEN_MS);
    goOn();
  }
}

/** Whether every part is there and a move that is asked for now is decided now. */
export async function isHealthy(system: LiveSystem, caller: ApiCaller, probe: Filing): Promise<boolean> {
  return (await system.isReady()) && (await ask(caller, nextMove(probe), 'wait=2')).status === 200;
}
