import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BundleOptions, WorkerOptions, WorkflowBundleOption } from '@temporalio/worker';
import { bundleWorkflowCode, Runtime } from '@temporalio/worker';
import type { Settings } from '../settings/settings';
import { dataConverter } from '../settings/temporal';
import { hashOfFiles } from './hashOfFiles';

const ROOT = join(__dirname, '..');
/** Beside the compiled code lies a bundle that the build made. */
const BUILT_BUNDLE = join(ROOT, 'workflow-bundle.js');
/** Bundles of the sources: may be removed at any time. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'workflow-bundles');
/** What a bundle is made of, and how: workflows import nothing else of the project, which npm run lint holds. */
const BUNDLED = ['workflows', 'domain', 'worker/workflowBundle.ts', 'package-lock.json'];

const WORKFLOWS = require.resolve('../workflows');
const INTERCEPTORS = require.resolve('../workflows/traceInterceptors');
const PAYLOAD_CONVERTER = require.resolve('../workflows/payloadConverter');

/** How the workflow code is bundled. */
export function workflowBundleOptions(): BundleOptions {
  return {
    workflowsPath: WORKFLOWS,
    payloadConverterPath: PAYLOAD_CONVERTER,
    workflowInterceptorModules: [INTERCEPTORS],
    // Run once for all workflows of a thread, not anew for each. So no module of ours may keep anything: a test looks for what could.
    preloadModules: [WORKFLOWS, INTERCEPTORS, PAYLOAD_CONVERTER],
  };
}

/** The workflow code for all workers of a process: the bundle of the build, or one of the sources. */
export async function workflowSource(
  settings: Pick<Settings, 'TEMPORAL_PAYLOAD_KEYS'>,
): Promise<Required<Pick<WorkerOptions, 'workflowBundle' | 'dataConverter'>>> {
  const converter = { ...dataConverter(settings), payloadConverterPath: PAYLOAD_CONVERTER };
  const workflowBundle = existsSync(BUILT_BUNDLE) ? { codePath: BUILT_BUNDLE } : await bundleOfSources();
  return { workflowBundle, dataConverter: converter };
}

/** A bundle of the sources, made once for each state of theirs: a worker that was killed is back seconds sooner. */
async function bundleOfSources(): Promise<WorkflowBundleOption> {
  const paths = BUNDLED.filter((path) => existsSync(join(ROOT, path)));
  const codePath = join(CACHE, `${hashOfFiles(ROOT, paths)}.js`);
  if (existsSync(codePath)) return { codePath };
  const { logger } = Runtime.instance();
  const { code } = await bundleWorkflowCode({ ...workflowBundleOptions(), logger });
  try {
    mkdirSync(CACHE, { recursive: true });
    // Other processes see a whole bundle or none.
    const unfinished = `${codePath}.${process.pid}`;
    writeFileSync(unfinished, code);
    renameSync(unfinished, codePath);
    for (const name of readdirSync(CACHE)) if (name.endsWith('.js') && name !== basename(codePath)) rmSync(join(CACHE, name));
  } catch (error) {
    logger.warn('The bundle of the workflow code could not be kept: the next start makes it again', { cause: String(error) });
  }
  return { code };
}
