import { writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { workflowBundleOptions } from '../worker/workflowBundle';
import { runCommand } from './runCommand';

const COMPILED = resolve(__dirname, '..');

/** The last step of npm run build: bundles the compiled workflow code once, so that no worker has to when it starts. */
runCommand(async () => {
  // Beside the sources a bundle would be taken by every later start, changed code or not.
  if (extname(__filename) !== '.js') throw new Error('The workflows are bundled by npm run build, from the compiled code only.');
  const { code } = await bundleWorkflowCode(workflowBundleOptions());
  const file = join(COMPILED, 'workflow-bundle.js');
  await writeFile(file, code);
  console.log(`${file}: ${Math.round(code.length / 1024)} KiB`);
});
