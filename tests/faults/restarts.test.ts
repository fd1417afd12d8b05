import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess } from '../../embedded/managedProcess';
import { commandLineOf, waitUntil } from '../../embedded/runningProcess';
import { familyOf, signal } from './parts';

const FOREVER = 'setInterval(() => {}, 1000)';

let dataDir: string;
let part: ManagedProcess;
const said: string[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'numericalz-restarts-'));
  part = new ManagedProcess({
    name: 'part',
    command: process.execPath,
    args: ['-e', FOREVER],
    env: process.env,
    dataDir,
    stopSignal: 'SIGTERM',
    stopGraceMs: 5000,
    isReady: () => Promise.resolve(true),
    readyTimeoutMs: 5000,
    onRestart: (line) => said.push(line),
  });
  await part.start(new AbortController().signal);
});

afterEach(async () => {
  await part.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Kills the part once it has run for so long, and waits until it runs again. */
async function killAfter(milliseconds: number): Promise<void> {
  const startedAt = Date.now();
  await waitUntil(() => Date.now() - startedAt > milliseconds, milliseconds + 1000);
  const [, child] = familyOf(process.pid).filter((pid) => pid === process.pid || commandLineOf(pid).includes(FOREVER));
  if (child === undefined) throw new Error('The part does not run');
  signal(child, 'SIGKILL');
  const isBack = (): boolean => familyOf(process.pid).some((pid) => pid !== child && commandLineOf(pid).includes(FOREVER));
  expect(await waitUntil(isBack, 10_000)).toBe(true);
}

it('waits longer from one end to the next, but not after it has run for ten seconds: a part that works is back at once', async () => {
  await killAfter(0);
  await killAfter(0);
  await killAfter(10_000);
  const waited = said.map((line) => /started again in (.*)/.exec(line)?.[1]);
  expect(waited).toEqual(['0.5 s', '1 s', '0.5 s']);
}, 30_000);
