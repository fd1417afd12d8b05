import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['postgres', 'temporal', 'worker', 'api'] as const;

/** The ids of the practice's processes, as their supervisor wrote them down. */
export function processIds(dataDir: string): Record<(typeof NAMES)[number], number> {
  const read = (name: string): number => Number.parseInt(readFileSync(join(dataDir, 'run', `${name}.pid`), 'utf8'), 10);
  return { postgres: read('postgres'), temporal: read('temporal'), worker: read('worker'), api: read('api') };
}
