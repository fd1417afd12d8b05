import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleOptions, WorkerOptions } from '@temporalio/worker';

/** Beside the compiled code lies a bundle that the build made. */
const BUILT_BUNDLE = join(__dirname, '..', 'workflow-bundle.js');

const PAYLOAD_CONVERTER = require.resolve('../workflows/payloadConverter');

/** How the workflow code is bundled. */
export function workflowBundleOptions(): BundleOptions {
  return { workflowsPath: require.resolve('../workflows'), payloadConverterPath: PAYLOAD_CONVERTER };
}

/** Where a worker finds its workflow code: the bundle of the build, or the sources, which it then bundles itself. */
export function workflowSource(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'dataConverter'> {
  const dataConverter = { payloadConverterPath: PAYLOAD_CONVERTER };
  return existsSync(BUILT_BUNDLE)
    ? { workflowBundle: { codePath: BUILT_BUNDLE }, dataConverter }
    : { workflowsPath: require.resolve('../workflows'), dataConverter };
}
