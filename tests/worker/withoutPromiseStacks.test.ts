import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** Whether the SDK takes stack traces of promises where it runs: in a thread, as it runs workflows, or not. */
const ASK = `
const { Worker } = require('node:worker_threads');
const ask = \`const { globalHandlers } = require('@temporalio/worker/lib/workflow/vm-shared');
  globalHandlers.install(); console.log(globalHandlers.promiseHookInstalled);\`;
if (process.env.IN_THREAD) new Worker(ask, { eval: true }); else eval(ask);`;

function hasPromiseStacks(flags: string[], inThread: boolean): string {
  const env = { ...process.env, IN_THREAD: inThread ? 'yes' : '' };
  return execFileSync(process.execPath, [...flags, '--eval', ASK], { cwd: ROOT, env, encoding: 'utf8' }).trim();
}

describe('withoutPromiseStacks', () => {
  const flags = ['--require', 'tsx/cjs', '--require', './worker/withoutPromiseStacks.ts'];

  test('the SDK takes no stack traces of promises in the threads of workflows', () => {
    expect(hasPromiseStacks([], true)).toBe('true');
    expect(hasPromiseStacks(flags, true)).toBe('false');
  });

  test('elsewhere it does what it does', () => {
    expect(hasPromiseStacks(flags, false)).toBe('true');
  });
});
