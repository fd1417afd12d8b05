import { setTimeout as delay } from 'node:timers/promises';

const LONGEST_MS = 15_000;
const PAUSE_MS = 200;

/** Waits until a workflow has done what it was asked; goes on without, for what is late is found by the next db:audit. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + LONGEST_MS;
  while (!(await condition().catch(() => false)) && Date.now() < end) await delay(PAUSE_MS);
}
